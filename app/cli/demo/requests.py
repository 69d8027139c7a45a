"""What people of the live roundtable asked for since: a substitute who comes instead, and the floor."""

from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.people import PersonDetails
from app.domain.policy import SYSTEM, Actor
from app.domain.registrations import DelegateRole, ReplaceDelegate
from app.domain.speaking import AskToSpeak
from app.queries import events, registrations
from app.services.programme import speaking
from app.services.registrations import replace

if TYPE_CHECKING:
    from app.models.registrations import Delegate

_TOPICS = (
    {
        "vi": "Chuỗi logistics xanh giữa địa phương hai nước",
        "en": "Green logistics between the localities",
        "ru": "Зелёная логистика между регионами",
    },
    {"vi": "Kinh nghiệm xúc tiến đầu tư cấp tỉnh", "en": "Promoting investment in a province"},
)


def build(slug: str, *, now: datetime) -> None:
    """Send a substitute for one head of delegation, and let two others ask to speak."""
    heads = [
        delegate
        for delegate in registrations.list_confirmed(events.get(slug, SYSTEM))
        if delegate.role is DelegateRole.HEAD_OF_DELEGATION
    ]
    _substitute(heads[-1], now)
    for delegate, topics in zip(heads, _TOPICS, strict=False):
        session = delegate.seats[0].session.public_id if delegate.seats else None
        wish = AskToSpeak(session=session, topics=topics, minutes=7)
        actor = Actor("delegate", delegate.person.full_name)
        speaking.ask_for_oneself(actor=actor, delegate=delegate, command=wish, now=now)


def _substitute(delegate: "Delegate", now: datetime) -> None:
    person = PersonDetails(
        full_name="Ngô Thị Thanh Hiền",
        form_of_address="bà",
        posts={"vi": "Phó Chánh Văn phòng", "en": "Deputy Chief of Office"},
        language=delegate.person.language,
        email="duthay@demo.example",
    )
    command = ReplaceDelegate(
        person=person, is_substitute=True, request_key="demo-substitute", revision=delegate.revision
    )
    replace.replace_delegate(actor=SYSTEM, delegate=delegate, command=command, now=now)
