"""Looking changes nothing: every route, by GET, HEAD and OPTIONS, for everybody who may come by."""

from collections.abc import Iterator
from hashlib import sha256

import pytest
import sqlalchemy as sa
from flask import Flask

from app.cli.demo import command as demo
from app.db import db
from app.web import limits
from tests.journeys.addresses import addresses
from tests.journeys.crawl import Writes
from tests.site import ApartClient

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]
_LOOKING = ("GET", "HEAD", "OPTIONS")
_NO_IMPORT = "no import is under way"
_NOT_IN_THE_DEMO = {
    "delegate_imports.columns": _NO_IMPORT,
    "delegate_imports.preview": _NO_IMPORT,
    "delegate_imports.row": _NO_IMPORT,
    "organizer_agenda.place": "its address reads as that of an item",
    "organizer_answers.dismiss": "its address reads as that of a mail",
    "mailbox.attachment": "no mail was delivered",
    "organizer_calendar_previews.delegate_file": "no entry waits to be struck out",
    "organizer_calendar_previews.institution_file": "no entry waits to be struck out",
    "mailbox.look": "no mail was delivered",
    "mailbox.mail": "no mail was delivered",
    "mailbox.raw": "no mail was delivered",
    "organizer_delegates.note_attendance": "its address reads as that of a delegate",
    "organizer_directory_files.card": "its address reads as that of an organisation",
    "organizer_directory_files.workbook": "its address reads as that of an organisation",
    "organizer_directory_imports.columns": _NO_IMPORT,
    "organizer_directory_imports.preview": _NO_IMPORT,
    "organizer_directory_imports.result": _NO_IMPORT,
    "organizer_imports.columns": _NO_IMPORT,
    "organizer_imports.preview": _NO_IMPORT,
    "organizer_imports.result": "the import of the demo is that of an institution",
    "organizer_imports.row": _NO_IMPORT,
    "organizer_invitations.act": "its address reads as that of a guest",
    "organizer_letters.look": "no letter waits as a draft",
    "organizer_mail.drafts": "no letter waits as a draft",
    "organizer_sites.add_for_accepted": "its address reads as that of a site",
    "organizer_sites.save": "its address reads as that of a site",
    "organizer_saved_filters.rename": "nobody kept a filter in the demo",
    "robots.security": "the demo has no address for reports",
}


@pytest.fixture
def paths(client_of_the_demo: ApartClient) -> list[tuple[str, str]]:
    """Endpoint and address of every route."""
    with client_of_the_demo.application.app_context():
        found = sorted(set(addresses(client_of_the_demo.application)))
    limits.reset()
    return found


def _visitors(organizer: ApartClient) -> Iterator[tuple[str, ApartClient]]:
    app = organizer.application
    with app.app_context():
        links = demo.describe()
    yield "organiser", organizer
    for who, entries in (("focal point", links["focal_points"]), ("delegate", links["delegates"])):
        client = app.test_client()
        limits.reset()
        assert client.get(entries[0]["url"].removeprefix("http://localhost")).status_code == 200
        yield who, client
    yield "nobody", app.test_client()


def _dump(app: Flask) -> dict[str, str]:
    """Return a digest of every row of every table, those that are not ours included."""
    with app.app_context(), db.engine.connect() as connection:
        return {
            table: sha256(
                repr(connection.execute(sa.text(f'SELECT * FROM "{table}"')).all()).encode()
            ).hexdigest()
            for table in sa.inspect(connection).get_table_names()
        }


def test_no_route_changes_anything_when_it_is_only_looked_at(client_of_the_demo, paths):
    app = client_of_the_demo.application
    before = _dump(app)
    assert len(before) > 25
    wrote = {}
    with Writes(app) as writes:
        for who, client in _visitors(client_of_the_demo):
            limits.reset()  # wrong links are counted, and too many of them shut every page
            for _endpoint, path in paths:
                for method in _LOOKING:
                    writes.clear()
                    client.open(path, method=method).close()
                    if writes:
                        wrote[who, method, path] = list(writes)
    assert wrote == {}
    assert _dump(app) == before


def test_the_addresses_are_those_of_things_that_exist(client_of_the_demo, paths):
    missed = set()
    for endpoint, path in paths:
        limits.reset()
        with client_of_the_demo.get(path) as answer:
            if answer.status_code not in {200, 301, 302, 303, 405}:
                missed.add(endpoint)
    assert missed == _NOT_IN_THE_DEMO.keys()
