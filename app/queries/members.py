"""Reads of members who wait for the word of their institution."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from app.db import db
from app.models.invitations import Invitation
from app.models.members import MemberRequest


def list_waiting(invitation: Invitation) -> Sequence[MemberRequest]:
    """Return those who wait, the first first."""
    return db.session.scalars(
        sa.select(MemberRequest)
        .where(MemberRequest.invitation_id == invitation.id)
        .order_by(MemberRequest.id)
    ).all()


def list_chosen(invitation: Invitation, public_ids: Collection[str]) -> list[MemberRequest]:
    """Return the chosen ones of this institution; unknown ids are left out."""
    return [one for one in list_waiting(invitation) if one.public_id in public_ids]
