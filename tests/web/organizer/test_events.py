"""The organiser's pages of events: what is typed is kept, what is done is said."""

import re
import unicodedata
from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import MultiDict

from app.db import db
from app.domain.events import EventStatus
from app.queries import events
from app.services.events import editing
from tests.roundtables import TITLE, add_session, create, facts, get, invite, publish, store_directory

_TYPED = {
    "titles-vi": TITLE,
    "titles-ru": "Содействие сотрудничеству",
    "kind": "roundtable",
    "mode": "online",
    "zone": "Asia/Ho_Chi_Minh",
    "day": "2027-10-27",
    "starts": "14:00",
    "ends": "17:00",
    "organizers-0": "Cục Ngoại vụ [LFA]",
    "default_quota": "3",
    "offer_hours": "48",
    "approval": "none",
    "protocol_order": "as_invited",
    "order_language": "vi",
}


@pytest.fixture(autouse=True)
def _directory(context):
    store_directory()


def _page(answer):
    return answer.get_data(as_text=True)


def _values(page, name):
    return re.findall(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)


def test_a_roundtable_is_created_edited_and_shown(organizer_client, organizer):
    made = organizer_client.post("/organizer/events/new", data=_TYPED)
    assert made.status_code == 303
    slug = made.location.rsplit("/", 1)[1]
    event = get(slug, organizer)
    assert (event.starts_at, event.timezone) == (datetime(2027, 10, 27, 7, tzinfo=UTC), "Asia/Ho_Chi_Minh")
    page = _page(organizer_client.get(made.location))
    assert 'thứ Tư, 27/10/2027, <span class="hours">14:00–17:00 Hà Nội (GMT+7)</span>' in page
    form = _page(organizer_client.get(f"{made.location}/edit"))
    assert _values(form, "organizers-0") == ["Cục Ngoại vụ [LFA]"]
    changed = organizer_client.post(
        f"{made.location}/edit", data=_TYPED | {"capacity": "120", "revision": str(event.revision)}
    )
    assert (changed.status_code, get(slug, organizer).capacity) == (303, 120)


def test_b26_a_title_typed_in_nfd_is_kept_in_nfc_and_comes_back_in_the_form(organizer_client, organizer):
    made = organizer_client.post(
        "/organizer/events/new", data=_TYPED | {"titles-vi": unicodedata.normalize("NFD", TITLE)}
    )
    event = get(made.location.rsplit("/", 1)[1], organizer)
    assert event.titles["vi"].encode() == unicodedata.normalize("NFC", TITLE).encode()
    assert _values(_page(organizer_client.get(f"{made.location}/edit")), "titles-vi") == [TITLE]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"ends": "13:00"}, "ends"),
        ({"zone": "Asia/Nowhere"}, "zone"),
        ({"day": "", "starts": "14:00"}, "day"),
        ({"organizers-0": "Cục Nào đó"}, "organizers"),
        ({"join_url": "javascript:alert(1)"}, "join_url"),
        ({"titles-vi": ""}, "titles-vi"),
        ({"capacity": "many"}, "capacity"),
        ({"occasions-0-labels-vi": "x", "occasions-0-countries": "Viet Nam"}, "occasions-0-countries"),
        ({"deadline_date": "2027-11-01"}, "deadline_date"),
        ({"protocol_order": "drawn_letter"}, "order_letter"),
        ({"zone": "Europe/Paris", "day": "2027-03-28", "starts": "02:30"}, "starts"),
    ],
)
def test_bad_input_loses_nothing_and_says_where(organizer_client, organizer, now, typed, field):
    answer = organizer_client.post("/organizer/events/new", data=_TYPED | typed)
    page = _page(answer)
    assert answer.status_code == 422
    assert f'href="#{field}"' in page
    for name, value in (_TYPED | typed).items():
        if name in {"titles-ru", "day", "starts", "ends", "organizers-0", "join_url", "capacity"}:
            assert _values(page, name) == [value], name
    assert events.count_events(organizer, events.EventCriteria(), now=now) == 0


@pytest.mark.parametrize(
    ("language", "word"), [("vi", "Trực tuyến"), ("en", "Online"), ("ru", "Онлайн"), ("fr", "En ligne")]
)
def test_a08_the_mode_is_a_badge_in_every_language(organizer_client, organizer, now, language, word):
    slug = create(organizer, now)
    page = _page(organizer_client.get(f"/organizer/events/{slug}?lang={language}"))
    assert f'<span class="badge badge-plain">{word}</span>' in page


def test_an_hour_that_comes_twice_is_asked_about(organizer_client, organizer):
    typed = _TYPED | {"zone": "Europe/Paris", "day": "2027-10-31", "starts": "02:30"}
    asked = organizer_client.post("/organizer/events/new", data=typed)
    assert asked.status_code == 422
    assert 'name="later"' in _page(asked)
    made = organizer_client.post("/organizer/events/new", data=typed | {"later": "second"})
    event = get(made.location.rsplit("/", 1)[1], organizer)
    assert event.starts_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def _other_zone(client, organizer, now, **answers):
    """Change the zone of a roundtable with a session and a deadline, and nothing else."""
    slug = create(organizer, now, deadline_date=date(2027, 10, 20), deadline_clock=time(17))
    hours = {
        "starts_at": datetime(2027, 10, 27, 8, tzinfo=UTC),
        "ends_at": datetime(2027, 10, 27, 9, tzinfo=UTC),
    }
    add_session(slug, organizer, 1, **hours)
    deadline = {"deadline_date": "2027-10-20", "deadline_clock": "17:00", "moves_programme": "y"}
    sent = _TYPED | {"zone": "Europe/Moscow", "revision": "1"} | deadline | answers
    answer = client.post(f"/organizer/events/{slug}/edit?lang=vi", data=sent)
    event = get(slug, organizer)
    moments = (event.starts_at, event.sessions[0].starts_at, event.registration_deadline)
    return answer, event.timezone, [f"{at:%d %H:%M}" for at in moments]


def test_c08_another_zone_asks_whether_the_clock_or_the_moment_stays(organizer_client, organizer, now):
    asked, zone, moments = _other_zone(organizer_client, organizer, now)
    assert (asked.status_code, zone) == (422, "Asia/Ho_Chi_Minh")
    assert moments == ["27 07:00", "27 08:00", "20 10:00"]
    page = _page(asked)
    assert page.count('name="kept"') >= 2
    assert "10:00–13:00 Moscow (GMT+3)" in page
    assert "14:00–17:00 Moscow (GMT+3)" in page


def test_c08_with_the_clock_everything_is_at_the_same_hour_elsewhere(organizer_client, organizer, now):
    answer, zone, moments = _other_zone(organizer_client, organizer, now, kept="clock")
    assert (answer.status_code, zone) == (303, "Europe/Moscow")
    assert moments == ["27 11:00", "27 12:00", "20 14:00"]


def test_c08_with_the_moment_nothing_moves(organizer_client, organizer, now):
    answer, zone, moments = _other_zone(organizer_client, organizer, now, kept="moment")
    assert (answer.status_code, zone) == (303, "Europe/Moscow")
    assert moments == ["27 07:00", "27 08:00", "20 10:00"]


def test_the_zone_is_not_asked_about_while_nobody_changes_it(organizer_client, organizer, now):
    slug = create(organizer, now)
    assert 'name="kept"' not in _page(organizer_client.get(f"/organizer/events/{slug}/edit"))


def test_the_zone_stands_at_the_hours_and_the_moment_is_said_in_words(organizer_client):
    page = _page(organizer_client.post("/organizer/events/new", data=_TYPED | {"titles-vi": ""}))
    assert page.count('class="suffix">Hà Nội (GMT+7)') == 3
    assert (
        '<strong>thứ Tư, 27/10/2027, <span class="hours">14:00–17:00 Hà Nội (GMT+7)</span></strong>' in page
    )


def test_another_row_is_added_without_losing_what_was_typed(organizer_client):
    answer = organizer_client.post("/organizer/events/new", data=_TYPED | {"more": "occasions"})
    page = _page(answer)
    assert answer.status_code == 200
    assert 'name="occasions-0-years"' in page
    assert _values(page, "titles-vi") == [TITLE]


def test_another_row_is_added_beside_a_time_zone_that_nobody_knows(organizer_client):
    typed = _TYPED | {"more": "occasions", "zone": "Hà Nội"}
    answer = organizer_client.post("/organizer/events/new", data=typed)
    assert answer.status_code == 200
    assert _values(_page(answer), "zone") == ["Hà Nội"]


def test_two_organisers_do_not_overwrite_each_other(organizer_client, organizer, now):
    slug = create(organizer, now)
    seen = get(slug, organizer).revision
    editing.edit(actor=organizer, slug=slug, command=facts(contact_name="Cục"), now=now)
    answer = organizer_client.post(
        f"/organizer/events/{slug}/edit", data=_TYPED | {"contact_name": "Vụ", "revision": str(seen)}
    )
    assert answer.status_code == 409
    assert "Người khác vừa thay đổi" in _page(answer)
    assert _values(_page(answer), "contact_name") == ["Vụ"]


def test_b30_the_draft_lists_what_is_missing_with_links_and_publishing_is_refused_in_words(
    organizer_client, organizer, now
):
    slug = create(organizer, now, organizers=())
    page = _page(organizer_client.get(f"/organizer/events/{slug}"))
    assert f'/organizer/events/{slug}/edit#organizers-0">Còn thiếu: cơ quan tổ chức' in page
    shown = {"revision": str(get(slug, organizer).revision)}
    refused = organizer_client.post(f"/organizer/events/{slug}/publish", data=shown)
    assert refused.status_code == 422
    assert "Còn thiếu: cơ quan tổ chức." in _page(refused)


def test_the_life_of_an_event_is_led_by_buttons(organizer_client, organizer, now):
    slug = create(organizer, now)
    for act, status in (("publish", "published"), ("close", "closed"), ("reopen", "published")):
        page = _page(organizer_client.get(f"/organizer/events/{slug}"))
        assert f'action="/organizer/events/{slug}/{act}"' in page
        revision = str(get(slug, organizer).revision)
        answer = organizer_client.post(f"/organizer/events/{slug}/{act}", data={"revision": revision})
        assert (answer.status_code, get(slug, organizer).status) == (303, EventStatus(status))


def test_c08_postponing_says_its_consequence_in_numbers_and_does_it(organizer_client, organizer, now):
    slug = publish(organizer, now)
    invite(slug, organizer, now)
    page = _page(organizer_client.get(f"/organizer/events/{slug}/postpone"))
    assert "Soạn sẵn thư báo cho: 1 cơ quan, 1 đại biểu." in page
    assert "Hoãn và soạn 2 thư" in page
    unsaid = organizer_client.post(f"/organizer/events/{slug}/postpone", data={"note-vi": "Bão"})
    assert (unsaid.status_code, 'href="#until"' in _page(unsaid), "Bão" in _page(unsaid)) == (422, True, True)
    done = organizer_client.post(
        f"/organizer/events/{slug}/postpone", data={"until": "open", "note-vi": "Bão"}
    )
    assert (done.status_code, get(slug, organizer).status) == (303, EventStatus.POSTPONED)
    overview = _page(organizer_client.get(done.location))
    assert "2 thư báo đang chờ ở dạng nháp" in overview
    assert "Ngày mới sẽ thông báo sau" in overview


def test_c08_a_postponed_event_gets_its_new_date(organizer_client, organizer, now):
    slug = publish(organizer, now)
    typed = {"zone": "Asia/Ho_Chi_Minh", "day": "2027-12-08", "starts": "09:00", "ends": "11:00"}
    organizer_client.post(f"/organizer/events/{slug}/postpone", data={"until": "open"})
    answer = organizer_client.post(f"/organizer/events/{slug}/resume", data=typed)
    event = get(slug, organizer)
    assert (answer.status_code, event.status) == (303, EventStatus.PUBLISHED)
    assert event.starts_at == datetime(2027, 12, 8, 2, tzinfo=UTC)


def test_c08_cancelling_says_its_consequence_in_numbers_and_does_it(organizer_client, organizer, now):
    slug = publish(organizer, now)
    invite(slug, organizer, now)
    page = _page(organizer_client.get(f"/organizer/events/{slug}/cancel"))
    assert "Hủy và soạn 2 thư" in page
    organizer_client.post(f"/organizer/events/{slug}/cancel", data={"note-vi": "Không đủ điều kiện"})
    assert get(slug, organizer).status is EventStatus.CANCELLED


def test_a_clone_is_made_from_its_form(organizer_client, organizer, now):
    slug = create(organizer, now)
    assert _values(_page(organizer_client.get(f"/organizer/events/{slug}/clone")), "titles-vi") == [TITLE]
    refused = organizer_client.post(f"/organizer/events/{slug}/clone", data={"titles-en": "Again"})
    assert (refused.status_code, _values(_page(refused), "titles-en")) == (422, ["Again"])
    made = organizer_client.post(f"/organizer/events/{slug}/clone", data={"titles-vi": "Lần hai"})
    assert get(made.location.rsplit("/", 1)[1], organizer).titles == {"vi": "Lần hai"}


def test_a_draft_is_discarded_after_its_consequence_was_said(organizer_client, organizer, now):
    slug = create(organizer, now)
    assert "Không thể hoàn tác." in _page(organizer_client.get(f"/organizer/events/{slug}/discard"))
    done = organizer_client.post(f"/organizer/events/{slug}/discard", data={})
    assert (done.status_code, done.location) == (303, "/organizer/events?shelf=drafts")
    assert organizer_client.get(f"/organizer/events/{slug}").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_database_as_often_for_three_events_as_for_one(
    organizer_client, organizer, now, number
):
    for _ in range(number):
        create(organizer, now, co_organizers=("MOFA", "VN-25"))
    statements = []
    with db.engine.connect() as connection:
        count = lambda *arguments: statements.append(arguments[2])  # noqa: E731  one line says it
        sa.event.listen(connection.engine, "before_cursor_execute", count)
        organizer_client.get("/organizer/events?shelf=drafts")
        sa.event.remove(connection.engine, "before_cursor_execute", count)
    assert len([statement for statement in statements if statement.startswith("SELECT")]) <= 9


def test_the_list_is_searched_and_its_filters_are_removable_pills(organizer_client, organizer, now):
    create(organizer, now, sectors=("ENERGY",))
    create(organizer, now, titles={"vi": "Gặp gỡ Đoàn Ngoại giao"})
    page = _page(organizer_client.get("/organizer/events?q=lien+bang&sector=ENERGY"))
    assert TITLE in page
    assert "Đoàn Ngoại giao" not in page
    pills = re.findall(r'class="filter-pill" href="([^"]*)"', page)
    assert pills == ["/organizer/events?sector=ENERGY", "/organizer/events?q=lien+bang"]
    empty = _page(organizer_client.get("/organizer/events?q=khong+co"))
    assert "Không có tọa đàm nào phù hợp." in empty


def test_an_empty_desk_teaches_the_first_act(organizer_client):
    page = _page(organizer_client.get("/organizer/events"))
    assert page.count('href="/organizer/events/new"') == 2


@pytest.mark.parametrize("wish", ["kind=x", "year=abc", "shelf=no", "page=-3", "page=9999", "sector=%27"])
def test_wishes_that_make_no_sense_are_left_out(organizer_client, organizer, now, wish):
    create(organizer, now)
    assert organizer_client.get(f"/organizer/events?{wish}").status_code == 200


def test_a_reader_sees_the_overview_without_buttons_and_may_change_nothing(colleague_client, organizer, now):
    slug = publish(organizer, now)
    page = _page(colleague_client.get(f"/organizer/events/{slug}"))
    assert TITLE in page
    assert f"/organizer/events/{slug}/cancel" not in page
    assert colleague_client.get(f"/organizer/events/{slug}/edit").status_code == 403
    assert colleague_client.post(f"/organizer/events/{slug}/close").status_code == 403
    assert get(slug, organizer).status is EventStatus.PUBLISHED


def test_an_unknown_event_is_not_found_and_strangers_are_asked_to_sign_in(organizer_client, client):
    assert organizer_client.get("/organizer/events/nothing").status_code == 404
    assert client.get("/organizer/events").status_code == 302


def test_lists_of_the_form_keep_every_row(organizer_client, organizer):
    typed = MultiDict(_TYPED)
    typed.update(
        {
            "other_titles-0-language": "ru",
            "other_titles-0-title": "российско-вьетнамские консультации",
            "occasions-0-years": "10",
            "occasions-0-labels-vi": "nâng cấp quan hệ",
            "occasions-0-relation_level": "comprehensive_strategic_partnership",
            "occasions-0-date_from": "2012-07-27",
            "occasions-0-date_to": "2028-07-27",
            "occasions-0-countries": "vn, RU",
            "co_organizers-0": "Bộ Ngoại giao",
            "co_organizers-1": "",
        }
    )
    typed.setlist("languages", ["vi", "ru"])
    typed.setlist("sectors", ["FTA", "ENERGY"])
    slug = organizer_client.post("/organizer/events/new", data=typed).location.rsplit("/", 1)[1]
    event = get(slug, organizer)
    assert [t.title for t in event.other_titles] == ["российско-вьетнамские консультации"]
    assert [(o.years, o.countries) for o in event.occasions] == [(10, ["VN", "RU"])]
    assert [c.organization.code for c in event.organizers] == ["LFA", "MOFA"]
    assert (event.languages, {s.code for s in event.sectors}) == (["vi", "ru"], {"FTA", "ENERGY"})
    page = _page(organizer_client.get(f"/organizer/events/{slug}"))
    assert "10 năm nâng cấp quan hệ (27/07/2012 – 27/07/2028)" in page
