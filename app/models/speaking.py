"""The table of requests to speak."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Moment, Row, choice
from app.domain.speaking import SpeakingState
from app.models.accounts import Account
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.programme import Appointment, Session
from app.models.registrations import Delegate


class SpeakingRequest(Row, Base):
    """Somebody asks for the floor: a delegate, or an institution that names its speaker later."""

    __tablename__ = "speaking_requests"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("invitations.id", ondelete="CASCADE"), index=True
    )
    delegate_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("delegates.id", ondelete="CASCADE"), index=True
    )
    session_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sessions.id", ondelete="SET NULL"))
    topics: Mapped[dict[str, str]]
    minutes: Mapped[int]
    state: Mapped[SpeakingState] = mapped_column(choice(SpeakingState, "state"), default=SpeakingState.OPEN)
    asked_by: Mapped[str] = mapped_column(sa.String(200))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    appointment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("appointments.id", ondelete="SET NULL"))
    """The place in the programme that was given."""

    event: Mapped[Event] = relationship()
    invitation: Mapped[Invitation | None] = relationship()
    delegate: Mapped[Delegate | None] = relationship()
    session: Mapped[Session | None] = relationship()
    decided_by: Mapped[Account | None] = relationship()
    appointment: Mapped[Appointment | None] = relationship()

    __table_args__ = (
        sa.CheckConstraint("invitation_id IS NOT NULL OR delegate_id IS NOT NULL", name="asker"),
        sa.CheckConstraint("minutes BETWEEN 1 AND 60", name="minutes"),
    )
