"""Reads of focal points."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.db import db
from app.domain.errors import NotFound
from app.models.focal_points import FocalPoint
from app.models.invitations import Invitation


def list_present(invitation: Invitation) -> Sequence[FocalPoint]:
    """Return those whose link is good, in the order in which they were named."""
    return db.session.scalars(
        sa.select(FocalPoint)
        .where(FocalPoint.invitation_id == invitation.id, FocalPoint.revoked_at.is_(None))
        .order_by(FocalPoint.id)
    ).all()


def get(invitation: Invitation, public_id: str) -> FocalPoint:
    """Return a focal point of this institution whose link is good; raise NotFound."""
    found = next((one for one in list_present(invitation) if one.public_id == public_id), None)
    if found is None:
        raise NotFound("not_found")
    return found
