"""Record every change of an object in its history, in the same transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import sqlalchemy as sa

from app.db import Base, db
from app.domain.policy import Actor
from app.models.audit import AuditEntry

_INSERT = sa.insert(Base.metadata.tables[AuditEntry.__tablename__])
"""Entries are written at once and never read back: no object has to be made of them."""


class Subject(Protocol):
    """What a history can belong to: anything with a public id."""

    public_id: str


def record(
    *,
    actor: Actor,
    act: str,
    subject: Subject,
    name: str,
    now: datetime,
    event_id: int | None = None,
    source: str = "web",
    **details: Any,
) -> None:
    """Add an entry: `act` is "noun.verb" ("invitation.answer"), `name` what people call the subject."""
    about = _Act(actor, act, now, event_id, source, details)
    db.session.execute(_INSERT, about.values(subject, name))


def record_each(
    *,
    actor: Actor,
    act: str,
    subjects: Iterable[tuple[Subject, str]],
    now: datetime,
    event_id: int | None = None,
    source: str = "web",
    **details: Any,
) -> None:
    """Add an entry for each of many subjects and their names, all in one statement."""
    about = _Act(actor, act, now, event_id, source, details)
    if entries := [about.values(subject, name) for subject, name in subjects]:
        db.session.execute(_INSERT, entries)


@dataclass(frozen=True)
class _Act:
    actor: Actor
    act: str
    now: datetime
    event_id: int | None
    source: str
    details: dict[str, Any]

    def values(self, subject: Subject, name: str) -> dict[str, Any]:
        """Return the columns of the entry for one subject."""
        return {
            "at": self.now,
            "actor_kind": self.actor.kind,
            "actor_name": self.actor.name,
            "account_id": self.actor.account_id,
            "event_id": self.event_id,
            "subject_kind": type(subject).__name__.lower(),
            "subject_id": subject.public_id,
            "subject_name": name[:300],
            "act": self.act,
            "details": self.details,
            "source": self.source,
        }
