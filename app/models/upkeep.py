"""Tables of upkeep: pairs that are not the same; merges and imports with what undoes them."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Moment, Row, choice
from app.domain.directory_imports import ImportAct
from app.models.directory import Organization


class Distinction(Base):
    """Two organisations that look alike and, as somebody decided, are not the same."""

    __tablename__ = "organization_distinctions"

    first_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organizations.id", ondelete="CASCADE"), primary_key=True
    )
    second_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organizations.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    decided_at: Mapped[datetime] = mapped_column(Moment)
    decided_by: Mapped[str] = mapped_column(sa.String(200))

    first: Mapped[Organization] = relationship(foreign_keys=[first_id])
    second: Mapped[Organization] = relationship(foreign_keys=[second_id])

    __table_args__ = (sa.CheckConstraint("first_id < second_id", name="order"),)


class Merge(Row, Base):
    """One organisation that went into another; its row is gone, its names are aliases of the one kept."""

    __tablename__ = "organization_merges"

    kept_id: Mapped[int] = mapped_column(sa.ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    gone_public_id: Mapped[str] = mapped_column(sa.String(12), index=True)
    gone_code: Mapped[str] = mapped_column(sa.String(40), index=True)
    gone_names: Mapped[dict[str, str]]
    journal: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
    """Every change of a row, in order: table, key, before, after; what undoes the merge."""
    merged_at: Mapped[datetime] = mapped_column(Moment)
    merged_by: Mapped[str] = mapped_column(sa.String(200))
    undone_at: Mapped[datetime | None] = mapped_column(Moment)

    kept: Mapped[Organization] = relationship()


class DirectoryImport(Row, Base):
    """A confirmed import of organisations, under the public id of its draft: confirming twice finds it."""

    __tablename__ = "directory_imports"

    made_by: Mapped[str] = mapped_column(sa.String(200))
    created_at: Mapped[datetime] = mapped_column(Moment)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    parts: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
    """Per organisation: public id, name, whether it is new, its changes of rows, whether they are undone."""


class ImportOrder(Base):
    """A large import into the directory that the worker has still to bring in, or to take back."""

    __tablename__ = "directory_import_orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    of: Mapped[str] = mapped_column(sa.String(12), unique=True)
    """The public id of the draft, which is that of the import."""
    act: Mapped[ImportAct] = mapped_column(choice(ImportAct, "act"))
    size: Mapped[int]
    """How many rows or organisations that is about."""
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    ordered_by: Mapped[str] = mapped_column(sa.String(200))
    ordered_at: Mapped[datetime] = mapped_column(Moment)
