"""Named people with fixed rights: an organiser, a colleague who may only read, an administrator."""

from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.db import db
from app.domain.accounts import Role
from app.domain.policy import SYSTEM, Actor
from app.models.accounts import Account
from app.services import accounts
from tests.site import ApartClient

_PEOPLE = {
    "organizer": ("Nguyễn Thị Hà", Role.ORGANIZER),
    "colleague": ("Trần Văn Đọc", Role.READER),
    "administrator": ("Lê Quản Trị", Role.ADMINISTRATOR),
}


@pytest.fixture
def organizer(app: Flask, now: datetime) -> Actor:
    """An organiser: may do everything but manage accounts."""
    return _account(app, "organizer", now)


@pytest.fixture
def colleague(app: Flask, now: datetime) -> Actor:
    """A colleague of the leadership: may read and export."""
    return _account(app, "colleague", now)


@pytest.fixture
def administrator(app: Flask, now: datetime) -> Actor:
    """Who manages the accounts."""
    return _account(app, "administrator", now)


@pytest.fixture
def organizer_client(app: Flask, organizer: Actor) -> ApartClient:
    """A browser in which the organiser is signed in."""
    return _signed_in(app, "organizer")


@pytest.fixture
def colleague_client(app: Flask, colleague: Actor) -> ApartClient:
    """A browser in which the colleague is signed in."""
    return _signed_in(app, "colleague")


@pytest.fixture
def administrator_client(app: Flask, administrator: Actor) -> ApartClient:
    """A browser in which the administrator is signed in."""
    return _signed_in(app, "administrator")


def _account(app: Flask, key: str, now: datetime) -> Actor:
    name, role = _PEOPLE[key]
    with app.app_context():
        accounts.add_account(
            actor=SYSTEM, email=f"{key}@example.vn", name=name, role=role, language="vi", now=now
        )
        number = db.session.scalar(sa.select(Account.id).where(Account.email == f"{key}@example.vn"))
    return Actor("account", name, number, role)


def _signed_in(app: Flask, key: str) -> ApartClient:
    client = app.test_client()
    client.sign_in(f"{key}@example.vn")
    return client
