"""A crowd: 200 people register at the same moment for 40 places, over real connections to real servers.

On SQLite `bantron run` serves them, one process; on PostgreSQL gunicorn with two.
"""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode

from app.mail.mailbox import free_port
from bench.forms import fields_of

PEOPLE = 200
PLACES = 40
_ROOT = Path(__file__).resolve().parents[1]
_PATIENCE = 60
_BANTRON = (sys.executable, "-c", "from app.cli import main; main()")
_HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "en"}
_TOLD = ("Waiting list", "Confirmed")


@dataclass(frozen=True)
class Crowd:
    """What became of the people: how often each status was answered, what each was told, how long it took."""

    statuses: Counter[int]
    told: Counter[str]
    seconds: list[float]

    @property
    def p99(self) -> float:
        """Return the seconds in which 99 of 100 requests were answered."""
        return sorted(self.seconds)[int(len(self.seconds) * 0.99)]


@contextmanager
def serving(database_url: str, folder: Path, secret_key: str) -> Iterator[int]:
    """Serve the database as one does in earnest; yield the port. No letter leaves: nobody listens."""
    port = free_port()
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith("BANTRON_")},
        "BANTRON_SECRET_KEY": secret_key,
        "BANTRON_BASE_URL": f"http://127.0.0.1:{port}",
        "BANTRON_DATABASE_URL": database_url,
        "BANTRON_INSTANCE": str(folder),
        "BANTRON_SMTP_URL": "smtp://127.0.0.1:9",
    }
    subprocess.run([*_BANTRON, "upgrade"], cwd=_ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen(
        _command(database_url, port),
        cwd=_ROOT,
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(server, port)
        yield port
    finally:
        server.terminate()
        server.wait(_PATIENCE)


def come(port: int, slug: str, people: int = PEOPLE) -> Crowd:
    """Let everybody open the form, send it, and read what he is told, all beginning together."""
    start = Barrier(people)
    with ThreadPoolExecutor(people) as pool:
        visits = list(
            pool.map(lambda number: _visit(port, f"/events/{slug}/register", number, start), range(people))
        )
    return Crowd(
        statuses=Counter(status for visit, _ in visits for status, _ in visit),
        told=Counter(told for _, told in visits),
        seconds=[seconds for visit, _ in visits for _, seconds in visit],
    )


def _command(database_url: str, port: int) -> list[str]:
    if database_url.startswith("sqlite"):
        return [*_BANTRON, "run", "--port", str(port)]
    web = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--bind", f"127.0.0.1:{port}"]
    return [sys.executable, "-m", "gunicorn", *web, "wsgi"]


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not _answers(port):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("the server does not answer")
        time.sleep(0.05)


def _answers(port: int) -> bool:
    try:
        _Browser(port).ask("GET", "/healthz")
    except OSError:
        return False
    return True


def _visit(port: int, path: str, number: int, start: Barrier) -> tuple[list[tuple[int, float]], str]:
    """Return status and seconds of each request of one person, and whether he is confirmed or waits."""
    browser = _Browser(port)
    start.wait()
    form: Mapping[str, object] = fields_of(browser.ask("GET", path))
    own = {"full_name": f"Người {number}", "email": f"n{number}@example.vn", "organization_name": "VASEP"}
    browser.ask("POST", path, urlencode({**form, **own}, doseq=True))
    page = browser.ask("GET", browser.location) if browser.location else ""
    text = re.sub(r"<[^>]+>", " ", page)
    return browser.answers, next((words for words in _TOLD if words in text), "nothing")


class _Browser:
    """A person's browser behind a proxy: a connection for each request; it keeps the cookies."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookies: dict[str, str] = {}
        self.location = ""
        self.answers: list[tuple[int, float]] = []

    def ask(self, method: str, path: str, body: str | None = None) -> str:
        """Return the text of an answer; note its status and how long it took."""
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        began = time.perf_counter()
        with closing(HTTPConnection("127.0.0.1", self._port, timeout=_PATIENCE)) as connection:
            connection.request(method, path, body, {**_HEADERS, "Cookie": cookie})
            answer = connection.getresponse()
            text = answer.read().decode()
        self.answers.append((answer.status, time.perf_counter() - began))
        for header in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = header.partition(";")[0].partition("=")
            self._cookies[name] = value
        self.location = answer.getheader("Location") or ""
        return text
