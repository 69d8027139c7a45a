"""What a reader waits for and downloads: first paint on a slow telephone, bytes of first and next page."""

import socket
import statistics
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any

import waitress
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.figure import Figure, Measured
from bench.product import path_of, product
from tests.plugins import chromium
from tests.plugins.found import Missing

_ROUNDS = 3
_SLOWER = 4
_SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 ms there and back, 400 kbit/s: the profile that WebPageTest calls Slow 3G."""
_PAINTED = """() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime"""


def first_paint() -> Measured:
    """First paint of the pages that people open by a link, with nothing kept by the browser."""
    return _paint(_painted_cold)


def next_paint() -> Measured:
    """First paint of the same pages when the browser has seen the site before."""
    return _paint(_painted_warm)


def first_load() -> Measured:
    """The heaviest of these pages, everything included."""
    return _heaviest({path: _weigh(path)[0] for path in _paths()})


def next_load() -> Measured:
    """The heaviest of these pages when the browser has seen another before."""
    return _heaviest({path: _weigh(path)[1] for path in _paths()})


def _paths() -> list[str]:
    links = product().links
    return ["/", product().open_event, path_of(links["focal_points"][0]), path_of(links["delegates"][0])]


def _paint(painted: Any) -> Measured:
    times = sorted(painted(path) for path in _paths() for _ in range(_ROUNDS))
    p75 = statistics.quantiles(times, n=4)[2]
    return Measured(
        p75,
        f"p75 of {len(times)} loads, half of them below {statistics.median(times):.0f} ms; "
        f"CPU {_SLOWER} × slower, 400 ms and 400 kbit/s",
    )


def _heaviest(weights: dict[str, int]) -> Measured:
    heaviest = max(weights, key=weights.__getitem__)
    return Measured(
        weights[heaviest] / 1000, f"{len(weights)} pages; this is {heaviest.split('/')[1] or 'home'}"
    )


def _painted_cold(path: str) -> float:
    with _page() as page:
        return _painted(page, path)


def _painted_warm(path: str) -> float:
    with _page() as page:
        page.goto("/links/new", wait_until="networkidle")
        return _painted(page, path)


def _painted(page: Page, path: str) -> float:
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", _SLOW_3G)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    page.goto(path, wait_until="networkidle")
    return float(page.wait_for_function(_PAINTED).json_value())  # a busy machine paints after the last byte


def _weigh(path: str) -> tuple[int, int]:
    with _page() as page:
        weigher = _Weigher(page.context.new_cdp_session(page))
        page.goto(path, wait_until="networkidle")
        first = weigher.taken()
        page.goto(path, wait_until="networkidle")
        return first, weigher.taken()


class _Weigher:
    def __init__(self, wire: CDPSession) -> None:
        self._bytes = 0
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", self._add)

    def taken(self) -> int:
        """Return the bytes since the last question."""
        taken, self._bytes = self._bytes, 0
        return taken

    def _add(self, finished: dict[str, Any]) -> None:
        self._bytes += finished["encodedDataLength"]


@contextmanager
def _page() -> Iterator[Page]:
    """Open a page of a telephone that has never been here."""
    browser, address = _started()
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740}, locale="vi-VN")
    try:
        yield context.new_page()
    finally:
        context.close()


@cache
def _started() -> tuple[Browser, str]:
    """Return a Chromium and the address at which the demo is served, both until the process ends."""
    found = chromium.find({}, ExitStack())
    if isinstance(found, Missing):
        raise SystemExit(f"There is no Chromium to measure with: {found.why}")
    listener = socket.create_server(("127.0.0.1", 0))
    server = waitress.create_server(product().app, sockets=[listener], threads=8)
    threading.Thread(target=server.run, daemon=True).start()
    browser = sync_playwright().start().chromium.launch(executable_path=found.where, args=["--no-sandbox"])
    return browser, f"http://127.0.0.1:{listener.getsockname()[1]}"


FIGURES = (
    Figure("first-paint", "ms", 1000, first_paint),
    Figure("next-paint", "ms", 1000, next_paint),
    Figure("first-load", "kB", 100, first_load),
    Figure("next-load", "kB", 20, next_load),
)
