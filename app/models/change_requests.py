"""The table of change requests."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Moment, Row, choice
from app.domain.change_requests import ChangeKind, ChangeState
from app.models.accounts import Account
from app.models.events import Event
from app.models.registrations import Delegate


class ChangeRequest(Row, Base):
    """What an institution wants changed of a delegate after its deadline; one at a time."""

    __tablename__ = "change_requests"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id"), index=True)
    delegate_id: Mapped[int] = mapped_column(sa.ForeignKey("delegates.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ChangeKind] = mapped_column(choice(ChangeKind, "kind"))
    state: Mapped[ChangeState] = mapped_column(choice(ChangeState, "state"), default=ChangeState.OPEN)
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What stood when it was asked for, as far as it is to change."""
    wanted: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str] = mapped_column(sa.Text)
    asked_by: Mapped[str] = mapped_column(sa.String(200))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)

    event: Mapped[Event] = relationship()
    delegate: Mapped[Delegate] = relationship()
    decided_by: Mapped[Account | None] = relationship()

    __table_args__ = (
        sa.Index(
            "uq_change_requests_open",
            "delegate_id",
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        ),
    )
