"""Tables of imports: a table of people between two steps, and what a confirmed one has made and changed."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Moment, Row, Versioned
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.registrations import Delegate


class ImportDraft(Row, Versioned, Base):
    """A table that somebody sent and has not confirmed: sealed, and gone after a day.

    Without an account it belongs to the link of the invitation; with one to the desk, and without an event to
    the directory.
    """

    __tablename__ = "import_drafts"

    event_id: Mapped[int | None] = mapped_column(sa.ForeignKey("events.id", ondelete="CASCADE"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("invitations.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    language: Mapped[str] = mapped_column(sa.String(5))
    """Of the page: ranks and posts are in it."""
    sealed: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(Moment, index=True)


class Import(Row, Base):
    """A confirmed import, under the public id of its draft: confirming twice finds it."""

    __tablename__ = "imports"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id", ondelete="CASCADE"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("invitations.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    made_by: Mapped[str] = mapped_column(sa.String(200))
    tells: Mapped[bool]
    """Whether those registered get a letter."""
    created_at: Mapped[datetime] = mapped_column(Moment)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)

    event: Mapped[Event] = relationship()
    invitation: Mapped[Invitation | None] = relationship()


class ImportEntry(Base):
    """Somebody whom an import registered (`before` is None) or changed."""

    __tablename__ = "import_entries"

    import_id: Mapped[int] = mapped_column(sa.ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True)
    delegate_id: Mapped[int] = mapped_column(
        sa.ForeignKey("delegates.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    before: Mapped[dict[str, Any] | None]
    fingerprint: Mapped[str] = mapped_column(sa.String(40))
    """Of what the import wrote: undone is only what nobody changed since."""
    is_undone: Mapped[bool] = mapped_column(default=False)

    delegate: Mapped[Delegate] = relationship()
    of: Mapped[Import] = relationship()
