"""Tables of invitations: one for each institution and event, with every answer it gave."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, query_expression, relationship

from app.db import Base, Moment, Row, Versioned, choice
from app.domain.invitations import Answer, AnswerSource, AttendanceLevel, InvitationState
from app.models.accounts import Account
from app.models.directory import Contact, Organization
from app.models.events import Event, Side


class Invitation(Row, Versioned, Base):
    """The invitation of one institution; its link is derived from public id and generation."""

    __tablename__ = "invitations"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id"))
    organization_id: Mapped[int] = mapped_column(sa.ForeignKey("organizations.id"), index=True)
    side_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sides.id", ondelete="SET NULL"))
    contact_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contacts.id", ondelete="SET NULL"))
    position: Mapped[int]
    state: Mapped[InvitationState] = mapped_column(
        choice(InvitationState, "state"), default=InvitationState.DRAFT
    )
    addressee: Mapped[str] = mapped_column(sa.String(200), default="")
    email: Mapped[str | None] = mapped_column(sa.String(254))
    language: Mapped[str] = mapped_column(sa.String(5), default="vi")
    level: Mapped[AttendanceLevel | None] = mapped_column(choice(AttendanceLevel, "level"))
    quota: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    """People of its quota, also those who wait."""
    reserved: Mapped[int] = mapped_column(default=0)
    """Places of the event kept for this institution until its deadline."""
    seated: Mapped[int] = mapped_column(default=0)
    """People of its quota who hold a place of the event."""
    deadline: Mapped[datetime | None] = mapped_column(Moment)
    """The institution's own; None: the event's."""
    letter_number: Mapped[str] = mapped_column(sa.String(60), default="")
    letter_date: Mapped[date | None]
    approver_name: Mapped[str] = mapped_column(sa.String(200), default="")
    """The head who approves its delegates, as the focal point named him; his link goes to this address:"""
    approver_email: Mapped[str | None] = mapped_column(sa.String(254))
    approver_generation: Mapped[int] = mapped_column(default=1)
    generation: Mapped[int] = mapped_column(default=1)
    """Raised to revoke the links made so far."""
    takes_members: Mapped[bool] = mapped_column(default=False)
    """Whether its sub-link for members is good."""
    member_generation: Mapped[int] = mapped_column(default=1)
    protocol_position: Mapped[int | None]
    """Manual place in the protocol order; None follows the rule."""
    created_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)

    home_site_id: Mapped[int | None] = query_expression()
    """Its one site, from which its people join; None: none, several, or not asked for."""

    event: Mapped[Event] = relationship()
    organization: Mapped[Organization] = relationship()
    side: Mapped[Side | None] = relationship()
    contact: Mapped[Contact | None] = relationship()
    answers: Mapped[list["InvitationAnswer"]] = relationship(
        back_populates="invitation", cascade="all, delete-orphan", order_by="InvitationAnswer.id"
    )

    __table_args__ = (
        sa.UniqueConstraint("event_id", "organization_id"),
        sa.CheckConstraint("quota >= 0 AND taken >= 0", name="quota"),
        sa.CheckConstraint("reserved >= 0 AND seated >= 0", name="places"),
        sa.Index("ix_invitations_event_id_state", "event_id", "state"),
        sa.Index(
            "ix_invitations_reserved",
            "event_id",
            sqlite_where=sa.text("reserved > 0"),
            postgresql_where=sa.text("reserved > 0"),
        ),
    )


class InvitationAnswer(Row, Base):
    """One answer, with where it came from; the last one counts."""

    __tablename__ = "invitation_answers"

    invitation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("invitations.id", ondelete="CASCADE"), index=True
    )
    answer: Mapped[Answer] = mapped_column(choice(Answer, "answer"))
    source: Mapped[AnswerSource] = mapped_column(choice(AnswerSource, "source"))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    """Reason of a refusal, or a message to the organiser."""
    answered_by: Mapped[str] = mapped_column(sa.String(200), default="")
    source_date: Mapped[date | None]
    """Date of the letter or call."""
    source_reference: Mapped[str] = mapped_column(sa.String(200), default="")
    recorded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    recorded_at: Mapped[datetime] = mapped_column(Moment)

    invitation: Mapped[Invitation] = relationship(back_populates="answers")
    recorded_by: Mapped[Account | None] = relationship()
