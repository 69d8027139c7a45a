"""The speaking slots of an event, side by side: who fills them, and who could (A30)."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import db
from app.domain.invitations import InvitationState
from app.domain.programme import AppointmentRole
from app.models.events import Event, Side
from app.models.invitations import Invitation
from app.models.programme import Appointment, at_desk
from app.queries import delegate_lists


@dataclass(frozen=True, slots=True)
class SlotsOfSide:
    """A side with its slots in the order of the programme, and its institutions that have none yet."""

    side: Side
    slots: Sequence[Appointment]
    candidates: Sequence[Invitation]
    invited: int

    @property
    def filled(self) -> int:
        """Return how many slots somebody holds."""
        return sum(not slot.is_free for slot in self.slots)


def list_slots(event: Event) -> list[SlotsOfSide]:
    """Return the planned slots of every side, in a number of statements that does not grow with them."""
    slots = db.session.scalars(
        sa.select(Appointment)
        .where(
            Appointment.event_id == event.id,
            at_desk(Appointment),
            Appointment.side_id.is_not(None),
            Appointment.role == AppointmentRole.SPEAKER,
        )
        .options(
            orm.joinedload(Appointment.session),
            orm.joinedload(Appointment.agenda_item),
            orm.joinedload(Appointment.organization),
            orm.joinedload(Appointment.person),
        )
        .order_by(Appointment.session_id.nulls_first(), Appointment.agenda_item_id, Appointment.position)
    ).all()
    invited = delegate_lists.list_delegations(event)
    return [_of_side(side, slots, invited) for side in event.sides]


def _of_side(side: Side, slots: Sequence[Appointment], invited: Sequence[Invitation]) -> SlotsOfSide:
    own = [slot for slot in slots if slot.side_id == side.id]
    speaking = {slot.organization_id for slot in own}
    members = [row for row in invited if row.side_id == side.id]
    return SlotsOfSide(
        side=side,
        slots=own,
        candidates=[
            row
            for row in members
            if row.organization_id not in speaking and row.state is not InvitationState.DECLINED
        ],
        invited=len(members),
    )
