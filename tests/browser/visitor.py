"""Somebody at a browser: reads the words of his language, clicks or types, looks at every page."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from app.i18n.catalogue import gettext, ngettext

PICTURES = os.environ.get("BANTRON_TEST_PICTURES")
"""A folder for a picture of every page that is looked at, at 1280 and at 360 pixels."""
_NARROW = (360, 320)
_TOO_WIDE = """[...document.querySelectorAll("body *")]
  .filter((part) => !part.closest(".table-frame, .tabs"))
  .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
  .map((part) => part.outerHTML.slice(0, 120))"""
_SPELLED = {"date": ("%m%d%Y", "%d%m%Y", "%Y%m%d"), "time": ("%I%M%p", "%H%M")}
_WHOLE = {"date": "{}T00:00", "time": "2000-01-01T{}"}
_axe = Axe()


class Visitor:
    """A reader with a mouse; `language` is the one whose words he looks for."""

    def __init__(self, page: Page, language: str = "vi") -> None:
        self.page, self.language = page, language

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

    def link(self, english: str, **known: Any) -> Locator:
        """Return the first link of these words, also in a menu that is closed."""
        words = self.words(english, **known)
        return self.main.get_by_role("link", name=words, exact=True, include_hidden=True).first

    def button(self, english: str, plural: str = "", **known: Any) -> Locator:
        """Return the button of these words."""
        return self.main.get_by_role("button", name=self.words(english, plural, **known), exact=True)

    def field(self, name: str, value: str = "") -> Locator:
        """Return a field by the name under which it is sent; `value` tells choices of one name apart."""
        chosen = f'[value="{value}"]' if value else ""
        return self.main.locator(f'[name="{name}"]:not([type=hidden]){chosen}')

    def follow(self, english: str, **known: Any) -> None:
        """Click a link, and its menu first when it is in one."""
        link = self.link(english, **known)
        if not link.is_visible():
            link.locator("xpath=ancestor::details[1]/summary").click()
        with self.page.expect_navigation():
            link.click()

    def open(self, name: str) -> None:
        """Click the link of these very words, a name for example."""
        with self.page.expect_navigation():
            self.main.get_by_role("link", name=name, exact=True).first.click()

    def press(self, english: str, plural: str = "", **known: Any) -> None:
        """Click a button, and wait for the page it leads to: a click returns while the old one stands."""
        with self.page.expect_navigation():
            self.button(english, plural, **known).click()

    def press_only(self) -> None:
        """Click the one button of the page."""
        with self.page.expect_navigation():
            self.main.get_by_role("button").click()

    def fill(self, **typed: str) -> None:
        """Type into fields; a select takes the value of its option."""
        for name, text in typed.items():
            field = self.field(name)
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
        self.menu(english).click()

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
        found = self._found_by_axe()
        assert not found, f"on the page “{name}”: {found}"
        size = self.page.viewport_size
        assert size is not None
        self._picture(name)
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
    """A reader without mouse and scripts: Tab, Space, Enter, arrows and letters, nothing else."""

    _MOST = 150

    def _found_by_axe(self) -> list[tuple[str, list[str]]]:
        return []  # axe is a script; it has looked at the same pages in other tests

    def follow(self, english: str, **known: Any) -> None:
        """Go to a link and press Enter, on the head of its menu first when it is in one."""
        link = self.link(english, **known)
        if not link.is_visible():
            self._reach(link.locator("xpath=ancestor::details[1]/summary"))
            self.page.keyboard.press("Enter")
        self._reach(link)
        self._enter()

    def open(self, name: str) -> None:
        """Go to the link of these very words and press Enter."""
        self._reach(self.main.get_by_role("link", name=name, exact=True).first)
        self._enter()

    def press_only(self) -> None:
        """Go to the one button of the page and press Enter."""
        self._reach(self.main.get_by_role("button"))
        self._enter()

    def press(self, english: str, plural: str = "", **known: Any) -> None:
        """Go to a button and press Enter."""
        self._reach(self.button(english, plural, **known))
        self._enter()

    def fill(self, **typed: str) -> None:
        """Go to each field and type over what is there."""
        for name, text in typed.items():
            field = self.field(name)
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

    def open_menu(self, english: str) -> None:
        """Go to the head of the menu and press Enter."""
        self._reach(self.menu(english))
        self.page.keyboard.press("Enter")

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
        for _ in range(self._MOST):
            if wanted.evaluate("e => e === document.activeElement"):
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

    def _enter(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
