"""Open a page of the demo in Chromium and note what is wrong with it, and what it weighed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

_axe = Axe()
_LOOSE = """() => {
  const known = new Map();
  for (const { id } of document.querySelectorAll("[id]")) known.set(id, (known.get(id) ?? 0) + 1);
  const loose = [...known].filter(([, times]) => times > 1).map(([id]) => `#${id} twice`);
  const aria = ["labelledby", "describedby", "controls", "owns"].map((word) => `aria-${word}`);
  for (const name of ["for", "list", "headers", ...aria]) {
    for (const part of document.querySelectorAll(`[${name}]`)) {
      const ids = part.getAttribute(name).split(/\\s+/);
      for (const id of ids) if (!known.has(id)) loose.push(`${name}="${id}"`);
    }
  }
  for (const { hash } of document.querySelectorAll("a[href^='#']:not([href='#'])")) {
    if (!known.has(decodeURIComponent(hash.slice(1)))) loose.push(`href="${hash}"`);
  }
  for (const wrong of document.querySelectorAll("[aria-invalid='true']")) {
    if (!wrong.closest("[aria-describedby]")) loose.push(`${wrong.name} says not what is wrong`);
  }
  return loose;
}"""
_SHIFTED = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 60);
})"""


@dataclass
class Look:
    """What was found on one page."""

    path: str
    axe: list[tuple[str, list[str]]] = field(default_factory=list)
    pale: list[str] = field(default_factory=list)
    """Texts that stand out too little in the dark."""
    loose: list[str] = field(default_factory=list)
    """References that lead nowhere."""
    widths: dict[int, int] = field(default_factory=dict)
    """How wide the page is on screens of a width."""
    shift: float = 0.0
    weight: int = 0
    """Bytes over the wire, everything included."""
    troubles: list[str] = field(default_factory=list)
    """Errors of scripts and policies, requests to other hosts."""


def look_at(page: Page, weigher: "Weigher", path: str) -> Look:
    """Open the page and look at it: axe, references, shifts, narrow, dark."""
    look = Look(path)
    weigher.begin(look)
    page.goto(path, wait_until="load")
    look.weight, look.shift, look.loose = weigher.bytes, page.evaluate(_SHIFTED), page.evaluate(_LOOSE)
    look.axe = [_told(rule) for rule in _axe.run(page).response["violations"]]
    page.emulate_media(color_scheme="dark")
    found = _axe.run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
    look.pale = [html for rule in found for html in _told(rule)[1]]
    page.emulate_media(color_scheme="light")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        look.widths[width] = page.evaluate("document.documentElement.scrollWidth")
    return look


def shift_of_a_slow_page(page: Page, path: str) -> float:
    """Return how much moved on a page whose bytes came one after the other, as they do to a telephone."""
    wire = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 50, "downloadThroughput": 40_000, "uploadThroughput": 40_000}
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", slow)
    page.goto(path, wait_until="load")
    return float(page.evaluate(_SHIFTED))


class Weigher:
    """Counts what comes over the wire to a page, and notes what should not."""

    def __init__(self, page: Page, base_url: str) -> None:
        self.bytes = 0
        self._look = Look("")
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", self._count)
        page.on("pageerror", lambda error: self._look.troubles.append(str(error)))
        page.on("console", lambda said: self._note(said.text) if said.type == "error" else None)
        page.on("request", lambda sent: None if _is_own(sent.url, base_url) else self._note(sent.url))

    def begin(self, look: Look) -> None:
        """Count from nothing, for this look."""
        self.bytes, self._look = 0, look

    def _count(self, finished: dict[str, Any]) -> None:
        self.bytes += finished["encodedDataLength"]

    def _note(self, trouble: str) -> None:
        self._look.troubles.append(trouble)


@contextmanager
def browsing(chromium: Browser, base_url: str, cookies: list[dict[str, Any]]) -> Iterator[BrowserContext]:
    """Open a browser with an empty cache and these cookies."""
    context = chromium.new_context(
        base_url=base_url,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        viewport={"width": 1280, "height": 900},
        reduced_motion="reduce",  # else the dark is looked at before it is there
    )
    try:
        context.add_cookies(cookies)
        yield context
    finally:
        context.close()


def _told(rule: dict[str, Any]) -> tuple[str, list[str]]:
    return rule["id"], [node["html"][:200] for node in rule["nodes"]]


def _is_own(url: str, base_url: str) -> bool:
    return url.startswith((f"{base_url}/", "data:", "blob:"))
