"""Who arrives from elsewhere gets the style sheet inside his page; the policy allows it and nothing else."""

import gzip
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from tests.registration_rows import store_event

pytestmark = pytest.mark.databases("sqlite")
SHEET = (Path(__file__).parents[2] / "app/static/bantron.css").read_text()
FROM_ELSEWHERE = {"Sec-Fetch-Site": "cross-site"}
ZIPPED = {"Accept-Encoding": "gzip"}
FILE = re.compile(r'<link rel="stylesheet" href="(/static/bantron\.css\?v=\w+)">')
FOR_LATER = re.compile(r'<link rel="prefetch" as="style" href="(/static/bantron\.css\?v=\w+)">')


def carried(page: str) -> list[str]:
    return re.findall(r"<style>(.*?)</style>", page, re.DOTALL)


@pytest.mark.parametrize("origin", ["none", "cross-site", "same-site"])
def test_who_arrives_from_elsewhere_gets_the_sheet_with_the_page(client, origin):
    page = client.get("/", headers={"Sec-Fetch-Site": origin}).get_data(as_text=True)
    assert carried(page) == [SHEET]
    assert FILE.search(page) is None


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {}])
def test_who_has_been_here_or_does_not_say_gets_the_name_of_the_file(client, headers):
    page = client.get("/", headers=headers).get_data(as_text=True)
    assert carried(page) == []
    assert FILE.search(page)
    assert FOR_LATER.search(page) is None


def test_a_page_that_is_kept_printed_is_kept_for_either_reader(client, context):
    page = f"/events/{store_event().slug}"
    for origin, sheets in [("none", [SHEET]), ("same-origin", []), ("none", [SHEET])]:
        answer = client.get(page, headers={"Sec-Fetch-Site": origin})
        assert carried(answer.get_data(as_text=True)) == sheets


def test_the_next_page_finds_the_file_at_the_address_that_was_fetched_for_it(client):
    first, following = (
        client.get("/", headers={"Sec-Fetch-Site": origin}).get_data(as_text=True)
        for origin in ("none", "same-origin")
    )
    assert FOR_LATER.search(first)[1] == FILE.search(following)[1]


def test_the_long_pages_of_the_desk_name_the_file(organizer_client):
    page = organizer_client.get("/organizer/events", headers=FROM_ELSEWHERE).get_data(as_text=True)
    assert carried(page) == []
    assert FILE.search(page)


def test_an_error_brings_its_sheet_too(client):
    answer = client.get("/events/none-of-ours", headers=FROM_ELSEWHERE)
    assert answer.status_code == 404
    assert carried(answer.get_data(as_text=True)) == [SHEET]


def test_the_policy_allows_the_very_sheet_that_is_carried_and_no_other(client):
    answer = client.get("/", headers=FROM_ELSEWHERE)
    [sheet] = carried(answer.get_data(as_text=True))
    digest = b64encode(sha256(sheet.encode()).digest()).decode()
    policy = answer.headers["Content-Security-Policy"]
    assert f"style-src 'self' 'sha256-{digest}';" in policy
    assert "unsafe" not in policy


def test_pages_say_that_they_depend_on_where_the_reader_comes_from(client):
    assert "Sec-Fetch-Site" in client.get("/").headers["Vary"]
    with client.get("/static/bantron.css") as file:
        assert "Sec-Fetch-Site" not in file.headers.get("Vary", "")


def test_of_a_page_of_ones_own_opened_from_elsewhere_the_sheet_alone_is_compressed(client):
    plain = client.get("/links/new", headers=FROM_ELSEWHERE).data
    packed = client.get("/links/new", headers={**FROM_ELSEWHERE, **ZIPPED})
    assert packed.headers["Content-Encoding"] == "gzip"
    whole = gzip.decompress(packed.data)
    assert without_token(whole) == without_token(plain)
    assert whole.partition(b"</style>")[2] in packed.data
    assert len(packed.data) < len(whole) - len(SHEET) * 0.7


def test_the_length_of_such_a_page_tells_no_more_than_it_would_uncompressed(client):
    def spare(query):
        answer = client.get(f"/links/new?{query}", headers={**FROM_ELSEWHERE, **ZIPPED})
        return len(gzip.decompress(answer.data)) - len(answer.data)

    assert spare("q=csrf_token%20value") == spare("q=xqzjwvkyfhbpgmud%20lcrtno")


def test_a_page_that_many_open_comes_within_the_first_breath_of_a_connection(client, context):
    """Ten segments may be sent before the first is acknowledged (RFC 6928)."""
    page = f"/events/{store_event().slug}"
    for path in ("/", page, "/links/new"):
        answer = client.get(path, headers={**ZIPPED, "Sec-Fetch-Site": "none"})
        assert len(answer.data) + len(str(answer.headers)) <= 10 * 1460


def without_token(page: bytes) -> bytes:
    return re.sub(rb'name="csrf_token"[^>]*', b"", page)
