"""What was said and published: who said it, where it appeared, what came of it."""

from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.errors import InvalidInput
from app.domain.people import PersonDetails
from app.domain.programme import AppointmentDetails, AppointmentRole
from app.domain.reports import NewsReportDetails, OutcomeDetails, ReportKind, StatementDetails
from app.models.directory import Sector
from app.models.events import Event
from app.models.people import Person
from app.queries import reports as reads
from app.services import reports
from app.services.programme import appointments
from tests.programme import make_directory, make_event

_HEADLINE = "Sở Ngoại vụ Quảng Trị tham gia Tọa đàm xúc tiến, thúc đẩy hợp tác"


@pytest.fixture
def act(context, organizer, now):
    make_directory()
    make_event()

    def do(use_case, **arguments):
        return use_case(actor=organizer, slug="toa-dam", now=now, **arguments)

    return do


@pytest.fixture
def speaker(act):
    """The opening speaker and his place."""
    place = act(
        appointments.appoint,
        command=AppointmentDetails(role=AppointmentRole.OPENING_SPEAKER, organization="MOFA-VN"),
    )
    person = PersonDetails(full_name="Tô Anh Dũng", posts={"vi": "Thứ trưởng"}, precedence=30)
    return act(appointments.name_person, appointment_id=place, command=person), place


def _reports():
    db.session.rollback()
    return reads.get_reports(db.session.scalars(sa.select(Event)).one())


def test_a01_a04_a_report_has_publisher_section_and_its_moment(act):
    report = NewsReportDetails(
        headline=_HEADLINE,
        publisher="VN-25",
        section="Tin tức sự kiện",
        day=date(2021, 10, 28),
        clock=time(20, 24),
        news_source="HTQT",
    )
    act(reports.add, command=report)
    [kept] = _reports().news
    assert (kept.publisher.code, kept.section, kept.news_source) == ("VN-25", "Tin tức sự kiện", "HTQT")
    assert kept.published_at == datetime(2021, 10, 28, 13, 24, tzinfo=UTC)


def test_a02_each_participant_has_a_report_with_its_own_headline(act):
    for headline, code in ((_HEADLINE, "VN-25"), ("Санкт-Петербург принял участие", "RU-SA")):
        act(reports.add, command=NewsReportDetails(headline=headline, publisher=code))
    assert [(r.headline, r.publisher.code) for r in _reports().news] == [
        (_HEADLINE, "VN-25"),
        ("Санкт-Петербург принял участие", "RU-SA"),
    ]


def test_b01_b29_author_source_caption_and_credit_are_four_fields(act):
    report = NewsReportDetails(
        author="P.V",
        news_source="TTXVN",
        photo_caption="Thứ trưởng Bộ Ngoại giao Tô Anh Dũng",
        photo_credit="Lâm Khánh/TTXVN",
    )
    act(reports.add, command=report)
    [kept] = _reports().news
    assert (kept.headline, kept.publisher, kept.author, kept.news_source) == (None, None, "P.V", "TTXVN")
    assert (kept.photo_caption, kept.photo_credit) == (report.photo_caption, report.photo_credit)


def test_a23_b10_a_statement_is_stored_with_its_speaker(act, speaker):
    words = {"vi": "tiếp xúc cấp cao vẫn được duy trì qua điện đàm, hội nghị trực tuyến"}
    act(reports.add, command=StatementDetails(texts=words, person=speaker[0]))
    [kept] = _reports().statements
    assert (kept.texts, kept.person.full_name) == (words, "Tô Anh Dũng")


def test_b22_a_statement_may_belong_to_a_group_and_a_sector(act):
    db.session.add(Sector(code="FTA", position=1, names={"vi": "FTA"}))
    db.session.commit()
    command = StatementDetails(
        texts={"vi": "EVFTA là đòn bẩy"}, attribution={"vi": "các diễn giả"}, sector="FTA"
    )
    act(reports.add, command=command)
    [kept] = _reports().statements
    assert (kept.person, kept.attribution["vi"], kept.sector_code) == (None, "các diễn giả", "FTA")


def test_b27_outcomes_are_listed_in_their_order(act):
    keys = [act(reports.add, command=OutcomeDetails(texts={"vi": words})) for words in "abc"]
    act(reports.move, kind=ReportKind.OUTCOME, report_id=keys[2], places=-2)
    act(reports.remove, kind=ReportKind.OUTCOME, report_id=keys[0])
    act(reports.edit, report_id=keys[1], revision=1, command=OutcomeDetails(texts={"vi": "B"}))
    assert [(o.position, o.texts["vi"]) for o in _reports().outcomes] == [(1, "c"), (2, "B")]


def test_the_speaker_of_a_statement_stays_when_his_place_goes(act, speaker):
    person, place = speaker
    key = act(reports.add, command=StatementDetails(texts={"vi": "…"}, person=person))
    act(appointments.remove_appointment, appointment_id=place)
    assert _reports().statements[0].person.full_name == "Tô Anh Dũng"
    act(reports.remove, kind=ReportKind.STATEMENT, report_id=key)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 0


def test_statements_are_edited_and_moved(act):
    group = {"vi": "các diễn giả"}
    keys = [
        act(reports.add, command=StatementDetails(texts={"vi": words}, attribution=group)) for words in "ab"
    ]
    act(reports.move, kind=ReportKind.STATEMENT, report_id=keys[1], places=-1)
    changed = StatementDetails(texts={"vi": "A"}, attribution=group)
    act(reports.edit, report_id=keys[0], revision=1, command=changed)
    assert [s.texts["vi"] for s in _reports().statements] == ["b", "A"]


def test_a_report_is_edited_and_removed(act):
    key = act(reports.add, command=NewsReportDetails(headline="A"))
    act(reports.edit, report_id=key, revision=1, command=NewsReportDetails(headline="B"))
    assert [r.headline for r in _reports().news] == ["B"]
    act(reports.remove, kind=ReportKind.NEWS, report_id=key)
    assert _reports().is_empty


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: NewsReportDetails(section="Tin tức"), "headline"),
        (lambda: NewsReportDetails(headline="A", clock=time(20)), "day"),
        (lambda: NewsReportDetails(headline="A", day=date(2021, 10, 28)), "clock"),
        (lambda: StatementDetails(texts={}), "texts"),
        (lambda: StatementDetails(texts={"vi": "A"}), "person"),
        (lambda: OutcomeDetails(texts={"vi": ""}), "texts"),
    ],
)
def test_what_says_nothing_is_refused_at_its_field(make, field):
    with pytest.raises(InvalidInput) as refusal:
        make()
    assert refusal.value.field == field
