"""News reports, statements and outcomes of an event: add, edit, move, remove."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain import local_time, programme
from app.domain.event_times import HOME_ZONE
from app.domain.languages import in_language
from app.domain.policy import Actor, Permission, require
from app.domain.reports import (
    NewsReportDetails,
    OutcomeDetails,
    ReportDetails,
    ReportKind,
    StatementDetails,
)
from app.models.directory import Sector
from app.models.events import Event
from app.models.people import Person
from app.models.reports import NewsReport, Outcome, Statement
from app.queries import organizations
from app.queries.reports import TABLES, Report
from app.services import people
from app.services.programme import rows
from app.services.transaction import unit_of_work


@dataclass(frozen=True, slots=True)
class _Acts:
    """What the history calls the acts on one kind of report."""

    add: str
    edit: str
    remove: str
    move: str = ""


_ACTS = {
    ReportKind.NEWS: _Acts("news.add", "news.edit", "news.remove"),
    ReportKind.STATEMENT: _Acts("statement.add", "statement.edit", "statement.remove", "statement.move"),
    ReportKind.OUTCOME: _Acts("outcome.add", "outcome.edit", "outcome.remove", "outcome.move"),
}


def add(*, actor: Actor, slug: str, command: ReportDetails, now: datetime) -> str:
    """Add a report of the event; each participant may have his own (A02). Return its public id."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        row: Report = TABLES[command.kind](event_id=event.id)
        if not isinstance(row, NewsReport):
            row.position = len(_order(session, command.kind, event)) + 1
        _describe(session, row, event, command)
        session.add(row)
        act = _ACTS[command.kind].add
        rows.record(session, event, row, _name(row), actor=actor, act=act, now=now)
        return row.public_id


def edit(
    *, actor: Actor, slug: str, report_id: str, revision: int, command: ReportDetails, now: datetime
) -> str:
    """Change a report of the kind that the command is about; return its public id."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        row: Report = rows.seen(session, TABLES[command.kind], event, report_id, revision)
        before = _speaker(row)
        _describe(session, row, event, command)
        people.drop_unused(session, before)
        act = _ACTS[command.kind].edit
        rows.record(session, event, row, _name(row), actor=actor, act=act, now=now)
        return row.public_id


def move(*, actor: Actor, slug: str, kind: ReportKind, report_id: str, places: int, now: datetime) -> None:
    """Move a statement or an outcome up (negative) or down; news have no order of their own."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        row: Report = rows.child(session, TABLES[kind], event, report_id)
        rows.renumber(session, TABLES[kind], programme.moved(_order(session, kind, event), row.id, places))
        act = _ACTS[kind].move
        rows.record(session, event, row, _name(row), actor=actor, act=act, now=now, places=places)


def remove(*, actor: Actor, slug: str, kind: ReportKind, report_id: str, now: datetime) -> None:
    """Remove a report, and who spoke in it where he has nothing else at the event."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        row: Report = rows.child(session, TABLES[kind], event, report_id)
        rows.record(session, event, row, _name(row), actor=actor, act=_ACTS[kind].remove, now=now)
        speaker = _speaker(row)
        session.delete(row)
        if not isinstance(row, NewsReport):
            rows.renumber(session, TABLES[kind], _order(session, kind, event))
        people.drop_unused(session, speaker)


def _describe(session: orm.Session, row: Report, event: Event, command: ReportDetails) -> None:
    match row, command:
        case NewsReport(), NewsReportDetails():
            _describe_news(row, event, command)
        case Statement(), StatementDetails():
            _describe_statement(session, row, event, command)
        case Outcome(), OutcomeDetails():
            row.texts = dict(command.texts)


def _describe_news(report: NewsReport, event: Event, command: NewsReportDetails) -> None:
    report.publisher = (
        organizations.get_named(command.publisher, field="publisher") if command.publisher else None
    )
    zone = event.timezone or HOME_ZONE
    report.published_at = (
        local_time.moment(command.day, command.clock, zone, field="clock")
        if command.day and command.clock is not None
        else None
    )
    report.headline, report.language = command.headline or None, command.language
    report.section, report.news_source, report.author = command.section, command.news_source, command.author
    report.photo_caption, report.photo_credit = command.photo_caption, command.photo_credit


def _describe_statement(
    session: orm.Session, statement: Statement, event: Event, command: StatementDetails
) -> None:
    statement.person = rows.chosen(session, Person, event, command.person)
    statement.texts, statement.attribution = dict(command.texts), dict(command.attribution)
    known = session.get(Sector, command.sector) if command.sector else None
    statement.sector_code = known.code if known else None


def _name(row: Report) -> str:
    if isinstance(row, NewsReport):
        return row.headline or row.news_source or row.author
    return in_language(row.texts, "vi")


def _speaker(row: Report) -> int | None:
    return row.person_id if isinstance(row, Statement) else None


def _order(session: orm.Session, kind: ReportKind, event: Event) -> list[int]:
    table = TABLES[kind]
    query = sa.select(table.id).where(table.event_id == event.id)
    return list(session.scalars(query.order_by(table.position, table.id)))
