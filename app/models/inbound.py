"""The table of mail that came back: answers by calendar, bounces, and what was decided about each."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Moment, Row, choice
from app.domain.calendars import PartStat
from app.domain.inbound import Door, HoldDecision, Result
from app.models.accounts import Account
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.registrations import Delegate


class InboundMail(Row, Base):
    """One mail; what it says is sealed, for it carries secret addresses."""

    __tablename__ = "inbound_mails"

    fingerprint: Mapped[str] = mapped_column(sa.String(64), unique=True)
    """Of its Message-ID, or of all of it: the same mail by two doors is one."""
    received_at: Mapped[datetime] = mapped_column(Moment, index=True)
    door: Mapped[Door] = mapped_column(choice(Door, "door"))
    envelope_to: Mapped[str] = mapped_column(sa.String(320), default="")
    sealed: Mapped[bytes | None]
    """The raw mail; None once it was kept long enough."""
    result: Mapped[Result | None] = mapped_column(choice(Result, "result"))
    """None: taken in, not read yet."""
    reason: Mapped[str] = mapped_column(sa.String(40), default="")
    sender: Mapped[str] = mapped_column(sa.String(254), default="")
    subject: Mapped[str] = mapped_column(sa.String(300), default="")
    event_id: Mapped[int | None] = mapped_column(sa.ForeignKey("events.id", ondelete="CASCADE"))
    invitation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("invitations.id", ondelete="CASCADE"), index=True
    )
    delegate_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("delegates.id", ondelete="CASCADE"), index=True
    )
    uid: Mapped[str] = mapped_column(sa.String(255), default="")
    method: Mapped[str] = mapped_column(sa.String(20), default="")
    partstat: Mapped[PartStat | None] = mapped_column(choice(PartStat, "partstat"))
    comment: Mapped[str] = mapped_column(sa.Text, default="")
    proposed_start: Mapped[datetime | None] = mapped_column(Moment)
    proposed_end: Mapped[datetime | None] = mapped_column(Moment)
    """What a COUNTER proposes."""
    decision: Mapped[HoldDecision | None] = mapped_column(choice(HoldDecision, "decision"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))

    event: Mapped[Event | None] = relationship()
    invitation: Mapped[Invitation | None] = relationship()
    delegate: Mapped[Delegate | None] = relationship()
    decided_by: Mapped[Account | None] = relationship()

    __table_args__ = (sa.Index("ix_inbound_mails_event_id_result", "event_id", "result"),)
