"""Who stands behind a secret link."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.db import db
from app.domain import tokens
from app.domain.errors import NotFound
from app.models.accounts import Account
from app.models.events import Event
from app.models.focal_points import FocalPoint
from app.models.invitations import Invitation
from app.models.registrations import Delegate

_ID: sa.BindParameter[str] = sa.bindparam("public_id")
# Built once: every page of a link begins with one of them.
_INVITATION = (
    sa.select(Invitation)
    .where(Invitation.public_id == _ID)
    .options(
        joinedload(Invitation.event, innerjoin=True).joinedload(Event.sessions),
        joinedload(Invitation.organization, innerjoin=True),
    )
)
_FOCAL_POINT = (
    sa.select(FocalPoint)
    .where(FocalPoint.public_id == _ID, FocalPoint.revoked_at.is_(None))
    .options(
        joinedload(FocalPoint.invitation, innerjoin=True).options(
            joinedload(Invitation.event, innerjoin=True).joinedload(Event.sessions),
            joinedload(Invitation.organization, innerjoin=True),
        )
    )
)
_ACCOUNT = sa.select(Account).where(Account.public_id == _ID)
_DELEGATE = sa.select(Delegate).where(Delegate.public_id == _ID)


def get_invitation(token: str, keys: Sequence[str]) -> Invitation:
    """Return the invitation of the link, with its event and sessions; raise NotFound("link_invalid")."""
    found = db.session.scalars(_INVITATION, {"public_id": _claimed_id(token)}).unique().one_or_none()
    if found is None or not tokens.matches(token, keys, "invitation", found.public_id, found.generation):
        raise NotFound("link_invalid")
    return found


def get_invitation_of_approver(token: str, keys: Sequence[str]) -> Invitation:
    """Return the invitation whose delegates the holder approves; raise NotFound("link_invalid")."""
    found = db.session.scalars(_INVITATION, {"public_id": _claimed_id(token)}).unique().one_or_none()
    if found is None or not tokens.matches(
        token, keys, "approval", found.public_id, found.approver_generation
    ):
        raise NotFound("link_invalid")
    return found


def get_focal_point(token: str, keys: Sequence[str]) -> FocalPoint:
    """Return one of several focal points, with the invitation; raise NotFound("link_invalid")."""
    found = db.session.scalars(_FOCAL_POINT, {"public_id": _claimed_id(token)}).unique().one_or_none()
    if found is None or not tokens.matches(token, keys, "focal-point", found.public_id, found.generation):
        raise NotFound("link_invalid")
    return found


def get_invitation_of_member(token: str, keys: Sequence[str]) -> Invitation:
    """Return the invitation whose members register by this sub-link; raise NotFound("link_invalid")."""
    found = db.session.scalars(_INVITATION, {"public_id": _claimed_id(token)}).unique().one_or_none()
    if (
        found is None
        or not found.takes_members
        or not tokens.matches(token, keys, "member", found.public_id, found.member_generation)
    ):
        raise NotFound("link_invalid")
    return found


def get_delegate(token: str, keys: Sequence[str]) -> Delegate:
    """Return the delegate of the link; raise NotFound("link_invalid") for anything else."""
    found = db.session.scalar(_DELEGATE, {"public_id": _claimed_id(token)})
    if found is None or not tokens.matches(token, keys, "delegate", found.public_id, found.generation):
        raise NotFound("link_invalid")
    return found


def get_delegate_of_feed(token: str, keys: Sequence[str]) -> Delegate:
    """Return the delegate of a calendar subscription; raise NotFound("link_invalid") for anything else."""
    found = db.session.scalar(_DELEGATE, {"public_id": _claimed_id(token)})
    if found is None or not tokens.matches(
        token, keys, "delegate-feed", found.public_id, found.feed_generation
    ):
        raise NotFound("link_invalid")
    return found


def get_account_of_feed(token: str, keys: Sequence[str]) -> Account:
    """Return the account of a calendar subscription; raise NotFound("link_invalid") for anything else."""
    found = db.session.scalar(_ACCOUNT, {"public_id": _claimed_id(token)})
    if (
        found is None
        or not found.active
        or not tokens.matches(token, keys, "desk-feed", found.public_id, found.feed_generation)
    ):
        raise NotFound("link_invalid")
    return found


def _claimed_id(token: str) -> str:
    public_id = tokens.public_id_of(token)
    if public_id is None:
        raise NotFound("link_invalid")
    return public_id
