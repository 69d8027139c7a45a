"""Leave large imports into the directory to the worker: nobody waits for ten thousand rows before a browser.

An order is carried out and removed in one transaction: a worker that is killed leaves the order, and nothing
of the import.
"""

from datetime import datetime

from sqlalchemy import orm

from app.db import after_commit
from app.domain.directory_imports import ImportAct
from app.domain.policy import Actor
from app.mail import doorbell
from app.models.upkeep import ImportOrder


def place(session: orm.Session, of: str, act: ImportAct, size: int, actor: Actor, now: datetime) -> None:
    """Order something in the caller's transaction, once it is settled that the actor may."""
    session.add(
        ImportOrder(
            of=of,
            act=act,
            size=size,
            account_id=actor.account_id,
            ordered_by=actor.name[:200],
            ordered_at=now,
        )
    )
    after_commit("ring the doorbell", doorbell.ring)
