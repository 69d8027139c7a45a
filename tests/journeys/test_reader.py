"""The leadership reads: no page of the demo leads a reader where his role does not let him in."""

from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from werkzeug.exceptions import HTTPException

from app.domain.accounts import Role
from app.domain.policy import SYSTEM, Actor, Permission, may
from app.services import accounts
from app.web.guard import guard_of
from tests.journeys.crawl import Visit, crawl
from tests.site import ApartClient

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]
_EMAIL = "lanhdao@demo.example"
_READER = Actor("account", "Lãnh đạo Bộ", 1, Role.READER)


@pytest.fixture(scope="module")
def walked(client_of_the_demo: ApartClient) -> list[Visit]:
    """The walk of a reader through the desk, from its first page on."""
    app = client_of_the_demo.application
    with app.app_context():
        accounts.add_account(
            actor=SYSTEM,
            email=_EMAIL,
            name=_READER.name,
            role=Role.READER,
            language="vi",
            now=datetime.now(UTC),
        )
    reader = app.test_client()
    reader.sign_in(_EMAIL)
    return crawl(app, reader, ["/organizer/"])


def test_c10_a_reader_is_led_to_nothing_that_he_may_not_open(walked):
    assert {visit.path: visit.seen_on for visit in walked if visit.status not in {200, 302, 303}} == {}


def test_c10_a_reader_is_offered_no_form_that_he_may_not_send(client_of_the_demo, walked):
    app = client_of_the_demo.application
    forms = {(visit.endpoint, *form) for visit in walked if visit.is_page for form in _forms(visit)}
    assert len(forms) > 10, "he searches, narrows lists and saves them"
    with app.app_context():
        guards = {form: guard_of(_endpoint(app, *form[1:])) or "" for form in forms}
    refused = {
        form: guard
        for form, guard in guards.items()
        if guard.startswith("signed_in:") and not may(_READER, Permission(guard.removeprefix("signed_in:")))
    }
    assert refused == {}


def _forms(visit: Visit) -> Iterator[tuple[str, str]]:
    """Yield method and path of each form of a page, and of each button that sends one elsewhere."""
    parser = _Forms()
    parser.feed(visit.text)
    for method, action in parser.found:
        yield method, urlsplit(urljoin(f"http://localhost{visit.path}", action)).path


def _endpoint(app, method, path):
    try:
        return app.url_map.bind("localhost").match(path, method=method)[0]
    except HTTPException:
        return ""


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Take up where this would be sent."""
        known = dict(attributes)
        if tag == "form":
            self.found.append(((known.get("method") or "get").upper(), known.get("action") or ""))
        elif known.get("formaction"):
            self.found.append(("POST", known["formaction"] or ""))
