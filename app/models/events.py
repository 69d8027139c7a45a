"""Tables of events: roundtables, their sides, organisers, occasions and topics."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Moment, Row, Versioned, choice
from app.domain.approvals import Approval
from app.domain.events import EventKind, EventStatus, Mode, OrganizerRole, PartOfDay, ProtocolOrder
from app.domain.identifiers import new_calendar_uid
from app.domain.programme import Interpretation
from app.models.directory import Organization, Sector

if TYPE_CHECKING:
    from app.models.programme import Session


class Event(Row, Versioned, Base):
    """A roundtable. Archives may leave date, mode, zone and organiser unknown (B30)."""

    __tablename__ = "events"

    slug: Mapped[str] = mapped_column(sa.String(100), unique=True)
    kind: Mapped[EventKind] = mapped_column(choice(EventKind, "kind"), default=EventKind.ROUNDTABLE)
    status: Mapped[EventStatus] = mapped_column(
        choice(EventStatus, "status"), default=EventStatus.DRAFT, index=True
    )
    is_archive: Mapped[bool] = mapped_column(default=False)
    """Imported from a report of the past: what the source does not say stays unknown."""
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("events.id"))
    """The umbrella programme it belongs to (B31)."""
    series: Mapped[dict[str, str]] = mapped_column(default=dict)
    series_key: Mapped[str] = mapped_column(sa.String(80), default="", index=True)
    """The name of the series, folded: events with the same key belong together."""

    titles: Mapped[dict[str, str]]
    purposes: Mapped[dict[str, str]] = mapped_column(default=dict)
    taglines: Mapped[dict[str, str]] = mapped_column(default=dict)
    public_notes: Mapped[dict[str, str]] = mapped_column(default=dict)
    """Said on top of the page: why it was postponed, what changed."""
    search: Mapped[str] = mapped_column(sa.Text, default="")

    mode: Mapped[Mode] = mapped_column(choice(Mode, "mode"), default=Mode.ONLINE)
    platform: Mapped[str | None] = mapped_column(sa.String(100))
    join_url: Mapped[str | None] = mapped_column(sa.String(2000))
    venues: Mapped[dict[str, str]] = mapped_column(default=dict)
    languages: Mapped[list[str]] = mapped_column(default=list)
    interpretation: Mapped[Interpretation] = mapped_column(
        choice(Interpretation, "interpretation"), default=Interpretation.NONE
    )

    date: Mapped[date | None]
    part_of_day: Mapped[PartOfDay | None] = mapped_column(choice(PartOfDay, "part_of_day"))
    starts_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    ends_at: Mapped[datetime | None] = mapped_column(Moment)
    timezone: Mapped[str | None] = mapped_column(sa.String(60))
    registration_deadline: Mapped[datetime | None] = mapped_column(Moment)
    admits_open_registration: Mapped[bool] = mapped_column(default=False)
    capacity: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)
    default_quota: Mapped[int] = mapped_column(default=3)
    approval: Mapped[Approval] = mapped_column(choice(Approval, "approval"), default=Approval.NONE)
    offer_hours: Mapped[int] = mapped_column(default=48)
    """How long a place that became free is kept for the first who waits; 0: he has it at once."""

    protocol_order: Mapped[ProtocolOrder] = mapped_column(
        choice(ProtocolOrder, "protocol_order"), default=ProtocolOrder.AS_INVITED
    )
    order_language: Mapped[str] = mapped_column(sa.String(5), default="vi")
    order_letter: Mapped[str | None] = mapped_column(sa.String(4))

    contact_name: Mapped[str] = mapped_column(sa.String(200), default="")
    contact_phone: Mapped[str] = mapped_column(sa.String(60), default="")
    contact_email: Mapped[str] = mapped_column(sa.String(254), default="")

    calendar_uid: Mapped[str] = mapped_column(sa.String(64), unique=True, default=new_calendar_uid)
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment)
    keeps_editions: Mapped[bool] = mapped_column(default=False)
    """Guests read the programme as it was released last, not as the desk plans it."""
    changed_at: Mapped[datetime] = mapped_column(Moment)
    """Last change that readers of page or calendar can see."""

    parent: Mapped["Event | None"] = relationship(remote_side="Event.id")
    other_titles: Mapped[list["OtherTitle"]] = relationship(
        cascade="all, delete-orphan", order_by="OtherTitle.id"
    )
    sides: Mapped[list["Side"]] = relationship(
        back_populates="event", cascade="all, delete-orphan", order_by="Side.position"
    )
    organizers: Mapped[list["EventOrganizer"]] = relationship(
        cascade="all, delete-orphan", order_by="EventOrganizer.position"
    )
    occasions: Mapped[list["Occasion"]] = relationship(
        cascade="all, delete-orphan", order_by="Occasion.position"
    )
    sectors: Mapped[list[Sector]] = relationship(secondary="event_sectors", order_by="Sector.position")
    sessions: Mapped[list["Session"]] = relationship(
        viewonly=True,
        order_by="Session.position",
        primaryjoin="and_(Session.event_id == Event.id, Session.edition != 'planned')",
    )
    """As guests know them."""

    __table_args__ = (
        sa.CheckConstraint("starts_at IS NULL OR ends_at IS NULL OR starts_at < ends_at", name="times"),
        sa.CheckConstraint("taken >= 0 AND (capacity IS NULL OR capacity >= taken)", name="capacity"),
        sa.CheckConstraint("offer_hours >= 0", name="offer_hours"),
        sa.CheckConstraint("starts_at IS NULL OR timezone IS NOT NULL", name="zone"),
    )


class OtherTitle(Base):
    """Another form of the title met in print, or used by one side (A03)."""

    __tablename__ = "event_titles"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(sa.String(5))
    title: Mapped[str] = mapped_column(sa.String(400))


class Side(Row, Versioned, Base):
    """A party to the event (phía): two, three or more, each with its own reserved speaking slots."""

    __tablename__ = "sides"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(sa.String(20))
    names: Mapped[dict[str, str]]
    position: Mapped[int]
    capacity: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)

    event: Mapped[Event] = relationship(back_populates="sides")

    __table_args__ = (
        sa.UniqueConstraint("event_id", "code"),
        sa.CheckConstraint("taken >= 0 AND (capacity IS NULL OR capacity >= taken)", name="capacity"),
    )


class EventOrganizer(Base):
    """An organisation that carries the event."""

    __tablename__ = "event_organizers"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    organization_id: Mapped[int] = mapped_column(sa.ForeignKey("organizations.id"), primary_key=True)
    role: Mapped[OrganizerRole] = mapped_column(choice(OrganizerRole, "role"))
    position: Mapped[int]

    organization: Mapped[Organization] = relationship(lazy="joined", innerjoin=True)
    """Nobody asks for one without the other."""


class Occasion(Base):
    """An anniversary the event marks; it may lie after the event (A14, A15)."""

    __tablename__ = "occasions"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    years: Mapped[int | None]
    labels: Mapped[dict[str, str]]
    relation_level: Mapped[str | None] = mapped_column(sa.String(60))
    date_from: Mapped[date | None]
    date_to: Mapped[date | None]
    countries: Mapped[list[str]] = mapped_column(default=list)


event_sectors = sa.Table(
    "event_sectors",
    Base.metadata,
    sa.Column("event_id", sa.ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("sector_code", sa.ForeignKey("sectors.code"), primary_key=True),
)
