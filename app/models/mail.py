"""The outbox: every message is a row, written in the transaction of the act it tells of."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Moment, Row, choice
from app.domain.mail import MessageKind, MessageState


class OutboxMessage(Row, Base):
    """One mail to one recipient; what it says is sealed, for it carries secret links."""

    __tablename__ = "outbox"

    message_id: Mapped[str] = mapped_column(sa.String(200), unique=True)
    """Fixed when the row is written: a repeated delivery can be recognised by it."""
    kind: Mapped[MessageKind] = mapped_column(choice(MessageKind, "kind"))
    state: Mapped[MessageState] = mapped_column(choice(MessageState, "state"), default=MessageState.QUEUED)
    dedupe_key: Mapped[str | None] = mapped_column(sa.String(200), unique=True)
    """One mail for one reason."""
    event_id: Mapped[int | None] = mapped_column(sa.ForeignKey("events.id"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("invitations.id"), index=True)
    delegate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("delegates.id"), index=True)
    recipient: Mapped[str] = mapped_column(sa.String(254))
    recipient_name: Mapped[str] = mapped_column(sa.String(300), default="")
    language: Mapped[str] = mapped_column(sa.String(5))
    subject: Mapped[str] = mapped_column(sa.String(400))
    sealed: Mapped[bytes]
    calendar: Mapped[bytes | None]
    """The scheduling message that goes with it, sealed; a draft gets it when it is released."""
    priority: Mapped[int] = mapped_column(default=0)
    """0 for one-to-one mail, 10 for mass mail: an answer does not wait behind 163 invitations."""
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_error: Mapped[str] = mapped_column(sa.String(500), default="")

    __table_args__ = (sa.Index("ix_outbox_due", "state", "priority", "next_attempt_at"),)
