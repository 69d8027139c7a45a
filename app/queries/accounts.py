"""Reads of accounts."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.db import db
from app.domain.errors import NotFound
from app.models.accounts import Account


def list_all() -> Sequence[Account]:
    """Return every account, by name."""
    return db.session.scalars(sa.select(Account).order_by(Account.name, Account.id)).all()


def find_by_email(email: str) -> Account | None:
    """Return the account of an address."""
    return db.session.scalar(sa.select(Account).where(Account.email == email))


def get(public_id: str) -> Account:
    """Return an account."""
    found = db.session.scalar(sa.select(Account).where(Account.public_id == public_id))
    if found is None:
        raise NotFound("not_found")
    return found
