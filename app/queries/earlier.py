"""People from last time: whom the same institution sent to earlier events, and nobody of any other."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import db
from app.domain.registrations import SeatState, is_same_person
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.queries import registrations

_MOST = 200


def list_people(invitation: Invitation) -> Sequence[Delegate]:
    """Return the delegates of its other events, each person once as he was last, without those registered."""
    found = db.session.scalars(
        sa.select(Delegate)
        .join(Delegate.invitation)
        .join(Delegate.event)
        .where(
            Invitation.organization_id == invitation.organization_id,
            Invitation.id != invitation.id,
            Delegate.state != SeatState.WITHDRAWN,
        )
        .options(orm.joinedload(Delegate.person, innerjoin=True), orm.contains_eager(Delegate.event))
        .order_by(Event.date.desc().nulls_last(), Event.id.desc(), Delegate.position, Delegate.id)
        .limit(_MOST)
    ).all()
    seen = [(known.full_name, known.email) for known in registrations.list_known(invitation.id)]
    people = []
    for delegate in found:
        who = (delegate.person.full_name, delegate.person.email)
        if not any(is_same_person(other, who) for other in seen):
            seen.append(who)
            people.append(delegate)
    return people
