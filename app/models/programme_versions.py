"""The table of released versions of a programme."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Moment, Row
from app.models.accounts import Account
from app.models.events import Event


class ProgrammeVersion(Row, Base):
    """The programme as it was released, for the next version to be compared with."""

    __tablename__ = "programme_versions"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id", ondelete="CASCADE"))
    number: Mapped[int]
    notes: Mapped[dict[str, str]] = mapped_column(default=dict)
    """What everybody is told about it on the public page."""
    lines: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
    """domain.programme_versions.Line as JSON."""
    told: Mapped[int] = mapped_column(default=0)
    """How many letters were drafted about it."""
    released_at: Mapped[datetime] = mapped_column(Moment)
    released_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))

    event: Mapped[Event] = relationship()
    released_by: Mapped[Account | None] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("event_id", "number"),
        sa.CheckConstraint("number > 0", name="number"),
    )
