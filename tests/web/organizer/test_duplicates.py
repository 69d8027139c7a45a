"""Upkeep of the directory at the desk: duplicates, merging, deleting, what uses what, the workbook."""

import io
from urllib.parse import urlsplit

import pytest
import python_calamine

from tests.web.organizer.test_directory import NEW, browse, public_id, send

pytestmark = pytest.mark.usefixtures("real_directory")
__all__ = ["browse", "public_id"]
TWICE = {"kind": "other", "names-vi": "UBND tỉnh Quảng Trị", "country": "VN", "phones": "+84 233 385"}


@pytest.fixture
def twice(organizer_client, public_id):
    """Quảng Trị stands in the directory twice; return the ids of both."""
    answer = send(organizer_client, "/new", **TWICE, seen_alike="1")
    return public_id("VN34-44"), urlsplit(answer.location).path.rpartition("/")[2]


def texts(answer):
    return answer.get_data(as_text=True)


def test_who_adds_what_is_there_is_told_and_may_add_it_all_the_same(organizer_client, public_id):
    warned = send(organizer_client, "/new?lang=vi", **TWICE)
    assert warned.status_code == 422
    page = texts(warned)
    assert "Có thể đã có trong danh bạ" in page
    assert f'href="/organizer/directory/{public_id("VN34-44")}"' in page
    assert public_id("VN-25") not in page  # its days are over
    assert 'value="UBND tỉnh Quảng Trị"' in page
    assert 'name="seen_alike" type="hidden" value="1"' in page
    assert "Vẫn lưu" in page
    assert send(organizer_client, "/new", **TWICE, seen_alike="1").status_code == 303


def test_who_adds_or_edits_something_of_its_own_is_not_asked(organizer_client, twice):
    assert send(organizer_client, "/new", **NEW).status_code == 303
    page = texts(organizer_client.get(f"/organizer/directory/{twice[1]}/edit"))
    revision = page.split('name="revision" type="hidden" value="')[1].split('"')[0]
    answer = send(organizer_client, f"/{twice[1]}/edit", **TWICE, revision=revision, fax="1")
    assert answer.status_code == 303


def test_pairs_are_listed_with_their_differences_and_can_be_told_apart(organizer_client, browse, twice):
    page = browse("/duplicates")
    assert "1 cặp" in page
    assert "VN34-44" in page
    assert "+84 233 385" in page
    pair = {"one": twice[0], "other": twice[1]}
    assert send(organizer_client, "/duplicates/tell-apart", **pair).status_code == 303
    page = browse("/duplicates")
    assert "Không có hai tổ chức nào có vẻ là một." in page
    assert "Đã xác nhận là khác nhau" in page
    send(organizer_client, "/duplicates/ask-again", **pair)
    assert "1 cặp" in browse("/duplicates")


def test_two_are_compared_merged_found_at_the_old_address_and_parted_again(organizer_client, browse, twice):
    kept, gone = twice
    chosen = send(organizer_client, f"/{kept}/merge", other="UBND tỉnh Quảng Trị")
    assert urlsplit(chosen.location).path == f"/organizer/directory/{kept}/merge/{gone}"
    page = browse(f"/{kept}/merge/{gone}")
    assert "Gộp “UBND tỉnh Quảng Trị” vào “Tỉnh Quảng Trị”" in page
    assert "Trở thành cách viết khác: UBND tỉnh Quảng Trị" in page
    revisions = {
        name: page.split(f'name="{name}" type="hidden" value="')[1].split('"')[0]
        for name in ("kept_revision", "gone_revision")
    }
    done = send(organizer_client, f"/{kept}/merge/{gone}", **revisions)
    assert done.status_code == 303
    assert organizer_client.get(f"/organizer/directory/{gone}").location.endswith(kept)
    merge = urlsplit(done.location).path.removeprefix("/organizer/directory")
    assert "Hoàn tác việc gộp" in browse(merge)
    undone = send(organizer_client, merge)
    assert urlsplit(undone.location).path == f"/organizer/directory/{gone}"
    assert "+84 233 385" in browse(f"/{gone}")


def test_what_cannot_be_merged_says_why_before_anybody_tries(browse, organizer_client, public_id):
    path = f"/{public_id('VN34-44')}/merge/{public_id('VN-25')}"
    page = browse(path)
    assert "Một tổ chức kế thừa tổ chức kia" in page
    assert "Gộp hai tổ chức</button>" not in page
    assert send(organizer_client, path, kept_revision="1", gone_revision="1").status_code == 422


def test_a_merge_of_an_unknown_one_is_refused_at_the_field(organizer_client, public_id):
    answer = send(organizer_client, f"/{public_id('VN34-44')}/merge", other="Tỉnh Không Có")
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in texts(answer)


def test_only_what_nothing_uses_is_deleted(organizer_client, browse, public_id, twice):
    page = browse(f"/{public_id('VN34-44')}/delete")
    assert "2 tổ chức tiền thân" in page
    assert "Hãy chấm dứt tổ chức" in page
    assert send(organizer_client, f"/{public_id('VN34-44')}/delete", revision="1").status_code == 422
    page = browse(f"/{twice[1]}/delete")
    revision = page.split('name="revision" type="hidden" value="')[1].split('"')[0]
    assert send(organizer_client, f"/{twice[1]}/delete", revision=revision).status_code == 303
    assert organizer_client.get(f"/organizer/directory/{twice[1]}").status_code == 404


def test_the_last_day_and_the_successor_are_edited_in_the_form(organizer_client, browse, twice):
    page = browse(f"/{twice[1]}/edit")
    revision = page.split('name="revision" type="hidden" value="')[1].split('"')[0]
    fields = {**TWICE, "revision": revision, "seen_alike": "1", "successor": "VN34-44"}
    refused = send(organizer_client, f"/{twice[1]}/edit", **fields)
    assert refused.status_code == 422
    assert send(organizer_client, f"/{twice[1]}/edit", **fields, valid_to="2025-06-30").status_code == 303
    assert f'href="/organizer/directory/{twice[0]}"' in browse(f"/{twice[1]}")
    assert f'href="/organizer/directory/{twice[1]}"' in browse(f"/{twice[0]}")


def test_what_is_seen_is_saved_as_a_workbook(organizer_client):
    answer = send(organizer_client, "/organizations.xlsx?kind=locality&on=2021-10-27&lang=vi")
    assert answer.status_code == 200
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    rows = book.get_sheet_by_index(0).to_python()
    assert len([row for row in rows if str(row[0]).startswith("VN-")]) == 63


def test_readers_see_duplicates_and_the_workbook_and_change_nothing(colleague_client, public_id, twice):
    assert colleague_client.get("/organizer/directory/duplicates").status_code == 200
    assert send(colleague_client, "/organizations.xlsx").status_code == 200
    one, other = twice
    for path in (f"/{one}/merge", f"/{one}/merge/{other}", f"/{one}/delete"):
        assert colleague_client.get(f"/organizer/directory{path}").status_code == 403
    for path in (
        "/duplicates/tell-apart",
        "/duplicates/ask-again",
        f"/{one}/merge/{other}",
        f"/{one}/delete",
    ):
        assert send(colleague_client, path).status_code == 403


def test_nobody_without_an_account_sees_any_of_it(client, twice):
    one, other = twice
    assert "next=" in send(client, "/organizations.xlsx").location
    for path in ("/duplicates", f"/{one}/merge/{other}", f"/{one}/delete"):
        answer = client.get(f"/organizer/directory{path}")
        assert (answer.status_code, "next=" in answer.location) == (302, True)
