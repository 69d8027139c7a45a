"""What the coverage board of the live roundtable shows beside answers: calls on the silent, given slots."""

from datetime import datetime

from app.domain.calls import CallDetails, CallMeans
from app.domain.invitations import InvitationState
from app.domain.policy import SYSTEM
from app.queries import events, invitations, slots
from app.services.invitations import calls
from app.services.programme import appointments
from app.services.programme.slots import give_slot

_CALLS = (
    (CallMeans.PHONE, "Chánh Văn phòng", "Đang trình lãnh đạo, sẽ phúc đáp trong tuần."),
    (CallMeans.PHONE, "Văn thư", "Chưa nhận được thư mời; đã gửi lại đường dẫn."),
    (CallMeans.MESSAGE, "", "Đã nhắn tin cho đầu mối, chờ trả lời."),
)
_SLOTS = 2


def build(slug: str, *, now: datetime) -> None:
    """Call on three institutions that are silent; give each side two speaking slots and fill one of them."""
    event = events.get(slug, SYSTEM)
    silent = [row.public_id for row in invitations.list_sent(event) if row.state is InvitationState.SENT]
    for public_id, (means, who, note) in zip(silent[1:], _CALLS, strict=False):
        command = CallDetails(means=means, called_on=now.date(), spoken_with=who, note=note)
        calls.record(actor=SYSTEM, slug=slug, invitation=public_id, command=command, now=now)
    for side in [side.public_id for side in event.sides]:
        appointments.reserve(actor=SYSTEM, slug=slug, side=side, slots=_SLOTS, now=now)
    for one in slots.list_slots(events.get(slug, SYSTEM)):
        free = next((slot.public_id for slot in one.slots if slot.is_free), None)
        comes = [row.public_id for row in one.candidates if row.state is InvitationState.ACCEPTED]
        if free and comes:
            give_slot(actor=SYSTEM, slug=slug, slot=free, invitation=comes[0], now=now)
