"""The table of calendar copies: what each guest's calendar holds, as far as we told it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Moment, Row, choice
from app.domain.calendars import PartStat
from app.models.invitations import Invitation
from app.models.registrations import Delegate


class CalendarCopy(Row, Base):
    """One entry in the calendar of one guest, an institution or a delegate (RFC 5546: attendee's copy)."""

    __tablename__ = "calendar_copies"

    invitation_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Invitation.id, ondelete="CASCADE"))
    delegate_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Delegate.id, ondelete="CASCADE"))
    uid: Mapped[str] = mapped_column(sa.String(64), index=True)
    email: Mapped[str] = mapped_column(sa.String(254))
    """Where it lies: a CANCEL goes there, also when the guest has another address by now."""
    generation: Mapped[int]
    """That of the guest's secret in ORGANIZER: calendars know a CANCEL by it."""
    sequence: Mapped[int]
    hours: Mapped[str] = mapped_column(sa.String(80))
    essence: Mapped[str] = mapped_column(sa.String(32))
    """`hours` and `essence`: what was told last, see app.domain.itip.Told."""
    is_cancelled: Mapped[bool] = mapped_column(default=False)
    partstat: Mapped[PartStat] = mapped_column(choice(PartStat, "partstat"), default=PartStat.NEEDS_ACTION)
    replied_at: Mapped[datetime | None] = mapped_column(Moment)
    """DTSTAMP of the answer that counts: an older one that arrives later does not."""
    comment: Mapped[str] = mapped_column(sa.Text, default="")
    """What came with the answer."""
    stamp: Mapped[datetime] = mapped_column(Moment)
    """When the guest was told last."""

    __table_args__ = (
        sa.UniqueConstraint("invitation_id", "uid"),
        sa.UniqueConstraint("delegate_id", "uid"),
        sa.CheckConstraint("(invitation_id IS NULL) <> (delegate_id IS NULL)", name="guest"),
    )
