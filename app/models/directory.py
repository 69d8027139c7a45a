"""Tables of the directory: organisations, aliases, contacts, twinnings, sectors."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Moment, Row, Versioned, choice
from app.domain.directory import OrganizationKind


class Organization(Row, Versioned, Base):
    """A ministry, locality, mission, association or firm, valid from one day to another."""

    __tablename__ = "organizations"

    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    kind: Mapped[OrganizationKind] = mapped_column(choice(OrganizationKind, "kind"), index=True)
    names: Mapped[dict[str, str]]
    short_names: Mapped[dict[str, str]] = mapped_column(default=dict)
    kind_labels: Mapped[dict[str, str]] = mapped_column(default=dict)
    """Words for the kind where it is finer than `kind`: tỉnh, vùng, cộng hòa (A18)."""
    abbreviation: Mapped[str | None] = mapped_column(sa.String(60))
    country: Mapped[str | None] = mapped_column(sa.String(2), index=True)
    """Whose organisation it is: the sending country of a mission."""
    host_country: Mapped[str | None] = mapped_column(sa.String(2), index=True)
    """Where it sits, when that is another country."""
    city: Mapped[dict[str, str]] = mapped_column(default=dict)
    region: Mapped[str | None] = mapped_column(sa.String(40), index=True)
    """Code of the locality it sits in ("VN-HN")."""
    timezone: Mapped[str | None] = mapped_column(sa.String(60))
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organizations.id"), index=True)
    successor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organizations.id"), index=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    """Last day of existence; None while it lasts."""
    sort_key: Mapped[str] = mapped_column(sa.String(300), default="", index=True)
    precedence: Mapped[int | None]
    credentials_at: Mapped[datetime | None] = mapped_column(Moment)
    search: Mapped[str] = mapped_column(sa.Text, default="")
    """Names, code, abbreviation, aliases, places: folded, as written and as words, each after a space."""
    address: Mapped[str | None] = mapped_column(sa.String(400))
    phones: Mapped[list[str]] = mapped_column(default=list)
    fax: Mapped[str | None] = mapped_column(sa.String(60))
    email: Mapped[str | None] = mapped_column(sa.String(254))
    website: Mapped[str | None] = mapped_column(sa.String(400))
    confidence: Mapped[str | None] = mapped_column(sa.String(1))
    source: Mapped[str | None] = mapped_column(sa.String(600))
    loaded: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the data files said last: whatever differs from it was edited by people, and stays."""

    parent: Mapped["Organization | None"] = relationship(
        foreign_keys=[parent_id], remote_side="Organization.id"
    )
    successor: Mapped["Organization | None"] = relationship(
        foreign_keys=[successor_id], remote_side="Organization.id"
    )
    aliases: Mapped[list["Alias"]] = relationship(cascade="all, delete-orphan", order_by="Alias.id")
    contacts: Mapped[list["Contact"]] = relationship(back_populates="organization", order_by="Contact.id")

    __table_args__ = (
        sa.CheckConstraint(
            "valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to", name="validity"
        ),
    )


class Alias(Base):
    """Another spelling met in print ("Yukutia")."""

    __tablename__ = "organization_aliases"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organizations.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(sa.String(200))

    __table_args__ = (sa.UniqueConstraint("organization_id", "name"),)


class Contact(Row, Versioned, Base):
    """A person whom the office writes to at an organisation; at most one of them is the focal point."""

    __tablename__ = "contacts"

    organization_id: Mapped[int] = mapped_column(sa.ForeignKey("organizations.id"), index=True)
    full_name: Mapped[str] = mapped_column(sa.String(200), default="")
    form_of_address: Mapped[str] = mapped_column(sa.String(60), default="")
    post: Mapped[str] = mapped_column(sa.String(200), default="")
    email: Mapped[str | None] = mapped_column(sa.String(254))
    phones: Mapped[list[str]] = mapped_column(default=list)
    language: Mapped[str] = mapped_column(sa.String(5), default="vi")
    is_focal_point: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None] = mapped_column(Moment)
    search: Mapped[str] = mapped_column(sa.Text, default="")
    """The words of name, post and address, folded, each after a space."""

    organization: Mapped[Organization] = relationship(back_populates="contacts")

    __table_args__ = (
        sa.Index(
            "uq_contacts_focal_point",
            "organization_id",
            unique=True,
            sqlite_where=sa.text("is_focal_point AND archived_at IS NULL"),
            postgresql_where=sa.text("is_focal_point AND archived_at IS NULL"),
        ),
    )


class Twinning(Row, Base):
    """Two localities that are twinned; stored once, listed on both (B17)."""

    __tablename__ = "twinnings"

    first_id: Mapped[int] = mapped_column(sa.ForeignKey("organizations.id"))
    second_id: Mapped[int] = mapped_column(sa.ForeignKey("organizations.id"), index=True)
    since: Mapped[date | None]

    first: Mapped[Organization] = relationship(foreign_keys=[first_id])
    second: Mapped[Organization] = relationship(foreign_keys=[second_id])

    __table_args__ = (
        sa.UniqueConstraint("first_id", "second_id"),
        sa.CheckConstraint("first_id < second_id", name="order"),
    )


class Sector(Base):
    """A field of cooperation with a stable code."""

    __tablename__ = "sectors"

    code: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    position: Mapped[int]
    names: Mapped[dict[str, str]]
