"""Every kind of page of the demo in Chromium: accessible, whole when narrow, still, light, on its own."""

import socket
import threading
from collections.abc import Iterator

import pytest
import waitress
from playwright.sync_api import Browser

from tests.journeys.crawl import Visit
from tests.journeys.looks import Look, Weigher, browsing, look_at, shift_of_a_slow_page
from tests.site import ApartClient, close, make_app

pytestmark = [pytest.mark.slow, pytest.mark.browser]
_FIRST_LOAD, _NEXT_PAGE = 100_000, 20_000
_LONG_LISTS = (
    "organizer_coverage.show",
    "organizer_coverage.chase",
    "organizer_invitations.show",
    "organizer_protocol.order",
)


@pytest.fixture(scope="module")
def address(client_of_the_demo: ApartClient) -> Iterator[str]:
    """Where the demo is really served."""
    known = client_of_the_demo.application.config["SQLALCHEMY_DATABASE_URI"]
    folder = client_of_the_demo.application.extensions["bantron"].instance
    with socket.create_server(("127.0.0.1", 0)) as listener:
        base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        app = make_app(known, folder, demo=True, base_url=base_url)
        server = waitress.create_server(app, sockets=[listener], threads=8)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield base_url
        server.trigger.pull_trigger(server.close)
        thread.join(5)
        close(app)


@pytest.fixture(scope="module")
def kinds(visits: list[Visit]) -> dict[str, str]:
    """The longest page of each kind that was visited, by endpoint."""
    pages = sorted((visit for visit in visits if visit.is_page), key=lambda visit: len(visit.text))
    return {visit.endpoint: visit.path for visit in pages}


@pytest.fixture(scope="module")
def cookies(client_of_the_demo: ApartClient, address: str) -> list[dict[str, str]]:
    """What a browser has in which the organiser is signed in."""
    cookie = client_of_the_demo.get_cookie("bantron")
    assert cookie is not None
    return [{"name": "bantron", "value": cookie.value, "url": address}]


@pytest.fixture(scope="module")
def looks(
    chromium: Browser, address: str, kinds: dict[str, str], cookies: list[dict[str, str]]
) -> dict[str, Look]:
    """A look at one page of each kind, one after the other, as somebody who works through the day."""
    with browsing(chromium, address, cookies) as context:
        page = context.new_page()
        weigher = Weigher(page, address)
        page.goto("/")
        return {kind: look_at(page, weigher, path) for kind, path in kinds.items()}


def test_axe_finds_nothing_on_any_kind_of_page(looks):
    assert {look.path: look.axe for look in looks.values() if look.axe} == {}


def test_every_text_stands_out_in_the_dark(looks):
    assert {look.path: look.pale for look in looks.values() if look.pale} == {}


def test_every_reference_inside_a_page_leads_somewhere_and_every_id_is_one(looks):
    assert {look.path: look.loose for look in looks.values() if look.loose} == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_has_to_be_pushed_sideways(looks, width):
    assert {look.path: look.widths for look in looks.values() if look.widths[width] > width} == {}


def test_nothing_moves_while_a_page_is_read(looks):
    assert {look.path: look.shift for look in looks.values() if look.shift > 0.01} == {}


@pytest.mark.parametrize("endpoint", _LONG_LISTS)
def test_a_long_list_does_not_move_while_its_rows_arrive(chromium, address, kinds, cookies, endpoint):
    with browsing(chromium, address, cookies) as context:
        page = context.new_page()
        page.goto("/organizer/", wait_until="networkidle")
        assert shift_of_a_slow_page(page, kinds[endpoint]) <= 0.01


def test_no_script_fails_no_policy_is_broken_and_no_other_host_is_asked(looks):
    assert {look.path: look.troubles for look in looks.values() if look.troubles} == {}


def test_the_next_page_weighs_little(looks):
    assert {look.path: look.weight for look in looks.values() if look.weight > _NEXT_PAGE} == {}


@pytest.mark.parametrize("endpoint", ["public.home", "public.event", "organizer_coverage.show"])
def test_the_first_page_of_a_day_keeps_to_its_weight(chromium, address, kinds, cookies, endpoint):
    with browsing(chromium, address, cookies) as context:
        page = context.new_page()
        weigher = Weigher(page, address)
        page.goto(kinds[endpoint], wait_until="networkidle")
        assert 0 < weigher.bytes <= _FIRST_LOAD
