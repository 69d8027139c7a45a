"""What the product costs a machine: time to a running demo, disk, memory. Needs git and make."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from functools import cache
from pathlib import Path

from bench.figure import Figure, Measured

ROOT = Path(__file__).resolve().parents[1]
_PATIENCE_SECONDS = 600


def cached_run() -> Measured:
    """`make run` in a fresh clone until the demo answers, packages in pip's cache."""
    _fresh_clone()
    seconds, _ = _run({})
    return Measured(seconds, f"a fresh clone, packages cached, {os.cpu_count()} cores")


def first_run() -> Measured:
    """`make run` in a fresh clone until the demo answers, packages fetched."""
    _fresh_clone()
    seconds, _ = _run({"PIP_NO_CACHE_DIR": "1"})
    return Measured(seconds, f"a fresh clone, nothing cached, {os.cpu_count()} cores")


def install() -> Measured:
    """Disk that the core lock takes, without pip itself."""
    packages = next((_installed() / ".venv" / "lib").glob("python3*/site-packages"))
    files = (
        path
        for path in packages.rglob("*")
        if path.is_file() and path.relative_to(packages).parts[0] != "pip"
    )
    return Measured(
        sum(path.stat().st_size for path in files) / 1e6, "the files in site-packages without pip"
    )


def memory() -> Measured:
    """Memory of the demo's process, which serves pages and delivers mail, after 200 pages."""
    _installed()
    _, kilobytes = _run({}, pages=200)
    return Measured(kilobytes / 1e3, "resident size after 200 pages, mail delivery included")


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="bantron-clone-"))
    return folder / "bantron"


def _fresh_clone() -> None:
    shutil.rmtree(_folder(), ignore_errors=True)
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(_folder())], check=True)


@cache
def _installed() -> Path:
    if not (_folder() / ".venv" / "core").exists():
        _fresh_clone()
        subprocess.run(
            ["make", "--silent", f"PYTHON={sys.executable}", ".venv/core"], cwd=_folder(), check=True
        )
    return _folder()


def _run(environment: dict[str, str], *, pages: int = 1) -> tuple[float, int]:
    """Return seconds until the demo answers, and its resident kilobytes after so many pages."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    began = time.monotonic()
    process = subprocess.Popen(
        ["make", "--silent", f"PYTHON={sys.executable}", "run"],
        cwd=_folder(),
        env={**os.environ, **environment, "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/", process)
        seconds = time.monotonic() - began
        for _ in range(pages):
            _answers(f"http://127.0.0.1:{port}/")
        return seconds, _resident(process.pid)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while not _answers(url):
        if process.poll() is not None or time.monotonic() > give_up:
            raise RuntimeError("make run did not come up")
        time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _resident(group: int) -> int:
    """Return the resident kilobytes of the largest process of a group (Linux)."""
    sizes = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == group:
                status = (folder / "status").read_text()
                sizes += [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")]
        except (ProcessLookupError, FileNotFoundError):
            continue  # it ended meanwhile
    return max(sizes)


FIGURES = (
    Figure("run", "s", 30, cached_run),
    Figure("first-run", "s", 120, first_run),
    Figure("install", "MB", 180, install),
    Figure("memory", "MB", 150, memory),
)
