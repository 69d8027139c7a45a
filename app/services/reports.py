"""News reports, statements and outcomes of an event: add, edit, move, remove."""

from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain import local_time, programme
from app.domain.event_times import HOME_ZONE
from app.domain.policy import Actor, Permission, require
from app.domain.reports import NewsReportDetails, OutcomeDetails, StatementDetails
from app.models.directory import Sector
from app.models.events import Event
from app.models.people import Person
from app.models.reports import NewsReport, Outcome, Statement
from app.queries import organizations
from app.services import people
from app.services.programme import rows
from app.services.transaction import unit_of_work

Ordered = TypeVar("Ordered", Statement, Outcome)


def add_news(*, actor: Actor, slug: str, command: NewsReportDetails, now: datetime) -> str:
    """Add a report of the event; each participant may have his own (A02)."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        report = NewsReport(event_id=event.id)
        _describe_news(report, event, command)
        session.add(report)
        rows.record(session, event, report, _headline(report), actor=actor, act="news.add", now=now)
        return report.public_id


def edit_news(*, actor: Actor, slug: str, news_id: str, command: NewsReportDetails, now: datetime) -> None:
    """Change a report."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        report = rows.child(session, NewsReport, event, news_id)
        _describe_news(report, event, command)
        rows.record(session, event, report, _headline(report), actor=actor, act="news.edit", now=now)


def remove_news(*, actor: Actor, slug: str, news_id: str, now: datetime) -> None:
    """Remove a report."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        report = rows.child(session, NewsReport, event, news_id)
        rows.record(session, event, report, _headline(report), actor=actor, act="news.remove", now=now)
        session.delete(report)


def add_statement(*, actor: Actor, slug: str, command: StatementDetails, now: datetime) -> str:
    """Append a statement."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        statement = Statement(event_id=event.id, position=len(_order(session, Statement, event)) + 1)
        _describe_statement(session, statement, event, command)
        session.add(statement)
        rows.record(session, event, statement, statement.texts, actor=actor, act="statement.add", now=now)
        return statement.public_id


def edit_statement(
    *, actor: Actor, slug: str, statement_id: str, command: StatementDetails, now: datetime
) -> None:
    """Change a statement."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        statement = rows.child(session, Statement, event, statement_id)
        before = statement.person_id
        _describe_statement(session, statement, event, command)
        people.drop_unused(session, before)
        rows.record(session, event, statement, statement.texts, actor=actor, act="statement.edit", now=now)


def move_statement(*, actor: Actor, slug: str, statement_id: str, places: int, now: datetime) -> None:
    """Move a statement up (negative) or down."""
    _move(actor, slug, Statement, statement_id, places, "statement.move", now)


def remove_statement(*, actor: Actor, slug: str, statement_id: str, now: datetime) -> None:
    """Remove a statement, and its speaker where he has nothing else at the event."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        statement = rows.child(session, Statement, event, statement_id)
        person_id = statement.person_id
        rows.record(session, event, statement, statement.texts, actor=actor, act="statement.remove", now=now)
        _delete(session, event, statement)
        people.drop_unused(session, person_id)


def add_outcome(*, actor: Actor, slug: str, command: OutcomeDetails, now: datetime) -> str:
    """Append an outcome."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        position = len(_order(session, Outcome, event)) + 1
        outcome = Outcome(event_id=event.id, position=position, texts=dict(command.texts))
        session.add(outcome)
        rows.record(session, event, outcome, outcome.texts, actor=actor, act="outcome.add", now=now)
        return outcome.public_id


def edit_outcome(*, actor: Actor, slug: str, outcome_id: str, command: OutcomeDetails, now: datetime) -> None:
    """Change an outcome."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        outcome = rows.child(session, Outcome, event, outcome_id)
        outcome.texts = dict(command.texts)
        rows.record(session, event, outcome, outcome.texts, actor=actor, act="outcome.edit", now=now)


def move_outcome(*, actor: Actor, slug: str, outcome_id: str, places: int, now: datetime) -> None:
    """Move an outcome up (negative) or down."""
    _move(actor, slug, Outcome, outcome_id, places, "outcome.move", now)


def remove_outcome(*, actor: Actor, slug: str, outcome_id: str, now: datetime) -> None:
    """Remove an outcome."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        outcome = rows.child(session, Outcome, event, outcome_id)
        rows.record(session, event, outcome, outcome.texts, actor=actor, act="outcome.remove", now=now)
        _delete(session, event, outcome)


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


def _headline(report: NewsReport) -> str:
    return report.headline or report.news_source or report.author


def _move(
    actor: Actor, slug: str, kind: type[Ordered], public_id: str, places: int, act: str, now: datetime
) -> None:
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        row = rows.child(session, kind, event, public_id)
        rows.renumber(session, kind, programme.moved(_order(session, kind, event), row.id, places))
        rows.record(session, event, row, row.texts, actor=actor, act=act, now=now, places=places)


def _delete(session: orm.Session, event: Event, row: Statement | Outcome) -> None:
    kind = type(row)
    order = [key for key in _order(session, kind, event) if key != row.id]
    session.delete(row)
    rows.renumber(session, kind, order)


def _order(session: orm.Session, kind: type[Statement] | type[Outcome], event: Event) -> list[int]:
    query = sa.select(kind.id).where(kind.event_id == event.id)
    return list(session.scalars(query.order_by(kind.position, kind.id)))
