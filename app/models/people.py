"""The table of people as they are printed at one event: a snapshot, for titles change and people move on."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Row, Versioned
from app.models.directory import Organization


class Person(Row, Versioned, Base):
    """One person at one event, with one or several appointments, or a seat, or both."""

    __tablename__ = "people"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id", ondelete="CASCADE"), index=True)
    organization_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organizations.id"), index=True)
    organization_name: Mapped[str] = mapped_column(sa.String(300), default="")
    """As typed or printed, where the directory does not have the organisation."""
    full_name: Mapped[str] = mapped_column(sa.String(200))
    native_name: Mapped[str | None] = mapped_column(sa.String(200))
    sort_name: Mapped[str] = mapped_column(sa.String(200))
    form_of_address: Mapped[str] = mapped_column(sa.String(60), default="")
    ranks: Mapped[dict[str, str]] = mapped_column(default=dict)
    posts: Mapped[dict[str, str]] = mapped_column(default=dict)
    """Rank (hàm) and post (chức vụ) apart, per language, as they were at the event (A11)."""
    precedence: Mapped[int | None]
    country: Mapped[str | None] = mapped_column(sa.String(2))
    timezone: Mapped[str | None] = mapped_column(sa.String(60))
    language: Mapped[str] = mapped_column(sa.String(5), default="vi")
    email: Mapped[str | None] = mapped_column(sa.String(254))
    phone: Mapped[str] = mapped_column(sa.String(60), default="")
    search: Mapped[str] = mapped_column(sa.Text, default="")
    """The words of both names, address and organisation as typed, folded, each after a space."""

    organization: Mapped[Organization | None] = relationship()
