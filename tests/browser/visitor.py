"""Somebody at a browser: reads the words of his language, clicks or types, looks at every page."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from app.i18n.catalogue import gettext, ngettext
from tests.browser.reading import read

PICTURES = os.environ.get("BANTRON_TEST_PICTURES")
"""A folder for a picture of every page that is looked at, at 1280 and at 360 pixels."""
_NARROW = (360, 320)
_TOO_WIDE = """[...document.querySelectorAll("body *")]
  .filter((part) => !part.closest(".table-frame, .tabs"))
  .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
  .map((part) => part.outerHTML.slice(0, 120))"""
_SPELLED = {"date": ("%m%d%Y", "%d%m%Y", "%Y%m%d"), "time": ("%I%M%p", "%H%M")}
_WHOLE = {"date": "{}T00:00", "time": "2000-01-01T{}"}
_FOCUS = """(wanted) => {
  const now = document.activeElement, before = window.passed;
  window.passed = now;
  if (now === document.body) return [false, ""];
  const looks = [now, now.closest(".answer")].filter(Boolean).map((part) => getComputedStyle(part));
  const button = now.matches("input[type=date], input[type=time]");  // its last part is drawn by the browser
  const ringed = (look) => look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
  const shown = button || looks.some(ringed);
  const box = now.getBoundingClientRect();
  const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const back = before?.isConnected && before !== document.body
    && now.compareDocumentPosition(before) & Node.DOCUMENT_POSITION_FOLLOWING
    && !document.querySelector("a[href]").isSameNode(now);
  const trouble = !shown ? "shows not that it has the focus" : !seen ? "has the focus out of sight"
    : back ? "gets the focus before what stands above it" : "";
  return [now === wanted, trouble && `${trouble}: ${now.outerHTML.slice(0, 160)}`];
}"""
_axe = Axe()


class Visitor:
    """A reader with a mouse; `language` is the one whose words he looks for.

    Who is not `thorough` leaves axe and other widths to the next one, but reads every page he comes to.
    """

    def __init__(self, page: Page, language: str = "vi", *, thorough: bool = True) -> None:
        self.page, self.language, self._thorough = page, language, thorough

    def words(self, english: str, plural: str = "", n: int | None = None, **known: Any) -> str:
        """Return a text of the interface in his language."""
        if n is not None:
            return ngettext(self.language, english, plural, n, **known)
        return gettext(self.language, english, **known)

    @property
    def main(self) -> Locator:
        """What the page is about."""
        return self.page.get_by_role("main")

    def go(self, address: str) -> None:
        """Open an address."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{address} answered {answer.status}"
        read(self.page, self.language)

    def link(self, english: str, **known: Any) -> Locator:
        """Return the first link of these words, also in a menu that is closed."""
        words = self.words(english, **known)
        return self.main.get_by_role("link", name=words, exact=True, include_hidden=True).first

    def button(self, english: str, plural: str = "", **known: Any) -> Locator:
        """Return the button of these words."""
        words = self.words(english, plural, **known)
        return self.main.get_by_role("button", name=words, exact=True, include_hidden=True)

    def field(self, name: str, value: str = "") -> Locator:
        """Return a field by the name under which it is sent; `value` tells choices of one name apart."""
        chosen = f'[value="{value}"]' if value else ""
        return self.main.locator(f'[name="{name}"]:not([type=hidden]){chosen}')

    def follow(self, english: str, **known: Any) -> None:
        """Go where a link leads, by its menu when it is in one."""
        self.click(self.link(english, **known))

    def open(self, name: str) -> None:
        """Go where the link of these very words leads, a name for example."""
        self.click(self.main.get_by_role("link", name=name, exact=True).first)

    def press(self, english: str, plural: str = "", **known: Any) -> None:
        """Press a button."""
        self.click(self.button(english, plural, **known))

    def press_only(self) -> None:
        """Press the one button of the page."""
        self.click(self.main.get_by_role("button"))

    def click(self, leading: Locator) -> None:
        """Click what leads to another page, and read that: a click returns while the old one stands."""
        self._uncover(leading)
        with self.page.expect_navigation():
            leading.click()
        read(self.page, self.language)

    def unfold(self, summary: Locator) -> None:
        """Open what is folded under these words."""
        summary.click()

    def _uncover(self, part: Locator) -> None:
        if not part.is_visible():
            self.unfold(part.locator("xpath=ancestor::details[1]/summary"))

    def fill(self, **typed: str) -> None:
        """Type into fields; a select takes the value of its option."""
        for name, text in typed.items():
            field = self.field(name)
            self._uncover(field)
            if field.evaluate("e => e.localName") == "select":
                field.select_option(text)
            else:
                field.fill(text)

    def choose(self, name: str, *values: str) -> None:
        """Tick choices of one field."""
        for value in values:
            self.field(name, value).check()

    def untick(self, name: str, number: int) -> None:
        """Take the tick off a choice, counted from 1."""
        self.field(name).nth(number - 1).uncheck()

    def menu(self, english: str) -> Locator:
        """Return the head of a menu."""
        return self.main.locator("summary", has_text=self.words(english))

    def open_menu(self, english: str) -> None:
        """Open a menu."""
        self.unfold(self.menu(english))

    def download(self, english: str) -> bytes:
        """Click a link or button that saves a file; return the file."""
        with self.page.expect_download() as download:
            self._saving(english).click()
        return Path(download.value.path()).read_bytes()

    def _saving(self, english: str) -> Locator:
        return self.link(english).or_(self.button(english))

    def sees(self, *texts: str) -> None:
        """Fail unless the page shows each of the texts."""
        for text in texts:
            expect(self.main).to_contain_text(text)

    def look(self, name: str) -> None:
        """Fail when axe finds fault with this page or it must be pushed sideways; keep its picture."""
        self._picture(name)
        if not self._thorough:
            return
        found = self._found_by_axe()
        assert not found, f"on the page “{name}”: {found}"
        size = self.page.viewport_size
        assert size is not None
        for width in _NARROW:
            self.page.set_viewport_size({"width": width, "height": 800})
            assert self.page.evaluate("document.documentElement.scrollWidth") <= width, (
                f"{name} at {width}: {self.page.evaluate(_TOO_WIDE)}"
            )
            if width == _NARROW[0] != size["width"]:
                self._picture(name)
        self.page.set_viewport_size(size)

    def _found_by_axe(self) -> list[tuple[str, list[str]]]:
        found = _axe.run(self.page).response["violations"]
        return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]

    def _picture(self, name: str) -> None:
        if PICTURES:
            width = self.page.evaluate("innerWidth")
            self.page.screenshot(path=Path(PICTURES) / f"{name}-{self.language}-{width}.png", full_page=True)


class KeyboardVisitor(Visitor):
    """A reader without mouse: Tab, Space, Enter, arrows and letters, nothing else; he sees where he is."""

    _MOST = 150

    def _found_by_axe(self) -> list[tuple[str, list[str]]]:
        return []  # axe is a script; it has looked at the same pages in other tests

    def click(self, leading: Locator) -> None:
        """Go to what leads to another page, press Enter, and read that."""
        self._uncover(leading)
        self._reach(leading)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        read(self.page, self.language)

    def unfold(self, summary: Locator) -> None:
        """Go to the words and press Enter."""
        self._reach(summary)
        self.page.keyboard.press("Enter")

    def fill(self, **typed: str) -> None:
        """Go to each field and type over what is there."""
        for name, text in typed.items():
            field = self.field(name)
            self._uncover(field)
            self._reach(field)
            if field.evaluate("e => e.localName") == "select":
                self._choose_option(field, text)
            elif (kind := field.get_attribute("type") or "") in _SPELLED:
                self._spell(field, kind, text)
            else:
                self.page.keyboard.press("ControlOrMeta+a")
                self.page.keyboard.type(text)
                assert field.input_value() == text

    def choose(self, name: str, *values: str) -> None:
        """Go to each choice and press Space; radios are one stop, arrows lead through them."""
        for value in values:
            choice = self.field(name, value)
            if choice.is_checked():
                continue
            if choice.get_attribute("type") == "radio":
                self._reach(self.field(name).first)
                self._arrow_to(choice)
            else:
                self._reach(choice)
                self.page.keyboard.press("Space")
            assert choice.is_checked()

    def untick(self, name: str, number: int) -> None:
        """Go to the choice and press Space."""
        self._reach(self.field(name).nth(number - 1))
        self.page.keyboard.press("Space")

    def download(self, english: str) -> bytes:
        """Go to the link or button and press Enter."""
        self._reach(self._saving(english))
        with self.page.expect_download() as download:
            self.page.keyboard.press("Enter")
        return Path(download.value.path()).read_bytes()

    def _spell(self, field: Locator, kind: str, text: str) -> None:
        """Type a day or a time part by part, in the order in which this browser asks for the parts."""
        for order in _SPELLED[kind]:
            for _part in range(3):
                self.page.keyboard.press("ArrowLeft")
            self.page.keyboard.type(datetime.fromisoformat(_WHOLE[kind].format(text)).strftime(order))
            if field.input_value() == text:
                return
        raise AssertionError(f"{text} cannot be typed: {field.input_value()}")

    def _reach(self, wanted: Locator) -> None:
        part = wanted.element_handle()  # found once: to find it by its words takes longer than the key
        for _ in range(self._MOST):
            is_there, trouble = part.evaluate(_FOCUS)
            assert not trouble, trouble
            if is_there:
                assert wanted.is_visible()
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {wanted}")

    def _arrow_to(self, choice: Locator) -> None:
        self.page.keyboard.press("Space")
        for _ in range(5):
            if choice.is_checked():
                return
            self.page.keyboard.press("ArrowDown")

    def _choose_option(self, field: Locator, value: str) -> None:
        self.page.keyboard.press("Home")
        for _ in range(field.locator("option").count()):
            if field.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"there is no {value} to choose")
