"""Accounts of the desk: Flask-Security keeps the secrets, these use-cases create and change accounts."""

from datetime import datetime
from unicodedata import normalize

import sqlalchemy as sa
from flask_security.core import RoleMixin
from flask_security.datastore import SQLAlchemySessionUserDatastore
from flask_security.recoverable import generate_reset_password_token
from flask_security.utils import hash_password

from app import site
from app.db import db
from app.domain.accounts import UNICODE_FORM, Role
from app.domain.errors import Conflict
from app.domain.mail import MessageKind
from app.domain.policy import Actor, Permission, require
from app.mail import outbox
from app.mail.mime import Recipient
from app.models.accounts import Account
from app.queries import accounts
from app.services import audit
from app.services.transaction import unit_of_work

datastore = SQLAlchemySessionUserDatastore(db.session, Account, RoleMixin)


def add_account(
    *,
    actor: Actor,
    email: str,
    name: str,
    role: Role,
    language: str,
    now: datetime,
    password: str | None = None,
) -> str:
    """Create an account and return its one-time link; with a password (the demo's) it can sign in at once."""
    require(actor, Permission.MANAGE_ACCOUNTS)
    with unit_of_work() as session:
        if session.scalar(sa.select(Account.id).where(Account.email == email)):
            raise Conflict("account_exists", field="email", email=email)
        account = Account(email=email, name=name, role=role, language=language, created_at=now)
        account.password = hash_password(normalize(UNICODE_FORM, password)) if password else None
        session.add(account)
        session.flush()
        audit.record(actor=actor, act="account.add", subject=account, name=email, now=now, role=role)
        return one_time_link(account)


def set_active(*, actor: Actor, public_id: str, active: bool, now: datetime) -> None:
    """Let an account in again, or shut it out; its own cannot be shut by anybody."""
    require(actor, Permission.MANAGE_ACCOUNTS)
    with unit_of_work():
        account = accounts.get(public_id)
        if account.id == actor.account_id and not active:
            raise Conflict("account_own")
        account.active = active
        datastore.set_uniquifier(account)  # ends every session
        act = "account.open" if active else "account.close"
        audit.record(actor=actor, act=act, subject=account, name=account.email, now=now)


def revoke_feed(*, actor: Actor, now: datetime) -> None:
    """Make the link of one's own calendar feed void."""
    require(actor, Permission.READ)
    with unit_of_work() as session:
        account = session.get_one(Account, actor.account_id)
        account.feed_generation += 1
        audit.record(actor=actor, act="account.revoke_feed", subject=account, name=account.email, now=now)


def renew_link(*, actor: Actor, public_id: str, now: datetime) -> str:
    """Return a fresh one-time link for an account."""
    require(actor, Permission.MANAGE_ACCOUNTS)
    with unit_of_work():
        account = accounts.get(public_id)
        audit.record(actor=actor, act="account.link", subject=account, name=account.email, now=now)
        return one_time_link(account)


def mail_one_time_link(*, email: str, now: datetime) -> None:
    """Mail the one-time link to the address on file."""
    with unit_of_work():
        account = accounts.find_by_email(email)
        if account is not None:
            outbox.enqueue(
                kind=MessageKind.ACCOUNT_LINK,
                to=Recipient(account.email, account.name, account.language),
                context={"name": account.name, "link": one_time_link(account)},
                now=now,
            )


def one_time_link(account: Account) -> str:
    """Return the link that sets the password once, within two days."""
    return site.url(f"/organizer/password/new/{generate_reset_password_token(account)}")  # type: ignore[no-untyped-call]  # flask_security
