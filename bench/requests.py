"""CPU per request, measured in this process by calling the WSGI application itself.

No server, no sockets: only the work of the application is counted, and two runs agree within a few per cent
even on a busy machine. Candidates take turns in short rounds, and the best round of each counts.
"""

import io
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import ClassVar
from urllib.parse import urlencode, urlsplit
from wsgiref.types import WSGIApplication

from bench.forms import fields_of

_addresses = iter(ip_network("10.0.0.0/8"))
_ROUNDS = 9
_SECONDS_PER_ROUND = 0.15


@dataclass
class Browser:
    """The thinnest client: method, path, form, cookies, and an address of its own."""

    application: WSGIApplication
    address: str = field(default_factory=lambda: str(next(_addresses)))
    cookies: dict[str, str] = field(default_factory=dict)
    etag: str = ""
    """Of what it has already, said in every request."""
    spent: ClassVar[float] = 0.0
    """CPU seconds inside applications, of all browsers: what the browser itself does is not counted."""

    def get(self, path: str) -> str:
        """Return the body of a page that answers 200."""
        return self._ask("GET", path, b"", expect="200")[0]

    def remember(self, path: str) -> None:
        """Fetch a file and keep its ETag."""
        self.etag = self._ask("GET", path, b"", expect="200")[1]["etag"]

    def ask_again(self, path: str) -> None:
        """Ask for a file that is there already and did not change."""
        self._ask("GET", path, b"", expect="304")

    def post(self, path: str, form: Mapping[str, object]) -> str:
        """Send a form that is answered by a redirection; return its target."""
        body = urlencode(form, doseq=True).encode()
        return urlsplit(self._ask("POST", path, body, expect="30")[1]["location"]).path

    def submit(self, path: str, form: Mapping[str, object]) -> str:
        """Open the page of a form, send it with what stood in it, and return the target."""
        return self.post(path, {**fields_of(self.get(path)), **form})

    def look(self, path: str) -> str | None:
        """Return the body of a page; None for what is no page or leads elsewhere."""
        text, headers, status = self._answer("GET", path, b"")
        return text if status.startswith("200") and headers["content-type"].startswith("text/html") else None

    def _ask(self, method: str, path: str, body: bytes, *, expect: str) -> tuple[str, dict[str, str]]:
        text, headers, status = self._answer(method, path, body)
        if not status.startswith(expect):
            raise RuntimeError(f"{method} {path} answered {status}, not {expect}: {text[:2000]}")
        return text, headers

    def _answer(self, method: str, path: str, body: bytes) -> tuple[str, dict[str, str], str]:
        told: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
            told.append((status, headers))

        environ = self._environ(method, path, body)
        began = time.process_time()
        chunks = self.application(environ, start)
        content = b"".join(chunks)
        getattr(chunks, "close", lambda: None)()
        Browser.spent += time.process_time() - began
        status, headers = told[-1]
        for name, value in headers:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return content.decode(errors="replace"), {name.lower(): value for name, value in headers}, status

    def _environ(self, method: str, path: str, body: bytes) -> dict[str, object]:
        parts = urlsplit(path)
        return {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT_LANGUAGE": "vi",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            **({"HTTP_IF_NONE_MATCH": self.etag} if self.etag else {}),
            "REMOTE_ADDR": self.address,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }


def cpu_of(acts: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Return the CPU seconds of one call of each act, the best of several rounds taken in turn."""
    repeats = {name: _repeats(act) for name, act in acts.items()}
    best = dict.fromkeys(acts, float("inf"))
    for _ in range(_ROUNDS):
        for name, act in acts.items():
            best[name] = min(best[name], _once(act, repeats[name]))
    return best


def _repeats(act: Callable[[], object]) -> int:
    for _ in range(5):
        act()  # warm: templates compiled, pools filled
    return max(3, int(_SECONDS_PER_ROUND / _once(act, 3)))


def _once(act: Callable[[], object], repeats: int) -> float:
    before = Browser.spent
    for _ in range(repeats):
        act()
    return (Browser.spent - before) / repeats
