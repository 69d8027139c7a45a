"""Few bytes on the way, and no secret told by their number."""

import gzip
import re

import pytest

from tests.registration_rows import store_event

pytestmark = pytest.mark.databases("sqlite")
GZIP = {"Accept-Encoding": "gzip, br"}
OWN_TAB = {**GZIP, "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def style(client):
    """The address of the style sheet, as pages name it."""
    return re.search(r'rel="stylesheet" href="([^"]+)"', client.get("/").get_data(as_text=True))[1]


@pytest.fixture
def fetch(client):
    """Fetch a file; the answer is read and closed."""

    def fetched(address, **request):
        with client.get(address, **request) as answer:
            answer.get_data()
            return answer

    return fetched


def test_a_file_is_kept_for_a_year_under_the_address_of_its_bytes(fetch, style):
    answer = fetch(style)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("address", ["/static/bantron.css", "/static/bantron.css?v=of-yesterday"])
def test_a_file_is_kept_for_an_hour_under_any_other_address(fetch, address):
    assert fetch(address).headers["Cache-Control"] == "public, max-age=3600"


def test_texts_are_compressed_where_the_browser_understands_it(fetch, style):
    plain, packed = fetch(style), fetch(style, headers=GZIP)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) == int(packed.headers["Content-Length"])
    assert "Accept-Encoding" in plain.headers["Vary"]
    again = fetch(style, headers={**GZIP, "If-None-Match": packed.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_public_page_is_compressed_for_everybody(client, context):
    page = f"/events/{store_event().slug}"
    assert gzip.decompress(client.get(page, headers=GZIP).data).startswith(b"<!doctype html>")


@pytest.mark.parametrize(
    ("asked_from", "packed"), [("same-origin", True), ("none", True), ("cross-site", False), ("", False)]
)
def test_a_page_of_ones_own_is_compressed_in_ones_own_tab_alone(organizer_client, asked_from, packed):
    answer = organizer_client.get("/organizer/events", headers={**GZIP, "Sec-Fetch-Site": asked_from})
    assert (answer.headers.get("Content-Encoding") == "gzip") is packed


def test_a_public_page_with_a_token_against_forgery_counts_as_ones_own(client):
    assert "Content-Encoding" not in client.get("/links/new", headers=GZIP).headers
    assert "Content-Encoding" in client.get("/links/new", headers=OWN_TAB).headers
