"""A real Chromium on a site that is really served: fixtures for @pytest.mark.browser."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
import waitress
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

from app.services import schema
from tests.mail.server import Postman, listening
from tests.plugins.databases import Database, Sites
from tests.plugins.found import Missing
from tests.plugins.surroundings import FOUND
from tests.site import close, make_app

_QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")


@dataclass
class Served:
    """An application that answers at an address of this machine, and the mail server it hands its mail to."""

    app: Flask
    database: Database
    base_url: str
    postman: Postman

    def empty(self) -> None:
        """Forget every row and every mail."""
        self.database.empty()
        self.postman.taken.clear()


@pytest.fixture(scope="session")
def server(sites: Sites) -> Iterator[Served]:
    """The site, served once; whoever fills it empties it again."""
    with listening(Postman()) as postman, socket.create_server(("127.0.0.1", 0)) as listener:
        base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        database = sites.new_database("sqlite", "served")
        app = make_app(database.url, sites.folder, base_url=base_url, smtp_url=postman.url)
        with app.app_context():
            schema.upgrade()
        server = waitress.create_server(app, sockets=[listener], threads=8)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield Served(app, database, base_url, postman)
        server.trigger.pull_trigger(server.close)  # in its own thread: select() must not meet a closed socket
        thread.join(5)
        close(app)


@pytest.fixture
def served(server: Served) -> Iterator[Served]:
    """The site, served without rows on SQLite; `served.app` reaches its use-cases from the test."""
    yield server
    server.empty()


@pytest.fixture(scope="session")
def chromium(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """The browser, started once in the worker that has the browser's tests."""
    found = request.config.stash[FOUND]["Chromium"]
    if isinstance(found, Missing):
        pytest.skip(f"no Chromium: {found.why}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found.where, args=["--no-sandbox", "--disable-gpu", *_QUIET]
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, server: Served) -> Iterator[Callable[..., Page]]:
    """Open the browser of somebody new: without cookies, `width` pixels wide, in his language.

    Errors on its pages and in their consoles, and any request to another host, fail the test.
    """
    troubles: list[str] = []
    with ExitStack() as cleanup:

        def open_page(*, width: int = 1280, locale: str = "vi-VN", scripts: bool = True) -> Page:
            context = chromium.new_context(
                base_url=server.base_url,
                locale=locale,
                timezone_id="Asia/Ho_Chi_Minh",
                viewport={"width": width, "height": 900},
                java_script_enabled=scripts,
            )
            cleanup.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(30_000)  # machines are busy
            page.on("pageerror", lambda error: troubles.append(str(error)))
            page.on("console", lambda said: troubles.append(said.text) if _is_trouble(said) else None)
            page.on("response", lambda answer: troubles.append(answer.url) if _is_broken(answer) else None)
            page.on("request", lambda sent: troubles.append(sent.url) if _is_foreign(sent, server) else None)
            return page

        yield open_page
    assert troubles == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page of a Vietnamese reader at 1280 pixels."""
    return open_page()


def _is_trouble(said: ConsoleMessage) -> bool:
    return said.type == "error" and not said.text.startswith(
        "Failed to load resource"
    )  # judged by _is_broken


def _is_broken(answer: Response) -> bool:
    return answer.status >= (500 if answer.request.resource_type == "document" else 400)


def _is_foreign(sent: Request, server: Served) -> bool:
    return not sent.url.startswith((f"{server.base_url}/", "data:", "blob:"))
