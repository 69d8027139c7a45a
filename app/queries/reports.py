"""Reads of what was said and published about an event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import db
from app.domain.errors import NotFound
from app.domain.reports import ReportKind
from app.models.directory import Organization
from app.models.events import Event
from app.models.people import Person
from app.models.reports import NewsReport, Outcome, Statement

Report = NewsReport | Statement | Outcome
TABLES: Mapping[ReportKind, Any] = {
    ReportKind.NEWS: NewsReport,
    ReportKind.STATEMENT: Statement,
    ReportKind.OUTCOME: Outcome,
}
_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Reports:
    """What an event left behind."""

    news: Sequence[NewsReport]
    statements: Sequence[Statement]
    outcomes: Sequence[Outcome]

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to show."""
        return not (self.news or self.statements or self.outcomes)


def get_reports(event: Event) -> Reports:
    """Return news in the order of publication, statements and outcomes in their own order."""
    news = sa.select(NewsReport).where(NewsReport.event_id == event.id)
    statements = sa.select(Statement).where(Statement.event_id == event.id)
    outcomes = sa.select(Outcome).where(Outcome.event_id == event.id)
    above = orm.selectinload(Organization.parent, recursion_depth=_DEPTH)
    speaker = orm.selectinload(Statement.person).selectinload(Person.organization).options(above)
    return Reports(
        news=db.session.scalars(
            news.options(orm.joinedload(NewsReport.publisher)).order_by(
                NewsReport.published_at.is_(None), NewsReport.published_at, NewsReport.id
            )
        ).all(),
        statements=db.session.scalars(
            statements.options(speaker).order_by(Statement.position, Statement.id)
        ).all(),
        outcomes=db.session.scalars(outcomes.order_by(Outcome.position, Outcome.id)).all(),
    )


def get_report(event: Event, kind: ReportKind, public_id: str) -> Report:
    """Return a report of the event."""
    table = TABLES[kind]
    found: Report | None = db.session.scalar(
        sa.select(table).where(table.event_id == event.id, table.public_id == public_id)
    )
    if found is None:
        raise NotFound("not_found")
    return found
