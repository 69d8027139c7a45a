"""Reads of calls on institutions."""

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.db import db
from app.models.calls import Call
from app.models.invitations import Invitation


def list_of(invitation: Invitation) -> Sequence[Call]:
    """Return the calls on one institution, the latest first."""
    return db.session.scalars(
        sa.select(Call)
        .where(Call.invitation_id == invitation.id)
        .options(joinedload(Call.recorded_by))
        .order_by(Call.called_on.desc(), Call.id.desc())
    ).all()


def list_last(invitations: Collection[int]) -> Mapping[int, Call]:
    """Return the last call on each of these invitations, by the invitation's number."""
    found = db.session.scalars(
        sa.select(Call)
        .where(Call.invitation_id.in_(invitations))
        .options(joinedload(Call.recorded_by))
        .order_by(Call.called_on, Call.id)
    )
    return {call.invitation_id: call for call in found}
