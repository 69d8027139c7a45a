"""The table of calls on institutions that have not answered."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Moment, Row, choice
from app.domain.calls import CallMeans
from app.models.accounts import Account
from app.models.invitations import Invitation


class Call(Row, Base):
    """Somebody of the office called on an institution; the last one tells where matters stand."""

    __tablename__ = "calls"

    invitation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("invitations.id", ondelete="CASCADE"), index=True
    )
    means: Mapped[CallMeans] = mapped_column(choice(CallMeans, "means"))
    called_on: Mapped[date]
    spoken_with: Mapped[str] = mapped_column(sa.String(200), default="")
    note: Mapped[str] = mapped_column(sa.Text, default="")
    recorded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    recorded_at: Mapped[datetime] = mapped_column(Moment)

    invitation: Mapped[Invitation] = relationship()
    recorded_by: Mapped[Account | None] = relationship()
