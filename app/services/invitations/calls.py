"""Calls on institutions: record that somebody telephoned, wrote or went there."""

from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from app.domain.calls import CallDetails, require_past
from app.domain.languages import in_language
from app.domain.policy import Actor, Permission, require
from app.models.calls import Call
from app.services import audit
from app.services.invitations import rows
from app.services.transaction import unit_of_work


def record(*, actor: Actor, slug: str, invitation: str, command: CallDetails, now: datetime) -> str:
    """Record a call on an institution and return its public id; the same one sent twice is one call."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        rows.lock_event(session, slug, actor)
        found = rows.lock_invitation(session, invitation, slug=slug)
        require_past(command.called_on, now=now, zone=found.event.timezone)
        told = asdict(command)
        if (same := session.scalar(sa.select(Call).filter_by(invitation_id=found.id, **told))) is not None:
            return same.public_id
        made = Call(invitation_id=found.id, recorded_by_id=actor.account_id, recorded_at=now, **told)
        session.add(made)
        session.flush()
        audit.record(
            actor=actor,
            act="invitation.call",
            subject=found,
            name=in_language(found.organization.names, "vi"),
            now=now,
            event_id=found.event_id,
            means=command.means,
        )
        return made.public_id
