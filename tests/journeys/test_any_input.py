"""Whatever is typed into any form of the demo, or into any address, is answered in words.

BANTRON_TEST_INPUTS=100 makes a longer run of it.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from random import Random
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app.db import db
from tests.journeys.crawl import Visit, links
from tests.journeys.hostile import ODD, fill, forms_of
from tests.plugins.databases import Sites
from tests.site import ApartClient, close, make_app

pytestmark = [pytest.mark.slow]
_TIMES = int(os.environ.get("BANTRON_TEST_INPUTS", "4"))
_ELSE = ("lang", "page", "q", "order", "next", "zone", "state")
"""Words of an address that some page knows, put to every page."""


class Ground:
    """A demo of one's own, which is as it was before after every act."""

    def __init__(self, app: Flask, asks_as_organizer: ApartClient, kept: Path, live: Path) -> None:
        self.app = app
        self._organizer = asks_as_organizer
        self._kept, self._live = kept, live
        self._numbers = count(1)

    def send(self, method: str, path: str, sent: Sequence[tuple[str, str]]) -> str:
        """Return what went wrong in words, "" when it was answered; each time from another address."""
        place = next(self._numbers)
        options = {"environ_overrides": {"REMOTE_ADDR": f"10.0.{place >> 8}.{place & 255}"}}
        options["query_string" if method == "get" else "data"] = MultiDict(sent)
        desk = path.startswith(("/organizer", "/mailbox"))
        client = self._organizer if desk else self.app.test_client()
        try:
            with client.open(path, method=method.upper(), **options) as answer:
                status = answer.status_code
        except Exception as error:  # told with all others, by what was sent
            return f"{error!r}"
        finally:
            if method == "post":
                self.restore()
        return "" if status < 500 else str(status)

    def restore(self) -> None:
        """Let nothing have happened."""
        with self.app.app_context():
            db.engine.dispose()
        for more in ("-wal", "-shm"):
            self._live.with_name(f"{self._live.name}{more}").unlink(missing_ok=True)
        shutil.copyfile(self._kept, self._live)


@pytest.fixture(scope="module")
def ground(client_of_the_demo: ApartClient, sites: Sites) -> Iterator[Ground]:
    """A copy of the demo, and its organiser's browser."""
    of_all = client_of_the_demo.application
    live, kept = (sites.folder / f"any-input{part}.db" for part in ("", "-kept"))
    with (
        sqlite3.connect(_file(of_all.config["SQLALCHEMY_DATABASE_URI"])) as known,
        sqlite3.connect(kept) as copy,
    ):
        known.backup(copy)
    shutil.copyfile(kept, live)
    app = make_app(f"sqlite:///{live}", of_all.extensions["bantron"].instance, demo=True)
    client = app.test_client()
    client.set_cookie("bantron", client_of_the_demo.get_cookie("bantron").value)
    yield Ground(app, client, kept, live)
    close(app)


@pytest.fixture(scope="module")
def pages(visits: list[Visit]) -> list[Visit]:
    """The longest page of each kind."""
    found = sorted((visit for visit in visits if visit.is_page), key=lambda visit: len(visit.text))
    return list({visit.endpoint: visit for visit in found}.values())


def test_every_form_takes_whatever_is_typed(ground, pages):
    chance, known, wrong = Random(1), set(), {}
    for page in pages:
        for form in forms_of(page.path, page.text):
            kind = (_endpoint(ground.app, form.method, form.action), *sorted(form.names)[:6])
            if kind in known or "sign-out" in form.action:
                continue
            known.add(kind)
            for _ in range(_TIMES):
                sent = fill(form, chance)
                if told := ground.send(form.method, form.action, sent):
                    wrong[form.action, str(sent)[:2000]] = told
    assert wrong == {}
    assert len(known) > 80


def test_every_page_takes_whatever_stands_in_its_address(ground, pages):
    chance, wrong = Random(2), {}
    for page in pages:
        names = {name for link in links(page) for name, _ in parse_qsl(urlsplit(link).query)}
        for _ in range(_TIMES):
            sent = [(chance.choice(sorted(names.union(_ELSE))), chance.choice(ODD)) for _ in range(2)]
            if told := ground.send("get", urlsplit(page.path).path, sent):
                wrong[page.path, str(sent)] = told
    assert wrong == {}


@pytest.mark.parametrize(
    "path", ["/", "/mailbox", "/organizer/events", "/organizer/directory", "/organizer/mail"]
)
def test_a_page_that_no_list_has_is_no_failure(ground, path):
    assert ground.send("get", path, [("page", "99999999999999999999")]) == ""


def _endpoint(app: Flask, method: str, path: str) -> str:
    return app.url_map.bind("localhost").match(urlsplit(path).path, method=method.upper())[0]


def _file(database_url: str) -> str:
    return database_url.removeprefix("sqlite:///")
