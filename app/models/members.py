"""The table of members of an association who registered by its sub-link and wait for its word."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Moment, Row
from app.models.invitations import Invitation


class MemberRequest(Row, Base):
    """Somebody who asks to come for an institution; the row goes when the institution has decided."""

    __tablename__ = "member_requests"

    invitation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("invitations.id", ondelete="CASCADE"), index=True
    )
    person: Mapped[dict[str, Any]]
    """The fields of domain.people.PersonDetails."""
    sessions: Mapped[list[str]]
    """Public ids."""
    request_key: Mapped[str] = mapped_column(sa.String(40))
    requested_at: Mapped[datetime] = mapped_column(Moment)
    consent_version: Mapped[str] = mapped_column(sa.String(40))

    invitation: Mapped[Invitation] = relationship()

    __table_args__ = (sa.UniqueConstraint("invitation_id", "request_key"),)
