"""Tables of accounts: who signs in at the organiser's desk."""

from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from flask_security.core import RoleMixin, UserMixin
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Moment, Row, choice
from app.domain.accounts import Role


class Account(Row, Base, UserMixin):
    """A person with a sign-in; `fs_uniquifier` names the session and changes to end all of them."""

    __tablename__ = "accounts"

    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    password: Mapped[str | None] = mapped_column(sa.String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(sa.String(64), unique=True, default=lambda: uuid4().hex)
    role: Mapped[Role] = mapped_column(choice(Role, "role"))
    language: Mapped[str] = mapped_column(sa.String(5), default="vi")
    feed_generation: Mapped[int] = mapped_column(default=1)
    """Of the secret in the link of his calendar feed."""
    created_at: Mapped[datetime] = mapped_column(Moment)

    roles: list[RoleMixin] = []  # noqa: RUF012  Flask-Security reads it from the class
    """Flask-Security asks for roles; ours is one word, judged by domain/policy.py."""
