"""The table of filters that accounts keep for themselves."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Moment, Row, choice
from app.domain.saved_filters import FilteredList
from app.models.events import Event


class SavedFilter(Row, Base):
    """What one account narrows a list to, under a name of its own."""

    __tablename__ = "saved_filters"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"))
    shown_on: Mapped[FilteredList] = mapped_column(choice(FilteredList, "shown_on"))
    event_id: Mapped[int | None] = mapped_column(sa.ForeignKey("events.id", ondelete="CASCADE"), index=True)
    """The event on whose list it is offered; None: on that of every event, or on one that is of no event."""
    name: Mapped[str] = mapped_column(sa.String(60))
    query: Mapped[str] = mapped_column(sa.String(1000))
    """The wishes as the query of the list's address, in one order, without those that narrow nothing."""
    created_at: Mapped[datetime] = mapped_column(Moment)

    event: Mapped[Event | None] = relationship()

    __table_args__ = (
        sa.Index(
            "uq_saved_filters_of_event",
            "account_id",
            "shown_on",
            "event_id",
            "name",
            unique=True,
            sqlite_where=sa.text("event_id IS NOT NULL"),
            postgresql_where=sa.text("event_id IS NOT NULL"),
        ),
        sa.Index(
            "uq_saved_filters_of_all",
            "account_id",
            "shown_on",
            "name",
            unique=True,
            sqlite_where=sa.text("event_id IS NULL"),
            postgresql_where=sa.text("event_id IS NULL"),
        ),
    )
