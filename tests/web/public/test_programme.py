"""The programme and the reports of an event as everybody reads them."""

import html
import re
from datetime import date, time

import pytest

from app.domain.events import EventStatus
from app.domain.local_time import Hours
from app.domain.people import PersonDetails
from app.domain.policy import SYSTEM
from app.domain.programme import (
    AgendaItemDetails,
    AgendaKind,
    AppointmentDetails,
    AppointmentRole,
    SessionDetails,
    SideDetails,
)
from app.domain.reports import NewsReportDetails, OutcomeDetails, StatementDetails
from app.services import reports
from app.services.programme import agenda, appointments, sessions, sides
from tests.programme import make_directory, make_event


@pytest.fixture
def act(context, now):
    make_directory()

    def do(use_case, slug="toa-dam", **arguments):
        return use_case(actor=SYSTEM, slug=slug, now=now, **arguments)

    return do


def _read(client, language, slug="toa-dam"):
    page = client.get(f"/events/{slug}?lang={language}")
    assert page.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def _fill(act):
    """Reserve two slots of a side, and a slot of an embassy."""
    side = act(sides.add_side, command=SideDetails(code="VN", names={"vi": "Phía Việt Nam"}))
    item = act(agenda.add_item, command=AgendaItemDetails(kind=AgendaKind.PRESENTATION))
    act(appointments.reserve, side=side, agenda_item=item, slots=2)
    hours = Hours(day=date(2027, 10, 27), starts=time(14), ends=time(15))
    session = act(
        sessions.add_session,
        command=SessionDetails(titles={"vi": "Phiên một", "ru": "Первая сессия"}, hours=hours),
    )
    place = AppointmentDetails(role=AppointmentRole.SPEAKER, session=session, organization="EMB-LA-HAN")
    act(appointments.appoint, command=place)
    return session


def test_b14_b23_the_programme_shows_who_will_speak_and_his_own_hours(act, client):
    make_event(status=EventStatus.PUBLISHED)
    session = _fill(act)
    tokyo = AppointmentDetails(role=AppointmentRole.SPEAKER, session=session, organization="VN-EMB-JP-TYO")
    place = act(appointments.appoint, command=tokyo)
    sakha = AppointmentDetails(role=AppointmentRole.SPEAKER, session=session, organization="RU-SA")
    act(appointments.appoint, command=sakha)
    person = PersonDetails(full_name="Vũ Hồng Nam", posts={"vi": "Đại sứ Việt Nam tại Nhật Bản"})
    act(appointments.name_person, appointment_id=place, command=person)
    page = _read(client, "vi")
    assert "Diễn giả Đại sứ quán Lào Vũ Hồng Nam" in page
    assert "Sakha (Yakutia) (Liên bang Nga)" in page
    assert "chưa cử người" not in page, "the desk alone reads who named nobody yet"
    assert "Phía Việt Nam · 2 diễn giả sẽ được cử" in page
    assert "Vũ Hồng Nam , Đại sứ Việt Nam tại Nhật Bản · 16:00–17:00 Tokyo (GMT+9)" in page
    assert "Первая сессия" in _read(client, "ru")


def test_nobody_is_awaited_at_an_event_of_the_archive(act, client):
    make_event(status=EventStatus.ARCHIVED, is_archive=True)
    _fill(act)
    page = _read(client, "vi")
    assert "Đại sứ quán Lào" in page
    assert "Phía Việt Nam · 2 diễn giả" in page
    assert "chưa cử người" not in page
    assert "sẽ được cử" not in page


def test_a04_b22_b27_b29_the_page_tells_what_was_said_and_printed(act, client):
    make_event(status=EventStatus.ARCHIVED, is_archive=True)
    group = StatementDetails(texts={"vi": "EVFTA là đòn bẩy"}, attribution={"vi": "các diễn giả"})
    act(reports.add, command=group)
    act(reports.add, command=OutcomeDetails(texts={"vi": "nhà đầu tư thêm vững tin"}))
    news = NewsReportDetails(
        author="P.V", news_source="TTXVN", publisher="VN-25", day=date(2021, 10, 28), clock=time(20, 24)
    )
    act(reports.add, command=news)
    page = _read(client, "vi")
    for words in ("EVFTA là đòn bẩy", "các diễn giả", "nhà đầu tư thêm vững tin", "28/10/2021 20:24"):
        assert words in page
    for words in ("Cơ quan đăng tin Quảng Trị", "Nguồn tin TTXVN", "Tác giả P.V"):
        assert words in page


def test_a_session_that_was_called_off_stays_on_the_page(act, client):
    make_event(status=EventStatus.PUBLISHED)
    act(sessions.cancel_session, session_id=_fill(act))
    assert "Phiên một Đã hủy" in _read(client, "vi")
