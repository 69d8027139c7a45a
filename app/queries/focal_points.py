"""Reads of focal points."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from app.db import db
from app.domain.errors import NotFound
from app.domain.focal_points import acting_name
from app.domain.languages import in_language
from app.models.audit import AuditEntry
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


def list_last_acts(invitation: Invitation) -> Mapping[str | None, datetime]:
    """Return when each focal point (public id; None: by the link as invited) did something last."""
    institution = in_language(invitation.organization.names, "vi")
    names = {acting_name(institution, one.name): one.public_id for one in list_present(invitation)}
    latest = (
        sa.select(AuditEntry.actor_name, sa.func.max(AuditEntry.at))
        .where(
            AuditEntry.event_id == invitation.event_id,
            AuditEntry.actor_kind == "institution",
            AuditEntry.actor_name.in_([acting_name(institution), *names]),
        )
        .group_by(AuditEntry.actor_name)
    )
    return {names.get(name): at for name, at in db.session.execute(latest)}
