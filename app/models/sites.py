"""Tables of connection sites: the sites, the bridges that take tests of their lines, the tests."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Moment, Row, Versioned, choice
from app.domain.connection_tests import BookingState, Quality
from app.domain.identifiers import new_calendar_uid
from app.domain.sites import SiteKind, SiteStatus
from app.models.events import Event
from app.models.invitations import Invitation


class Site(Row, Versioned, Base):
    """A place from which people join together; its link reaches only those who belong to it."""

    __tablename__ = "sites"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id", ondelete="CASCADE"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("invitations.id", ondelete="SET NULL"), index=True
    )
    """The institution that tends it by its link; None: the desk does."""
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sites.id", ondelete="SET NULL"))
    position: Mapped[int]
    kind: Mapped[SiteKind] = mapped_column(choice(SiteKind, "kind"))
    status: Mapped[SiteStatus] = mapped_column(choice(SiteStatus, "status"), default=SiteStatus.PLANNED)
    names: Mapped[dict[str, str]] = mapped_column(default=dict)
    """As the tile on the screen shows it; empty: the name of the institution."""
    rooms: Mapped[dict[str, str]] = mapped_column(default=dict)
    timezone: Mapped[str | None] = mapped_column(sa.String(60))
    capacity: Mapped[int | None]

    platform: Mapped[str] = mapped_column(sa.String(100), default="")
    join_url: Mapped[str] = mapped_column(sa.String(2000), default="")
    meeting_id: Mapped[str] = mapped_column(sa.String(100), default="")
    passcode: Mapped[str] = mapped_column(sa.String(100), default="")
    dial_address: Mapped[str] = mapped_column(sa.String(300), default="")

    contact_name: Mapped[str] = mapped_column(sa.String(200), default="")
    contact_phone: Mapped[str] = mapped_column(sa.String(60), default="")
    technician_name: Mapped[str] = mapped_column(sa.String(200), default="")
    technician_phone: Mapped[str] = mapped_column(sa.String(60), default="")

    planned: Mapped[int | None]
    counted: Mapped[int | None]
    """People at this site, its sub-sites left out: as planned, and as counted on the day (C06)."""
    counted_by: Mapped[str] = mapped_column(sa.String(200), default="")
    """Who counted last: an account of the desk, or the institution by its link."""
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)

    event: Mapped[Event] = relationship()
    invitation: Mapped[Invitation | None] = relationship()
    parent: Mapped["Site | None"] = relationship(remote_side="Site.id")
    tests: Mapped[list["ConnectionTest"]] = relationship(
        back_populates="site", cascade="all, delete-orphan", order_by="ConnectionTest.id"
    )

    __table_args__ = (
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name="parent"),
        sa.CheckConstraint(
            "(planned IS NULL OR planned >= 0) AND (counted IS NULL OR counted >= 0)", name="people"
        ),
    )

    @property
    def shown_names(self) -> dict[str, str]:
        """Return what it is called: its own names, else those of the institution."""
        if self.names or self.invitation is None:
            return self.names
        return self.invitation.organization.short_names or self.invitation.organization.names

    @property
    def is_live(self) -> bool:
        """Tell whether it takes part: it was not called off."""
        return self.status is not SiteStatus.CALLED_OFF

    @property
    def open_test(self) -> "ConnectionTest | None":
        """Return the test that is booked."""
        return next((test for test in self.tests if test.state is BookingState.BOOKED), None)

    @property
    def last_result(self) -> "ConnectionTest | None":
        """Return the latest test that was done."""
        done = (test for test in self.tests if test.state is BookingState.DONE)
        return max(done, key=lambda test: (test.recorded_at, test.id), default=None)

    @property
    def is_tested(self) -> bool:
        """Tell whether the line was good when it was tested last."""
        return self.last_result is not None and bool(self.last_result.is_passed)


class Bridge(Row, Versioned, Base):
    """A bridge on one day: from when to when it takes tests, one site at a time (C05)."""

    __tablename__ = "bridges"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    minutes: Mapped[int]

    event: Mapped[Event] = relationship()
    tests: Mapped[list["ConnectionTest"]] = relationship(
        back_populates="bridge", viewonly=True, order_by="ConnectionTest.starts_at"
    )

    __table_args__ = (
        sa.CheckConstraint("starts_at < ends_at", name="times"),
        sa.CheckConstraint("minutes > 0", name="minutes"),
    )


class ConnectionTest(Row, Versioned, Base):
    """A test of a site's line: a slot of a bridge, or without one where it was tested off-hand; its result.

    A slot given back keeps its row: the next booking is the same entry of the calendar, moved.
    """

    __tablename__ = "connection_tests"

    site_id: Mapped[int] = mapped_column(sa.ForeignKey("sites.id", ondelete="CASCADE"))
    bridge_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bridges.id", ondelete="SET NULL"))
    state: Mapped[BookingState] = mapped_column(choice(BookingState, "state"))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    calendar_uid: Mapped[str] = mapped_column(sa.String(64), unique=True, default=new_calendar_uid)
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)

    sound: Mapped[Quality | None] = mapped_column(choice(Quality, "sound"))
    picture: Mapped[Quality | None] = mapped_column(choice(Quality, "picture"))
    line: Mapped[Quality | None] = mapped_column(choice(Quality, "line"))
    latency_ms: Mapped[int | None]
    is_passed: Mapped[bool | None]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    tested_by: Mapped[str] = mapped_column(sa.String(200), default="")
    recorded_at: Mapped[datetime | None] = mapped_column(Moment)

    site: Mapped[Site] = relationship(back_populates="tests")
    bridge: Mapped[Bridge | None] = relationship()

    __table_args__ = (
        sa.Index(
            "uq_connection_tests_slot",
            "bridge_id",
            "starts_at",
            unique=True,
            sqlite_where=sa.text("state <> 'given_back'"),
            postgresql_where=sa.text("state <> 'given_back'"),
        ),
        sa.Index(
            "uq_connection_tests_open",
            "site_id",
            unique=True,
            sqlite_where=sa.text("state <> 'done'"),
            postgresql_where=sa.text("state <> 'done'"),
        ),
        sa.Index("ix_connection_tests_site_id", "site_id"),
        sa.CheckConstraint("starts_at <= ends_at", name="times"),
        sa.CheckConstraint("(state = 'done') = (is_passed IS NOT NULL)", name="result"),
    )
