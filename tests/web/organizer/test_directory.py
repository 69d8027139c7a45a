"""The directory at the desk: what people see, send and may."""

import re
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from app.db import db
from app.models.audit import AuditEntry
from app.queries import directory

pytestmark = pytest.mark.usefixtures("real_directory")

NEW = {
    "kind": "corporation",
    "names-vi": "Tập đoàn Dệt May Việt Nam",
    "abbreviation": "VINATEX",
    "country": "VN",
}


@pytest.fixture
def public_id(app):
    """Find the public id of an organisation by its code."""

    def find(code):
        with app.app_context():
            return directory.get_by_code(code).public_id

    return find


@pytest.fixture
def browse(organizer_client):
    """Read a page of the directory as the organiser, in Vietnamese."""

    def get(path="", language="vi"):
        separator = "&" if "?" in path else "?"
        answer = organizer_client.get(f"/organizer/directory{path}{separator}lang={language}")
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    return get


def send(client, path, **fields):
    return client.post(f"/organizer/directory{path}", data=fields)


def test_a19_the_list_finds_without_diacritics_and_tells_of_former_ones(browse):
    page = browse("?q=quang+tri&on=2026-11-22")
    assert "Tỉnh Quảng Trị" in page
    assert "1 tổ chức khác" in page
    assert "đến hết ngày 30/06/2025" not in page
    assert "đến hết ngày 30/06/2025" in browse("?q=quang+tri&on=any")


def test_a17_a_former_unit_names_its_successor_and_the_new_one_what_it_was_merged_from(browse, public_id):
    old, new = browse(f"/{public_id('VN-25')}"), browse(f"/{public_id('VN34-44')}")
    assert f'href="/organizer/directory/{public_id("VN34-44")}"' in old
    assert f'href="/organizer/directory/{public_id("VN-25")}"' in new
    assert f'href="/organizer/directory/{public_id("VN-24")}"' in new


def test_a18_kinds_are_named_in_the_readers_language(browse, public_id):
    path = f"/{public_id('RU-ZAB')}"
    assert [word in browse(path, language) for language, word in {"vi": "Vùng", "ru": "Край"}.items()] == [
        True
    ] * 2


def test_a35_an_office_shows_every_way_to_reach_it_and_telephones_can_be_dialled(browse, public_id):
    page = browse(f"/{public_id('DFA-VN-25')}")
    assert "20 Lê Đại Hành - TP.Đông Hà - tỉnh Quảng Trị - Việt Nam" in page
    for number in ("+842333550383", "+842333854745", "+842333852439"):
        assert f'href="tel:{number}"' in page
    assert "+84 233 3851200" in page
    assert 'href="mailto:songoaivu@quangtri.gov.vn"' in page


def test_a35_the_card_is_saved_under_the_name_of_the_office_and_remembered(app, organizer_client, public_id):
    there = f"/organizer/directory/{public_id('DFA-VN-25')}"
    card = organizer_client.post(f"{there}.vcf?lang=vi")
    assert card.mimetype == "text/vcard"
    assert ".vcf" in card.headers["Content-Disposition"]
    assert "FN:Sở Ngoại vụ Quảng Trị" in card.get_data(as_text=True)
    with app.app_context():
        saved = sa.select(AuditEntry.actor_name).where(AuditEntry.act == "organization.export_card")
        assert db.session.scalars(saved).all() == ["Nguyễn Thị Hà"]
    assert organizer_client.get(f"{there}.vcf").status_code == 404, "looking saves nothing"


def test_a10_a_unit_shows_what_it_belongs_to(browse, public_id):
    assert "Bộ Ngoại giao" in browse(f"/{public_id('MOFA-VN-DLFA')}")


def test_b03_groups_are_counted_as_of_the_chosen_day(browse):
    page = browse("/groups?on=2021-10-27")
    assert "group=localities&amp;on=2021-10-27" in page
    assert ">63</a>" in page


def test_filters_are_pills_that_can_be_taken_away_one_by_one(browse):
    page = browse("?kind=embassy&country=RU&on=2026-01-01&order=-name")
    assert "1 tổ chức" in page
    assert 'href="/organizer/directory?country=RU&amp;on=2026-01-01&amp;order=-name"' in page
    assert 'href="/organizer/directory?kind=embassy&amp;on=2026-01-01&amp;order=-name"' in page
    assert 'href="/organizer/directory?kind=embassy&amp;country=RU&amp;on=any&amp;order=-name"' in page


def test_what_an_address_says_wrong_is_read_as_anything(browse):
    assert "tổ chức" in browse("?kind=nonsense&group=nonsense&on=nonsense&page=nonsense&order=nonsense")


def test_a_search_that_finds_nothing_offers_the_way_back(browse):
    page = browse("?q=atlantis")
    assert "Xóa tìm kiếm và bộ lọc" in page


def test_an_organisation_is_added_shown_and_edited(organizer_client, app):
    answer = send(organizer_client, "/new", **NEW)
    assert answer.status_code == 303
    page = organizer_client.get(answer.location, query_string={"lang": "vi"}).get_data(as_text=True)
    assert "Đã thêm tổ chức." in page
    with app.app_context():
        row = directory.get_by_code("VINATEX")
        path, revision = f"/{row.public_id}/edit", str(row.revision)
    answer = send(organizer_client, path, **NEW | {"abbreviation": "VTX", "revision": revision})
    assert answer.status_code == 303
    with app.app_context():
        assert directory.get_by_code("VINATEX").abbreviation == "VTX"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"names-vi": ""}, "Vui lòng ghi tên bằng ít nhất một ngôn ngữ."),
        ({"parent": "Bộ Biển"}, "“Bộ Biển”"),
        ({"timezone": "Asia/Hanoi"}, "Asia/Hanoi"),
        ({"code": "x y"}, "Mã gồm chữ in hoa"),
        ({"phones": "1" * 61}, "tối đa 60 ký tự"),
    ],
)
def test_bad_input_is_told_at_its_field_and_loses_nothing(organizer_client, wrong, sentence):
    organizer_client.get("/organizer/directory?lang=vi")
    answer = send(organizer_client, "/new", **NEW | {"fax": "+84 24 99"} | wrong)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in page
    assert "VINATEX" in page
    assert "+84 24 99" in page
    assert 'aria-invalid="true"' in page


def test_somebody_elses_change_is_not_overwritten(organizer_client, public_id):
    path = f"/{public_id('VASEP')}/edit"
    answer = send(organizer_client, path, **NEW | {"kind": "business_association", "revision": "999"})
    assert answer.status_code == 422


def test_a_contact_is_added_as_focal_point_put_aside_and_used_again(organizer_client, app, public_id):
    home = f"/{public_id('DFA-VN-25')}"
    fields = {"full_name": "Nguyễn Thu Hà", "email": "ha@example.vn", "language": "vi", "is_focal_point": "y"}
    assert send(organizer_client, f"{home}/contacts/new", **fields).status_code == 303
    page = organizer_client.get(f"/organizer/directory{home}?lang=vi").get_data(as_text=True)
    assert "Đầu mối" in page
    with app.app_context():
        contact = f"{home}/contacts/{directory.get_by_code('DFA-VN-25').contacts[0].public_id}"
    assert send(organizer_client, f"{contact}/edit", **fields | {"post": "Chuyên viên"}).status_code == 303
    assert send(organizer_client, f"{contact}/archive").status_code == 303
    assert send(organizer_client, f"{contact}/restore").status_code == 303
    with app.app_context():
        row = directory.get_by_code("DFA-VN-25").contacts[0]
        assert (row.post, row.archived_at, row.is_focal_point) == ("Chuyên viên", None, False)


def test_b17_two_localities_are_twinned_and_each_shows_the_other(organizer_client, browse, public_id):
    here, there = public_id("VN34-79"), public_id("RU-SPE")
    assert send(organizer_client, f"/{here}/twinnings/new", partner="RU-SPE").status_code == 303
    assert f'href="/organizer/directory/{there}"' in browse(f"/{here}")
    assert f'href="/organizer/directory/{here}"' in browse(f"/{there}")
    answer = send(organizer_client, f"/{here}/twinnings/new", partner="VASEP")
    assert answer.status_code == 422


def test_an_organisation_is_closed_and_opened_again(organizer_client, browse, app, public_id):
    home = f"/{public_id('VASEP')}"
    with app.app_context():
        revision = str(directory.get_by_code("VASEP").revision)
    answer = send(organizer_client, f"{home}/close", last_day="2026-01-31", revision=revision)
    assert urlsplit(answer.location).path == f"/organizer/directory{home}"
    assert "Không còn tồn tại" in browse(home)
    with app.app_context():
        revision = str(directory.get_by_code("VASEP").revision)
    assert send(organizer_client, f"{home}/reopen", revision=revision).status_code == 303
    assert "Không còn tồn tại" not in browse(home)


def _undo(client, page):
    """Press the button of the message on top that takes the last act back."""
    ((action, rest),) = re.findall(
        r'<div class="toasts">.*?<form[^>]* action="([^"]+)"(.*?)</form>', page, re.DOTALL
    )
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', rest))
    assert client.post(action, data=fields).status_code == 303


def test_what_was_done_by_mistake_is_taken_back_at_once(organizer_client, browse, app, public_id):
    home = f"/{public_id('VASEP')}"
    with app.app_context():
        revision = str(directory.get_by_code("VASEP").revision)
    send(organizer_client, f"{home}/close", last_day="2026-01-31", revision=revision)
    _undo(organizer_client, browse(home))
    assert "Không còn tồn tại" not in browse(home)
    send(organizer_client, f"{home}/contacts/new", full_name="Nguyễn Thu Hà", email="ha@x.vn", language="vi")
    with app.app_context():
        contact = directory.get_by_code("VASEP").contacts[0].public_id
    browse(home)
    send(organizer_client, f"{home}/contacts/{contact}/archive")
    _undo(organizer_client, browse(home))
    with app.app_context():
        assert directory.get_by_code("VASEP").contacts[0].archived_at is None


def test_a_second_last_day_cannot_be_taken_back_without_losing_the_first(
    organizer_client, browse, app, public_id
):
    home = f"/{public_id('VASEP')}"
    for day in ("2026-01-31", "2026-02-28"):
        with app.app_context():
            revision = str(directory.get_by_code("VASEP").revision)
        send(organizer_client, f"{home}/close", last_day=day, revision=revision)
        page = browse(home)
    assert "Hoàn tác" not in page


def test_readers_see_the_directory_and_change_nothing(colleague_client, public_id):
    home = f"/organizer/directory/{public_id('VASEP')}"
    page = colleague_client.get(home).get_data(as_text=True)
    assert "VASEP" in page
    assert f"{home}/edit" not in page
    assert colleague_client.get(f"{home}/edit").status_code == 403
    assert send(colleague_client, "/new", **NEW).status_code == 403


def test_strangers_are_asked_to_sign_in(client):
    assert client.get("/organizer/directory").status_code == 302


def test_a_page_of_the_list_costs_the_same_whatever_it_lists(organizer_client, statements):
    counts = []
    for query in ("q=vasep&on=any", "on=any"):
        with statements() as seen:
            organizer_client.get(f"/organizer/directory?{query}")
        counts.append(len(seen))
    assert counts[0] == counts[1]
