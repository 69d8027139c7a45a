"""Tables of registrations: delegates and their seats in sessions."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Moment, Row, Versioned, choice
from app.domain.approvals import Approver
from app.domain.mail import DueLetter
from app.domain.registrations import DelegateRole, Departure, SeatState
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.people import Person
from app.models.programme import Session
from app.models.sites import Site


class Delegate(Row, Versioned, Base):
    """A registered person: of an institution's delegation, or alone where the event admits it."""

    __tablename__ = "delegates"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("invitations.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), unique=True)
    site_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sites.id", ondelete="SET NULL"), index=True)
    """From where he joins; None: by the link of his session or of the event."""
    role: Mapped[DelegateRole] = mapped_column(choice(DelegateRole, "role"))
    state: Mapped[SeatState] = mapped_column(choice(SeatState, "state"))
    departure: Mapped[Departure | None] = mapped_column(choice(Departure, "departure"))
    """Why he is withdrawn; None while he is not."""
    departure_reason: Mapped[str] = mapped_column(sa.Text, default="")
    """What he and his institution are told of it: why he was not approved."""
    awaits: Mapped[Approver | None] = mapped_column(choice(Approver, "awaits"))
    """Whose approval is missing; None when nobody's is."""
    queued_at: Mapped[datetime | None] = mapped_column(Moment)
    """Since when he waits, or waited, for a place of the event: the order of its waiting list."""
    offer_expires_at: Mapped[datetime | None] = mapped_column(Moment)
    """Until when a place of the event is kept for his answer; None while none is offered."""
    request_key: Mapped[str] = mapped_column(sa.String(40))
    """Made with the form: the same form sent twice is the same registration."""
    position: Mapped[int] = mapped_column(default=0)
    """Order within the delegation."""
    attended: Mapped[bool | None]
    generation: Mapped[int] = mapped_column(default=1)
    feed_generation: Mapped[int] = mapped_column(default=1)
    registered_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    replaced_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("delegates.id"), unique=True)
    is_substitute: Mapped[bool] = mapped_column(default=False)
    """Stands in for the one he replaced, this once (dự thay)."""
    due_letter: Mapped[DueLetter | None] = mapped_column(choice(DueLetter, "due_letter"))
    """What the courier has still to write to him."""
    consented_at: Mapped[datetime | None] = mapped_column(Moment)
    consent_version: Mapped[str] = mapped_column(sa.String(40), default="")

    event: Mapped[Event] = relationship()
    invitation: Mapped[Invitation | None] = relationship()
    site: Mapped[Site | None] = relationship()
    person: Mapped[Person] = relationship()
    replaced_by: Mapped["Delegate | None"] = relationship(
        remote_side="Delegate.id", back_populates="replaces", foreign_keys=[replaced_by_id], post_update=True
    )
    replaces: Mapped["Delegate | None"] = relationship(back_populates="replaced_by", uselist=False)
    seats: Mapped[list["Seat"]] = relationship(
        back_populates="delegate", cascade="all, delete-orphan", order_by="Seat.session_id"
    )

    @property
    def has_offer(self) -> bool:
        """Tell whether a place, of the event or of a session, waits for his answer."""
        return SeatState.OFFERED in {self.state, *(seat.state for seat in self.seats)}

    __table_args__ = (
        sa.UniqueConstraint("event_id", "request_key"),
        sa.Index(
            "ix_delegates_due_letter",
            "id",
            sqlite_where=sa.text("due_letter IS NOT NULL"),
            postgresql_where=sa.text("due_letter IS NOT NULL"),
        ),
        sa.CheckConstraint("(state = 'withdrawn') = (departure IS NOT NULL)", name="departed"),
        sa.Index(
            "uq_delegates_head",
            "invitation_id",
            unique=True,
            sqlite_where=sa.text("role = 'head_of_delegation' AND state <> 'withdrawn'"),
            postgresql_where=sa.text("role = 'head_of_delegation' AND state <> 'withdrawn'"),
        ),
    )


class Seat(Base):
    """A place in a session: confirmed or waiting, in the order of `created_at`, then of delegates."""

    __tablename__ = "seats"

    delegate_id: Mapped[int] = mapped_column(
        sa.ForeignKey("delegates.id", ondelete="CASCADE"), primary_key=True
    )
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("sessions.id"), primary_key=True, index=True)
    state: Mapped[SeatState] = mapped_column(choice(SeatState, "state"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    offer_expires_at: Mapped[datetime | None] = mapped_column(Moment)
    """Until when the place is kept for his answer; None while none is offered."""

    delegate: Mapped[Delegate] = relationship(back_populates="seats")
    session: Mapped[Session] = relationship()
