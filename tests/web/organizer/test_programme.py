"""The programme at the desk: forms that lose nothing, moves without script, consequences in numbers."""

import html
import re

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.programme import AgendaKind, AppointmentRole, SessionStatus
from app.models.people import Person
from app.models.programme import AgendaItem, Appointment, Session
from tests.programme import make_directory, make_event

_BASE = "/organizer/events/toa-dam/programme"
_SESSION = {
    "titles-vi": "Kết nối vì phát triển",
    "day": "2027-10-27",
    "starts": "14:00",
    "ends": "15:30",
    "languages": ["vi", "ru"],
}


@pytest.fixture(autouse=True)
def _event(context):
    make_directory()
    make_event()


def _text(response):
    return html.unescape(re.sub(r"<[^>]+>", " ", response.text))


def _one(kind):
    db.session.rollback()
    return db.session.scalars(sa.select(kind)).one()


def _count(kind):
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(kind))


def _add(client, **changes):
    response = client.post(f"{_BASE}/sessions/new", data={**_SESSION, **changes})
    assert response.status_code == 303, _text(response)
    return _one(Session).public_id


def test_an_empty_programme_teaches_the_next_act(organizer_client):
    page = organizer_client.get(_BASE)
    assert page.status_code == 200
    assert f'href="{_BASE}/sessions/new"' in page.text


def test_b13_a_session_is_added_and_its_moment_echoed_with_the_zone(organizer_client):
    _add(organizer_client)
    page = _text(organizer_client.get(f"{_BASE}?lang=vi"))
    assert "Đã lưu phiên: thứ Tư, 27/10/2027, 14:00–15:30 Hà Nội (GMT+7)" in page
    assert _one(Session).languages == ["vi", "ru"]


def test_the_zone_is_printed_at_the_field(organizer_client):
    assert _text(organizer_client.get(f"{_BASE}/sessions/new?lang=vi")).count("Hà Nội (GMT+7)") == 2


def test_bad_hours_are_refused_at_the_field_and_nothing_is_lost(organizer_client):
    page = organizer_client.post(f"{_BASE}/sessions/new", data={**_SESSION, "ends": "13:00"})
    assert page.status_code == 422
    assert 'id="ends-error"' in page.text
    assert 'value="Kết nối vì phát triển"' in page.text
    assert 'value="13:00"' in page.text


def test_a_link_that_is_no_web_address_is_refused(organizer_client):
    page = organizer_client.post(
        f"{_BASE}/sessions/new", data={**_SESSION, "join_url": "javascript:alert(1)"}
    )
    assert (page.status_code, 'id="join_url-error"' in page.text) == (422, True)


def test_b19_a_session_moves_up_by_a_plain_button(organizer_client):
    for title in ("Một", "Hai"):
        organizer_client.post(f"{_BASE}/sessions/new", data={"titles-vi": title})
    db.session.rollback()
    second = db.session.scalars(sa.select(Session).where(Session.position == 2)).one().public_id
    moved = organizer_client.post(f"{_BASE}/sessions/{second}/move", data={"places": "-1"})
    assert moved.location.endswith(f"#session-{second}")
    page = _text(organizer_client.get(_BASE))
    assert page.index("Hai") < page.index("Một")


def test_a_colleagues_change_is_not_overwritten(organizer_client):
    key = _add(organizer_client)
    seen = re.search(
        r'name="revision"[^>]*value="(\d+)"', organizer_client.get(f"{_BASE}/sessions/{key}").text
    )
    form = {**_SESSION, "revision": seen[1]}
    assert organizer_client.post(f"{_BASE}/sessions/{key}", data={**form, "room": "A"}).status_code == 303
    late = organizer_client.post(f"{_BASE}/sessions/{key}", data={**form, "room": "B"})
    assert (late.status_code, 'value="B"' in late.text, _one(Session).room) == (409, True, "A")


def test_calling_off_says_its_consequence_and_can_be_undone(organizer_client):
    key = _add(organizer_client)
    asked = organizer_client.get(f"{_BASE}/sessions/{key}/cancel")
    assert "Kết nối vì phát triển" in asked.text
    assert _one(Session).status is SessionStatus.PLANNED
    organizer_client.post(f"{_BASE}/sessions/{key}/cancel")
    assert _one(Session).status is SessionStatus.CANCELLED
    organizer_client.post(f"{_BASE}/sessions/{key}/restore")
    assert _one(Session).status is SessionStatus.PLANNED
    organizer_client.post(f"{_BASE}/sessions/{key}/delete")
    assert _count(Session) == 0


def test_a_clash_stands_beside_its_session_as_a_warning(organizer_client):
    _add(organizer_client, room="Phòng 1", starts="16:30", ends="18:00")
    page = _text(organizer_client.get(f"{_BASE}?lang=en"))
    assert "The session lies outside the hours of the event." in page


def test_a31_items_are_put_on_the_agenda_in_order(organizer_client):
    for kind in ("opening_remarks", "presentation", "discussion", "proposals"):
        organizer_client.post(f"{_BASE}/agenda/new", data={"kind": kind})
    page = _text(organizer_client.get(f"{_BASE}?lang=en"))
    places = [page.index(words) for words in ("Opening remarks", "Presentation", "Discussion", "Proposals")]
    assert places == sorted(places)


def test_an_item_is_edited_moved_and_removed(organizer_client):
    organizer_client.post(f"{_BASE}/agenda/new", data={"kind": "break", "minutes": "15"})
    key = _one(AgendaItem).public_id
    organizer_client.post(
        f"{_BASE}/agenda/{key}", data={"kind": "discussion", "starts": "15:00", "minutes": ""}
    )
    assert (_one(AgendaItem).kind, _one(AgendaItem).minutes) == (AgendaKind.DISCUSSION, None)
    assert 'value="15:00"' in organizer_client.get(f"{_BASE}/agenda/{key}").text
    assert organizer_client.post(f"{_BASE}/agenda/{key}/move", data={"places": "1"}).status_code == 303
    organizer_client.post(f"{_BASE}/agenda/{key}/remove")
    assert _count(AgendaItem) == 0


def test_an_item_of_another_kind_without_title_is_refused_at_its_title(organizer_client):
    page = organizer_client.post(f"{_BASE}/agenda/new", data={"kind": "other"})
    assert (page.status_code, 'id="titles-vi-error"' in page.text) == (422, True)


def test_b14_an_unnamed_slot_shows_the_institution_and_its_country(organizer_client):
    key = _add(organizer_client)
    chosen = {"role": "speaker", "place": f"session:{key}", "organization": "Đại sứ quán Lào [EMB-LA-HAN]"}
    assert organizer_client.post(f"{_BASE}/appointments/new", data=chosen).status_code == 303
    page = " ".join(_text(organizer_client.get(f"{_BASE}?lang=vi")).split())
    assert "Đại sứ quán Lào · chưa cử người" in page


def test_b23_a_speaker_in_tokyo_sees_his_own_hours(organizer_client):
    key = _add(organizer_client)
    chosen = {"role": "speaker", "place": f"session:{key}", "organization": "VN-EMB-JP-TYO"}
    organizer_client.post(f"{_BASE}/appointments/new", data=chosen)
    place = _one(Appointment).public_id
    person = {"full_name": "Vũ Hồng Nam", "ranks-vi": "Đại sứ", "language": "vi"}
    named = organizer_client.post(f"{_BASE}/appointments/{place}/person", data=person)
    assert named.status_code == 303, _text(named)
    page = " ".join(_text(organizer_client.get(f"{_BASE}?lang=vi")).split())
    assert "Đại sứ Vũ Hồng Nam , Đại sứ quán Việt Nam tại Nhật Bản · 16:00–17:30 Tokyo (GMT+9)" in page


def test_a_place_for_nobody_and_an_unknown_institution_are_refused_at_the_field(organizer_client):
    for typed in ("", "Hội không có"):
        page = organizer_client.post(
            f"{_BASE}/appointments/new", data={"role": "speaker", "organization": typed}
        )
        assert (page.status_code, 'id="organization-error"' in page.text) == (422, True)


def test_a12_a_person_is_corrected_and_shown_in_his_script_to_russian_readers(organizer_client):
    organizer_client.post(f"{_BASE}/appointments/new", data={"role": "chair", "organization": "DLFA"})
    person = {"full_name": "Grigoriev Semen", "native_name": "Григорьев Семён", "language": "ru"}
    place = _one(Appointment).public_id
    organizer_client.post(f"{_BASE}/appointments/{place}/person", data=person)
    assert "Григорьев Семён" in organizer_client.get(f"{_BASE}?lang=ru").text
    key = _one(Person).public_id
    url = f"/organizer/events/toa-dam/people/{key}"
    assert 'value="Grigoriev Semen"' in organizer_client.get(url).text
    organizer_client.post(url, data={**person, "full_name": "Grigoriev Semen Vyacheslavovich"})
    assert _one(Person).full_name == "Grigoriev Semen Vyacheslavovich"
    organizer_client.post(f"{_BASE}/appointments/{place}/release")
    assert _one(Appointment).person is None


def test_an_appointment_is_edited_moved_and_removed(organizer_client):
    organizer_client.post(f"{_BASE}/appointments/new", data={"role": "chair", "organization": "DLFA"})
    key = _one(Appointment).public_id
    assert "Cục Ngoại vụ [DLFA]" in organizer_client.get(f"{_BASE}/appointments/{key}?lang=vi").text
    changed = {"role": "moderator", "organization": "VN-25"}
    organizer_client.post(f"{_BASE}/appointments/{key}", data=changed)
    assert _one(Appointment).role is AppointmentRole.MODERATOR
    assert organizer_client.post(f"{_BASE}/appointments/{key}/move", data={"places": "1"}).status_code == 303
    organizer_client.post(f"{_BASE}/appointments/{key}/remove")
    assert _count(Appointment) == 0


def test_a30_slots_of_a_side_are_reserved_and_counted(organizer_client):
    organizer_client.post(f"{_BASE}/sides/new", data={"code": "VN", "names-vi": "Phía Việt Nam"})
    db.session.rollback()
    side = re.search(r"/sides/(\w+)/slots", organizer_client.get(_BASE).text)[1]
    assert organizer_client.post(f"{_BASE}/sides/{side}/slots", data={"slots": "5"}).status_code == 303
    page = " ".join(_text(organizer_client.get(f"{_BASE}?lang=en")).split())
    assert "0 of 5 given" in page
    assert "5 slots are free" in page
    organizer_client.post(f"{_BASE}/sides/{side}", data={"code": "VN", "names-vi": "Việt Nam"})
    organizer_client.post(f"{_BASE}/sides/{side}/move", data={"places": "1"})
    assert 'value="Việt Nam"' in organizer_client.get(f"{_BASE}/sides/{side}").text
    organizer_client.post(f"{_BASE}/sides/{side}/remove")
    assert _count(Appointment) == 0


def test_who_may_only_read_sees_no_buttons_and_changes_nothing(organizer_client, colleague_client):
    key = _add(organizer_client)
    page = colleague_client.get(_BASE)
    assert page.status_code == 200
    assert "sessions/new" not in page.text
    assert f"sessions/{key}/move" not in page.text
    assert colleague_client.post(f"{_BASE}/sessions/{key}/cancel").status_code == 403


def test_a_session_of_another_event_is_not_found(organizer_client):
    key = _add(organizer_client)
    make_event("other")
    assert organizer_client.get(f"/organizer/events/other/programme/sessions/{key}").status_code == 404


def test_names_of_people_cannot_put_markup_into_the_page(organizer_client):
    _add(organizer_client, **{"titles-vi": "<script>alert(1)</script>"})
    assert "<script>alert" not in organizer_client.get(_BASE).text


def test_the_agenda_shows_what_consecutive_interpretation_adds_and_what_does_not_fit(organizer_client):
    key = _add(organizer_client, interpretation="consecutive")
    for kind, minutes in (("presentation", "40"), ("break", "10"), ("discussion", "5")):
        data = {"kind": kind, "minutes": minutes, "session": key}
        organizer_client.post(f"{_BASE}/agenda/new", data=data)
    words = " ".join(_text(organizer_client.get(f"{_BASE}?lang=en")).split())
    assert "14:00–15:20 (follows from the items before it) Presentation 80 40 minutes of speech" in words
    assert "15:20–15:30 (follows from the items before it) Break 10" in words
    assert "Discussion Please check It ends 10 min after its session." in words
    assert "100 minutes in all: 55 minutes of speech and breaks, the rest is consecutive" in words
    assert "The agenda takes 100 minutes, the session has 90." in words


def test_an_item_is_dropped_at_its_place(organizer_client):
    for kind in ("presentation", "discussion"):
        organizer_client.post(f"{_BASE}/agenda/new", data={"kind": kind})
    keys = [
        item.public_id for item in db.session.scalars(sa.select(AgendaItem).order_by(AgendaItem.position))
    ]
    answer = organizer_client.post(f"{_BASE}/agenda/place", data={"move": f"item-{keys[1]}:1"})
    assert answer.location.endswith(f"#item-{keys[1]}")
    db.session.rollback()
    first = db.session.scalars(sa.select(AgendaItem).order_by(AgendaItem.position)).first()
    assert first.public_id == keys[1]


@pytest.mark.parametrize("drop", ["", "item-x", "item-x:-1", ":3", "item-x:1234567"])
def test_a_drop_that_says_nothing_changes_nothing(organizer_client, drop):
    assert organizer_client.post(f"{_BASE}/agenda/place", data={"move": drop}).status_code == 303
