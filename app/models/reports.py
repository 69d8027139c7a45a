"""Tables of what was said and published: news reports, statements, outcomes."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Moment, Row, Versioned
from app.models.directory import Organization
from app.models.people import Person


class NewsReport(Row, Versioned, Base):
    """A report of the event by one of its participants; there may be several (A02)."""

    __tablename__ = "news_reports"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id", ondelete="CASCADE"), index=True)
    headline: Mapped[str | None] = mapped_column(sa.String(400))
    language: Mapped[str] = mapped_column(sa.String(5), default="vi")
    publisher_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organizations.id"))
    section: Mapped[str] = mapped_column(sa.String(120), default="")
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    news_source: Mapped[str] = mapped_column(sa.String(120), default="")
    author: Mapped[str] = mapped_column(sa.String(120), default="")
    photo_caption: Mapped[str] = mapped_column(sa.String(400), default="")
    photo_credit: Mapped[str] = mapped_column(sa.String(200), default="")

    publisher: Mapped[Organization | None] = relationship()


class Statement(Row, Versioned, Base):
    """What somebody said; `attribution` holds a group ("các diễn giả") when no one person is named."""

    __tablename__ = "statements"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id", ondelete="SET NULL"))
    attribution: Mapped[dict[str, str]] = mapped_column(default=dict)
    texts: Mapped[dict[str, str]]
    sector_code: Mapped[str | None] = mapped_column(sa.ForeignKey("sectors.code"))

    person: Mapped[Person | None] = relationship()


class Outcome(Row, Versioned, Base):
    """A result of the event, in words."""

    __tablename__ = "outcomes"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    texts: Mapped[dict[str, str]]
