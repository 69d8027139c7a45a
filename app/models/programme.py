"""Tables of the programme: sessions, agenda items, appointments."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Moment, Row, Versioned, choice
from app.domain.identifiers import new_calendar_uid, new_public_id
from app.domain.programme import AgendaKind, AppointmentRole, Edition, Interpretation, SessionStatus
from app.models.directory import Organization, Sector
from app.models.events import Event, Side
from app.models.people import Person


class Editioned:
    """Tables of the programme: what guests read and what the desk plans are twins with one public id."""

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id", ondelete="CASCADE"), index=True)
    public_id: Mapped[str] = mapped_column(
        sa.String(12), default=new_public_id, insert_sentinel=True, sort_order=-1
    )
    edition: Mapped[Edition] = mapped_column(choice(Edition, "edition"), default=Edition.SHARED)


def for_guests(kind: type[Editioned]) -> sa.ColumnElement[bool]:
    """Return what everybody but the desk reads of the programme: what was released, else what there is."""
    return kind.edition != Edition.PLANNED


def at_desk(kind: type[Editioned]) -> sa.ColumnElement[bool]:
    """Return what the desk plans of the programme."""
    return kind.edition != Edition.RELEASED


class Session(Editioned, Row, Versioned, Base):
    """A session (phiên) in its order; times may be missing (B19)."""

    __tablename__ = "sessions"

    position: Mapped[int]
    """1, 2, 3 …: also the number in the address of its calendar file."""
    status: Mapped[SessionStatus] = mapped_column(
        choice(SessionStatus, "status"), default=SessionStatus.PLANNED
    )
    titles: Mapped[dict[str, str]]
    summaries: Mapped[dict[str, str]] = mapped_column(default=dict)
    starts_at: Mapped[datetime | None] = mapped_column(Moment)
    ends_at: Mapped[datetime | None] = mapped_column(Moment)
    capacity: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)
    languages: Mapped[list[str]] = mapped_column(default=list)
    interpretation: Mapped[Interpretation | None] = mapped_column(choice(Interpretation, "interpretation"))
    """Its own; None: that of the event."""
    room: Mapped[str] = mapped_column(sa.String(120), default="")
    join_url: Mapped[str | None] = mapped_column(sa.String(2000))
    admitted_kinds: Mapped[list[str]] = mapped_column(default=list)
    """Kinds of organisation whose delegates may choose it; empty admits all (B20)."""
    calendar_uid: Mapped[str] = mapped_column(sa.String(64), default=new_calendar_uid)
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(Moment)

    event: Mapped[Event] = relationship()
    sectors: Mapped[list[Sector]] = relationship(secondary="session_sectors", order_by="Sector.position")

    __table_args__ = (
        sa.UniqueConstraint("public_id", "edition"),
        sa.UniqueConstraint("calendar_uid", "edition"),
        sa.CheckConstraint("starts_at IS NULL OR ends_at IS NULL OR starts_at < ends_at", name="times"),
        sa.CheckConstraint("taken >= 0 AND (capacity IS NULL OR capacity >= taken)", name="capacity"),
    )


session_sectors = sa.Table(
    "session_sectors",
    Base.metadata,
    sa.Column("session_id", sa.ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("sector_code", sa.ForeignKey("sectors.code"), primary_key=True),
)


class AgendaItem(Editioned, Row, Versioned, Base):
    """A point of the programme, in a session or of the event as a whole."""

    __tablename__ = "agenda_items"

    session_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("sessions.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    kind: Mapped[AgendaKind] = mapped_column(choice(AgendaKind, "kind"))
    titles: Mapped[dict[str, str]] = mapped_column(default=dict)
    starts_at: Mapped[datetime | None] = mapped_column(Moment)
    minutes: Mapped[int | None]

    session: Mapped[Session | None] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("public_id", "edition"),
        sa.CheckConstraint("minutes IS NULL OR minutes > 0", name="minutes"),
    )


class Appointment(Editioned, Row, Versioned, Base):
    """A role in the programme, held by an organisation or a side; the person is named later (B14, A30)."""

    __tablename__ = "appointments"

    session_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("sessions.id", ondelete="CASCADE"), index=True
    )
    agenda_item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agenda_items.id", ondelete="SET NULL"))
    side_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sides.id", ondelete="SET NULL"))
    position: Mapped[int]
    role: Mapped[AppointmentRole] = mapped_column(choice(AppointmentRole, "role"))
    organization_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organizations.id"))
    labels: Mapped[dict[str, str]] = mapped_column(default=dict)
    """Who holds it in words, where no organisation of the directory is meant ("một số hiệp hội …")."""
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id", ondelete="SET NULL"))
    topics: Mapped[dict[str, str]] = mapped_column(default=dict)
    from_language: Mapped[str | None] = mapped_column(sa.String(5))
    to_language: Mapped[str | None] = mapped_column(sa.String(5))
    """The pair of an interpreter."""

    __table_args__ = (sa.UniqueConstraint("public_id", "edition"),)

    session: Mapped[Session | None] = relationship()
    agenda_item: Mapped[AgendaItem | None] = relationship()
    side: Mapped[Side | None] = relationship()
    organization: Mapped[Organization | None] = relationship()
    person: Mapped[Person | None] = relationship()

    @property
    def is_free(self) -> bool:
        """Tell whether nobody is known yet: the place is only reserved, for a side or not at all."""
        return self.organization_id is None and self.person_id is None and not self.labels
