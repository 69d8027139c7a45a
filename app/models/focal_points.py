"""The table of focal points: who besides the address of the invitation answers for an institution."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Moment, Row
from app.models.invitations import Invitation


class FocalPoint(Row, Base):
    """Somebody with a link of his own, derived from public id and generation, to an institution's pages."""

    __tablename__ = "focal_points"

    invitation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("invitations.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(sa.String(200))
    email: Mapped[str] = mapped_column(sa.String(254))
    named_by: Mapped[str] = mapped_column(sa.String(200))
    generation: Mapped[int] = mapped_column(default=1)
    named_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)

    invitation: Mapped[Invitation] = relationship()
