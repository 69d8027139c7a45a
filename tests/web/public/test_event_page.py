"""The public page of a roundtable: what its rows demand, nothing that is private, never an outdated word."""

import json
import re
from datetime import UTC, date, datetime

import pytest

from app.db import db
from app.domain import clock
from app.domain.directory import OrganizationKind
from app.domain.event_facts import OccasionFacts, OtherTitleFacts
from app.domain.event_times import Schedule
from app.domain.invitations import Answer, AnswerCommand, Invite
from app.domain.people import PersonDetails
from app.domain.programme import AppointmentDetails, AppointmentRole, SessionDetails, SideDetails
from app.domain.reports import OutcomeDetails
from app.models.directory import Organization
from app.models.events import Event
from app.models.invitations import Invitation
from app.services import reports
from app.services.events import calling_off, editing, lifecycle
from app.services.invitations import answers, invite
from app.services.programme import appointments, sessions, sides
from app.services.transaction import unit_of_work
from tests import guests
from tests.programme import make_directory
from tests.roundtables import SCHEDULE, TITLE, create, facts, get

JOIN = "https://zoom.example/j/86420024680"
RU = {"headers": {"Accept-Language": "ru"}}


@pytest.fixture
def directory(context):
    return make_directory()


@pytest.fixture
def publish(directory, organizer, now, monkeypatch):
    """Publish a roundtable carried by the department; the clock of the pages stands still."""
    monkeypatch.setattr(clock, "now", lambda: now)

    def act(**changes):
        slug = create(organizer, now, **{"organizers": ("DLFA",), **changes})
        lifecycle.publish(actor=organizer, slug=slug, now=now)
        return slug

    return act


@pytest.fixture
def read(client):
    """Return the words of a page, without markup and double blanks."""

    def words(slug, query="", **request):
        answer = client.get(f"/events/{slug}{query}", **request)
        assert answer.status_code == 200
        text = re.sub(r"<(style|script|head).*?</\1>", "", answer.get_data(as_text=True), flags=re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", " ", text).split()).replace(" ,", ",")

    return words


def _invited(slug, organizer, now, *codes):
    chosen = [one.public_id for one in db.session.query(Organization).filter(Organization.code.in_(codes))]
    invite.invite(actor=organizer, slug=slug, command=Invite(organizations=tuple(chosen)), now=now)
    with unit_of_work() as session:
        session.query(Invitation).update({"sent_at": now, "state": "sent"})


def _accept(now, *codes, answer=Answer.ACCEPTED):
    rows = db.session.query(Invitation).join(Organization).filter(Organization.code.in_(codes))
    for public_id in [row.public_id for row in rows]:
        answers.answer(
            invitation=public_id, command=AnswerCommand(answer=answer, answered_by="Nguyễn A"), now=now
        )


def test_a09_the_chairs_of_both_sides_stand_in_their_order(publish, read, organizer, now):
    slug = publish()
    act = {"actor": organizer, "slug": slug, "now": now}
    names = {"VN": "Trần Thanh Huân", "RU": "Grigoriev Semen Vyacheslavovich"}
    for code, name in names.items():
        side = sides.add_side(command=SideDetails(code=code, names={"vi": f"Phía {code}"}), **act)
        place = appointments.appoint(
            command=AppointmentDetails(role=AppointmentRole.CO_CHAIR, side=side), **act
        )
        person = PersonDetails(full_name=name, posts={"vi": "Cục trưởng"}, organization="DLFA")
        appointments.name_person(appointment_id=place, command=person, **act)
    assert re.search(r"Huân.* Phía VN .*Grigoriev.* Phía RU", read(slug))
    appointments.move_appointment(appointment_id=place, places=-1, **act)
    assert re.search(r"Grigoriev.* Phía RU .*Huân.* Phía VN", read(slug))


def test_a10_a_department_is_named_with_its_ministry(publish, read):
    assert "Cục Ngoại vụ, Bộ Ngoại giao" in read(publish())


def test_a13_the_purpose_stands_on_the_page_and_says_whose_words_stand_in(publish, read):
    slug = publish(purposes={"vi": "Kết nối các địa phương", "en": "To connect localities"})
    assert "Kết nối các địa phương" in read(slug)
    assert "To connect localities" in (text := read(slug, **RU))
    assert "показан на языке: English" in text or "English" in text


def test_a14_a15_anniversaries_stand_on_the_page_also_one_to_come(publish, read):
    occasions = (
        OccasionFacts(
            labels={"vi": "thiết lập quan hệ Đối tác chiến lược"},
            years=20,
            date_from=date(2001, 3, 1),
            date_to=date(2021, 3, 1),
            countries=("VN", "RU"),
        ),
        OccasionFacts(
            labels={"vi": "Đối tác chiến lược toàn diện"},
            years=10,
            date_from=date(2012, 7, 27),
            date_to=date(2032, 7, 27),
        ),
    )
    text = read(publish(occasions=occasions))
    assert "20 năm thiết lập quan hệ Đối tác chiến lược (01/03/2001 – 01/03/2021)" in text
    assert "10 năm Đối tác chiến lược toàn diện (27/07/2012 – 27/07/2032)" in text


def test_a21_participants_are_counted_by_kind_and_country(publish, read, organizer, now):
    slug = publish()
    for code in ("VN", "RU"):
        side = SideDetails(code=code, names={"vi": f"Phía {code}"})
        sides.add_side(actor=organizer, slug=slug, command=side, now=now)
    _invited(slug, organizer, now, "VN-13", "VN-25", "RU-SA")
    assert "Quảng Trị" not in read(slug), "who has not answered is not named"
    _accept(now, "VN-13", "VN-25", "RU-SA")
    text = read(slug)
    assert "2 địa phương Việt Nam, 1 chủ thể Nga" in text
    assert re.search(r"VN Phía VN .*Quảng Trị.* RU Phía RU .*Sakha", text)
    db.session.query(Event).one().is_archive = True
    db.session.commit()
    assert "Đến nay" not in read(slug), "an archive waits for nobody"


def test_who_declines_or_hesitates_is_not_named(publish, read, organizer, now):
    slug = publish()
    _invited(slug, organizer, now, "VN-13", "VN-25")
    _accept(now, "VN-13", answer=Answer.DECLINED)
    _accept(now, "VN-25", answer=Answer.TENTATIVE)
    assert not re.search("Quảng (Ninh|Trị)", read(slug))


def test_b14_speakers_of_a_mission_are_shown_with_their_country_before_they_are_named(
    publish, read, organizer, now
):
    slug = publish()
    act = {"actor": organizer, "slug": slug, "now": now}
    session = sessions.add_session(command=SessionDetails(titles={"vi": "Kết nối vì phát triển"}), **act)
    for code in ("EMB-LA-HAN", "EMB-JP-HAN", "VN-CG-CN-NNG"):
        speaker = AppointmentDetails(role=AppointmentRole.SPEAKER, session=session, organization=code)
        appointments.appoint(command=speaker, **act)
    text = read(slug)
    assert "Đại sứ quán Lào Đại sứ quán Nhật Bản Tổng Lãnh sự quán" in text, "their names say it already"
    assert "Trung Quốc" not in text, "B15: not a Chinese body"
    russian = read(slug, **RU)
    assert "(Вьетнам)" not in russian, "their names say it, in whatever language they are shown"


def test_b19_sessions_keep_their_order_without_hours(publish, read, client, organizer, now):
    slug = publish()
    for title in ("Kết nối vì phát triển", "Hợp tác đầu tư và thương mại"):
        details = SessionDetails(titles={"vi": title})
        sessions.add_session(actor=organizer, slug=slug, command=details, now=now)
    assert re.search("Phiên 1 Kết nối vì phát triển.*Phiên 2 Hợp tác đầu tư và thương mại", read(slug))
    page = client.get(f"/events/{slug}").get_data(as_text=True)
    assert 'id="session-1"' in page
    assert 'id="session-2"' in page


def test_b31_the_umbrella_stands_above_and_the_series_below(publish, read, client):
    series = {"vi": "Gặp gỡ Việt – Nga"}
    umbrella = publish(titles={"vi": "Hội nghị Ngoại vụ 20"})
    other = publish(titles={"vi": "Tọa đàm lần thứ nhất"}, series=series)
    slug = publish(parent=umbrella, series=series)
    page = client.get(f"/events/{slug}").get_data(as_text=True)
    assert page.index(f'href="/events/{umbrella}"') < page.index("<h1")
    assert page.index(f'href="/events/{other}"') > page.index("<h1")
    assert "Gặp gỡ Việt – Nga" in page
    assert TITLE in read(umbrella), "the umbrella lists what is held within it"


def test_the_link_to_join_is_not_public(publish, client, organizer, now):
    slug = publish(join_url=JOIN, platform="Zoom")
    details = SessionDetails(titles={"vi": "Phiên"}, join_url=JOIN + "1")
    sessions.add_session(actor=organizer, slug=slug, command=details, now=now)
    assert "zoom.example" not in client.get(f"/events/{slug}").get_data(as_text=True)


def test_hours_stand_in_the_host_zone_first_and_beside_it_in_the_readers(publish, read):
    slug = publish()
    host = "thứ Tư, 27/10/2027, 14:00–17:00 Hà Nội (GMT+7)"
    assert host in read(slug)
    assert f"{host} · 10:00–13:00 Moscow (GMT+3)" in read(slug, "?tz=Europe/Moscow")
    assert "10:00–13:00 Москва (GMT+3)" in read(slug, **RU), "a reader of Russian need not ask"
    nonsense = read(slug, "?tz=../../etc/passwd")
    assert host in nonsense


def test_another_date_on_the_readers_clock_is_said(publish, read):
    schedule = Schedule(day=SCHEDULE.day, starts=SCHEDULE.starts, ends=SCHEDULE.ends, zone="Asia/Tokyo")
    text = read(publish(schedule=schedule), "?tz=America/Los_Angeles")
    assert "thứ Ba, 26/10/2027, 22:00 – thứ Tư, 27/10/2027, 01:00 San Francisco (GMT−7)" in text


def test_without_a_date_the_page_says_why_there_is_no_calendar_file(directory, read, client, organizer, now):
    slug = create(organizer, now, organizers=("DLFA",), schedule=Schedule(), is_archive=True)
    lifecycle.publish(actor=organizer, slug=slug, now=now)
    assert "Chưa xác định ngày Chưa có tệp lịch vì chưa xác định ngày." in read(slug)
    assert ".ics" not in client.get(f"/events/{slug}").get_data(as_text=True)


def test_calendars_find_the_file_by_themselves(publish, client):
    slug = publish()
    page = client.get(f"/events/{slug}").get_data(as_text=True)
    assert f'<link rel="alternate" type="text/calendar" href="http://localhost/events/{slug}.ics"' in page
    assert "calendar.google.com" in page
    for code in ("vi", "en", "ru", "fr"):
        assert f'hreflang="{code}" href="http://localhost/events/{slug}?lang={code}"' in page


def test_what_is_called_off_says_so_and_offers_no_entry(publish, read, client, organizer, now):
    slug = publish()
    calling_off.postpone(actor=organizer, slug=slug, note={"vi": "Vì bão số 5"}, now=now)
    text = read(slug)
    assert "Hoãn" in text or "hoãn" in text
    assert "Vì bão số 5" in text
    assert "calendar.google.com" not in client.get(f"/events/{slug}").get_data(as_text=True)


def test_the_button_to_register_stands_where_anybody_may(publish, client, monkeypatch):
    closed, open_ = publish(), publish(titles={"vi": "Mở"}, admits_open_registration=True)
    button = 'href="/events/{}/register"'.format
    assert button(closed) not in client.get(f"/events/{closed}").get_data(as_text=True)
    assert button(open_) in client.get(f"/events/{open_}").get_data(as_text=True)
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 10, 28, tzinfo=UTC))
    assert button(open_) not in client.get(f"/events/{open_}").get_data(as_text=True)


def test_b27_outcomes_stand_on_the_page_once_the_event_is_over(publish, read, organizer, now, monkeypatch):
    slug = publish()
    details = OutcomeDetails(texts={"vi": "Địa phương tích lũy kinh nghiệm"})
    reports.add(actor=organizer, slug=slug, command=details, now=now)
    assert "tích lũy kinh nghiệm" not in read(slug)
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 10, 28, tzinfo=UTC))
    assert "Địa phương tích lũy kinh nghiệm" in read(slug)


def test_drafts_are_nobodys_business(directory, client, organizer, now):
    slug = create(organizer, now, organizers=("DLFA",))
    assert client.get(f"/events/{slug}").status_code == 404


def test_other_forms_of_the_title_stand_below_it(publish, read):
    other = OtherTitleFacts(language="vi", title="Tọa đàm của các địa phương")
    assert "Tọa đàm của các địa phương" in read(publish(other_titles=(other,)))


def test_a_printed_page_is_never_outdated(publish, read, organizer, now):
    """Every act leaves an entry in the history, and the page is printed again after it."""
    slug = publish()
    assert TITLE in read(slug)
    editing.edit(
        actor=organizer, slug=slug, command=facts(organizers=("DLFA",), titles={"vi": "Mới"}), now=now
    )
    assert TITLE not in read(slug)
    _invited(slug, organizer, now, "VN-25")
    assert "Quảng Trị" not in read(slug)
    _accept(now, "VN-25")
    assert "Quảng Trị" in read(slug)


def test_what_an_act_says_is_said_once_and_to_nobody_else(publish, app, client):
    slug = publish()
    with client.session_transaction() as session:
        session["_flashes"] = [("done", "Chỉ nói một lần")]
    assert "Chỉ nói một lần" in client.get(f"/events/{slug}").get_data(as_text=True)
    assert "Chỉ nói một lần" not in client.get(f"/events/{slug}").get_data(as_text=True)
    assert "Chỉ nói một lần" not in app.test_client().get(f"/events/{slug}").get_data(as_text=True)


def _fill(slug, organizer, now, number):
    act = {"actor": organizer, "slug": slug, "now": now}
    session = sessions.add_session(command=SessionDetails(titles={"vi": f"Phiên {number}"}), **act)
    code = f"VN-9{number}"
    guests.store(guests.organization(code, f"Tỉnh {number}", OrganizationKind.LOCALITY))
    speaker = AppointmentDetails(role=AppointmentRole.SPEAKER, session=session, organization=code)
    appointments.appoint(command=speaker, **act)
    _invited(slug, organizer, now, code)
    _accept(now, code)


def test_three_sessions_take_as_many_statements_as_one_and_a_second_look_takes_one(
    publish, client, organizer, now, statements
):
    slug, counts = publish(), []
    for number in (1, 2, 3):
        _fill(slug, organizer, now, number)
        with statements() as seen:
            client.get(f"/events/{slug}")
        counts.append(len(seen))
    assert counts[0] == counts[2]
    with statements() as seen:
        client.get(f"/events/{slug}")
    assert len([one for one in seen if one.startswith("SELECT")]) == 1
    assert get(slug, organizer).sessions[2].position == 3


def _structured(client, slug, language="vi"):
    page = client.get(f"/events/{slug}?lang={language}").get_data(as_text=True)
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    return json.loads(found)


def test_search_engines_are_told_what_the_page_says_and_not_the_link_to_join(publish, client, organizer, now):
    slug = publish(join_url=JOIN, platform="Zoom", titles={"vi": TITLE, "en": "Roundtable"})
    details = SessionDetails(titles={"vi": "Kết nối"}, join_url=JOIN + "1")
    sessions.add_session(actor=organizer, slug=slug, command=details, now=now)
    told = _structured(client, slug)
    assert (told["@type"], told["name"]) == ("Event", TITLE)
    assert (told["startDate"], told["endDate"]) == ("2027-10-27T14:00:00+07:00", "2027-10-27T17:00:00+07:00")
    assert told["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert told["eventStatus"] == "https://schema.org/EventScheduled"
    assert told["location"] == [{"@type": "VirtualLocation", "url": f"http://localhost/events/{slug}"}]
    assert [part["name"] for part in told["subEvent"]] == ["Kết nối"]
    assert "zoom" not in json.dumps(told)
    assert _structured(client, slug, "en")["name"] == "Roundtable"
    calling_off.postpone(actor=organizer, slug=slug, note={}, now=now)
    assert _structured(client, slug)["eventStatus"] == "https://schema.org/EventPostponed"


def test_no_title_breaks_out_of_what_search_engines_are_told(publish, client):
    evil = '</script><script>alert("1")</script>'
    assert _structured(client, publish(titles={"vi": evil}))["name"] == evil


def test_an_event_without_a_date_tells_search_engines_none(directory, client, organizer, now):
    slug = create(organizer, now, organizers=("DLFA",), schedule=Schedule(), is_archive=True)
    lifecycle.publish(actor=organizer, slug=slug, now=now)
    assert "startDate" not in _structured(client, slug)
