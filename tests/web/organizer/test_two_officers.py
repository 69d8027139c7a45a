"""Two officers on one row: the second is told, sees both texts, and nothing he typed is lost (409)."""

import re
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from app.db import db
from app.models.directory import Contact, Organization
from app.models.events import Side
from app.models.people import Person
from app.models.programme import AgendaItem, Appointment, Session
from app.models.reports import NewsReport, Outcome, Statement
from app.site import invitation_url
from tests.programme import make_directory, make_event
from tests.registration_rows import get_delegate, register_one, store_event
from tests.site_rows import accept, add

_BASE = "/organizer/events/toa-dam"
_MINE, _THEIRS = "Bản của tôi", "Bản của đồng nghiệp"


@pytest.fixture(autouse=True)
def _event(context):
    make_directory()
    make_event()


_ROWS = {
    "session": (Session, "programme/sessions", {"day": "2027-10-27"}, "titles-vi"),
    "agenda item": (AgendaItem, "programme/agenda", {"kind": "discussion", "minutes": "20"}, "titles-vi"),
    "appointment": (Appointment, "programme/appointments", {"role": "speaker"}, "labels-vi"),
    "side": (Side, "programme/sides", {"code": "VN"}, "names-vi"),
    "statement": (Statement, "reports/statements", {"attribution-vi": "các diễn giả"}, "texts-vi"),
    "outcome": (Outcome, "reports/outcomes", {}, "texts-vi"),
    "news": (NewsReport, "reports/news", {"language": "vi"}, "headline"),
}


def _key(kind):
    db.session.rollback()
    return db.session.scalars(sa.select(kind.public_id)).one()


def _revision(page):
    return re.search(r'name="revision"[^>]*value="(\d+)"', page.text)[1]


def _differences(page):
    """Return label, recorded and typed text of each row of the table above the form."""
    row = r'<th scope="row"[^>]*>([^<]*)</th>\s*<td[^>]*>([^<]*)</td>\s*<td[^>]*>([^<]*)</td>'
    return re.findall(row, page.text)


def assert_second_decides(client, path, form, field):
    """Let a colleague save between the opening and the saving of a form; check what the second sees."""
    seen = _revision(client.get(path))
    theirs = {**form, field: _THEIRS, "revision": seen}
    assert client.post(path, data=theirs).status_code == 303
    mine = {**form, field: _MINE, "revision": seen}
    refused = client.post(f"{path}?lang=vi", data=mine)
    assert refused.status_code == 409
    assert [texts for _, *texts in _differences(refused)] == [[_THEIRS, _MINE]], "only what differs"
    assert _THEIRS in client.get(path).text
    assert client.post(path, data={**mine, "revision": _revision(refused)}).status_code == 303
    assert _MINE in client.get(path).text


@pytest.mark.parametrize("row", _ROWS)
def test_the_second_of_two_officers_sees_both_texts_and_decides(organizer_client, row):
    kind, path, form, field = _ROWS[row]
    assert organizer_client.post(f"{_BASE}/{path}/new", data={**form, field: "Ban đầu"}).status_code == 303
    assert_second_decides(organizer_client, f"{_BASE}/{path}/{_key(kind)}", form, field)


def test_a_contact_is_not_overwritten_silently_either(organizer_client):
    office = db.session.scalars(sa.select(Organization.public_id)).first()
    contacts = f"/organizer/directory/{office}/contacts"
    typed = {"full_name": "Nguyễn Thu Hà", "email": "ha@sngv.example", "language": "vi"}
    assert organizer_client.post(f"{contacts}/new", data=typed).status_code == 303
    db.session.rollback()
    newest = sa.select(Contact.public_id).order_by(Contact.id.desc())
    edit = f"{contacts}/{db.session.scalars(newest).first()}/edit"
    assert_second_decides(organizer_client, edit, typed, "post")


def test_a_person_is_not_overwritten_silently_either(organizer_client):
    appointments = f"{_BASE}/programme/appointments"
    organizer_client.post(f"{appointments}/new", data={"role": "speaker", "organization": "VN-25"})
    naming = f"{appointments}/{_key(Appointment)}/person"
    person = {"full_name": "Tô Anh Dũng", "language": "vi", "country": "VN"}
    shown = _revision(organizer_client.get(naming))
    assert organizer_client.post(naming, data={**person, "revision": shown}).status_code == 303
    assert organizer_client.post(naming, data={**person, "revision": shown}).status_code == 409
    assert_second_decides(organizer_client, f"{_BASE}/people/{_key(Person)}", person, "full_name")


_FACTS = {
    "kind": "roundtable",
    "mode": "online",
    "zone": "Asia/Ho_Chi_Minh",
    "day": "2027-10-27",
    "starts": "14:00",
    "ends": "17:00",
    "organizers-0": "Cục Ngoại vụ [DLFA]",
    "default_quota": "3",
    "offer_hours": "48",
    "approval": "none",
    "protocol_order": "as_invited",
    "order_language": "vi",
}


def test_the_facts_of_a_roundtable_are_not_overwritten_silently_either(organizer_client):
    organizer_client.post(f"{_BASE}/edit", data={**_FACTS, "titles-vi": "Ban đầu", "revision": "1"})
    assert_second_decides(organizer_client, f"{_BASE}/edit", _FACTS, "titles-vi")


@pytest.mark.parametrize("act", ["cancel", "discard"])
def test_an_act_on_a_state_that_is_gone_is_refused(organizer_client, act):
    path = f"{_BASE}/{act}"
    seen = _revision(organizer_client.get(path))
    organizer_client.post(f"{_BASE}/edit", data={**_FACTS, "titles-vi": _THEIRS, "revision": seen})
    refused = organizer_client.post(path, data={"revision": seen})
    assert (refused.status_code, _revision(refused)) == (409, str(int(seen) + 1))


def test_what_is_chosen_from_a_list_or_a_calendar_is_shown_in_words(organizer_client):
    path = f"{_BASE}/programme/sessions"
    organizer_client.post(f"{path}/new", data={"titles-vi": "Phiên", "day": "2027-10-27", "starts": "14:00"})
    path = f"{path}/{_key(Session)}"
    known = {"titles-vi": "Phiên", "day": "2027-10-27", "starts": "14:00", "revision": "1"}
    organizer_client.post(path, data={**known, "starts": "15:30", "languages": ["vi", "ru"], "capacity": "7"})
    refused = organizer_client.post(
        f"{path}?lang=vi", data={**known, "starts": "", "day": "2027-10-28", "capacity": ""}
    )
    assert _differences(refused) == [
        ("Ngày", "27/10/2027", "28/10/2027"),
        ("Bắt đầu", "15:30", "–"),
        ("Sức chứa", "7", "–"),
        ("Ngôn ngữ làm việc", "Tiếng Việt, Tiếng Nga", "–"),
    ]


def test_a_revision_that_was_tampered_with_is_refused_as_an_old_one(organizer_client):
    organizer_client.post(f"{_BASE}/programme/sides/new", data={"code": "VN", "names-vi": "Phía Việt Nam"})
    path = f"{_BASE}/programme/sides/{_key(Side)}"
    for revision in ("", "x", "-1", "0"):
        form = {"code": "VN", "names-vi": "Khác", "revision": revision}
        assert organizer_client.post(path, data=form).status_code == 409


def _seated(page):
    return re.search(r'name="seated"[^>]*value="([^"]*)"', page.text)[1]


@pytest.mark.parametrize("by_link", [False, True])
def test_who_joins_from_a_site_is_not_overwritten_silently_either(organizer_client, client, by_link, now):
    event = store_event()
    province = accept(event, names={"vi": "Quảng Trị"})
    an, binh = (register_one(province, now, name) for name in ("Lê Văn An", "Trần Bình"))
    hall = add(event, "Hội trường", now, institution=province.public_id if by_link else None)
    at_desk = f"/organizer/events/{event.slug}/sites/{hall.public_id}/people"
    browser, path = organizer_client, at_desk
    if by_link:
        browser, path = client, f"{urlsplit(invitation_url(province)).path}/site/{hall.public_id}/people"
    shown = _seated(browser.get(path))
    theirs = {"people": [an.public_id], "seated": shown}
    assert organizer_client.post(at_desk, data=theirs).status_code == 303
    mine = {"people": [binh.public_id], "seated": shown}
    refused = browser.post(f"{path}?lang=vi", data=mine)
    assert refused.status_code == 409
    ((_, *texts),) = _differences(refused)
    told_by = "Đại biểu" if by_link else "Quảng Trị"
    assert texts == [f"Lê Văn An · {told_by}", f"Trần Bình · {told_by}"]
    db.session.rollback()
    assert get_delegate(an.public_id).site_id == hall.id
    assert browser.post(path, data={**mine, "seated": _seated(refused)}).status_code == 303
    db.session.rollback()
    assert [get_delegate(one.public_id).site_id for one in (an, binh)] == [None, hall.id]


def test_a_newcomer_whom_nobody_saw_is_not_taken_from_the_site(organizer_client, now):
    event = store_event()
    province = accept(event, names={"vi": "Quảng Trị"})
    own = add(event, "", now, institution=province.public_id)
    path = f"/organizer/events/{event.slug}/sites/{own.public_id}/people"
    first = register_one(province, now, "Lê Văn An")
    shown = _seated(organizer_client.get(path))
    second = register_one(province, now, "Trần Bình")
    sent = {"people": [first.public_id], "seated": shown}
    assert organizer_client.post(path, data=sent).status_code == 409
    assert get_delegate(second.public_id).site_id == own.id
