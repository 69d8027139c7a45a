"""Mail, download and feed of one guest agree on UID and SEQUENCE, in whatever order things happen.

What was struck out of his calendar may move on without telling him; a file is never behind his mail.
"""

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.errors import DomainError
from app.domain.event_facts import NewDate
from app.domain.event_times import Schedule
from app.domain.mail import MessageKind, MessageState
from app.domain.policy import SYSTEM
from app.models.calendars import CalendarCopy
from app.models.mail import OutboxMessage
from app.models.registrations import Delegate
from app.queries import calendars
from app.services.events import calling_off
from app.services.mail import release
from app.services.programme import sessions
from app.services.registrations import withdraw
from tests.calendar_mails import list_calendar_mails
from tests.registration_rows import FOCAL_POINT, register_one, session_ids, store_event, store_invitation

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.databases("sqlite")]
ZONE = "Asia/Ho_Chi_Minh"
_ACTS_OF_ONE_STORY = 6


def _new_date(dice: random.Random) -> NewDate:
    hour = dice.randrange(8, 18)
    day = date(2027, 10, 28) + timedelta(days=dice.randrange(30))
    return NewDate(schedule=Schedule(day=day, starts=time(hour), ends=time(hour + 4), zone=ZONE))


ACTS: dict[str, Callable[[str, random.Random, datetime], object]] = {
    "move": lambda slug, dice, now: calling_off.move(
        actor=SYSTEM, slug=slug, command=_new_date(dice), now=now
    ),
    "postpone": lambda slug, _, now: calling_off.postpone(actor=SYSTEM, slug=slug, note={}, now=now),
    "resume": lambda slug, dice, now: calling_off.resume(
        actor=SYSTEM, slug=slug, command=_new_date(dice), now=now
    ),
    "call off a session": lambda slug, dice, now: sessions.cancel_session(
        actor=SYSTEM, slug=slug, session_id=dice.choice(_sessions()), now=now
    ),
    "withdraw": lambda _, dice, now: withdraw.withdraw_delegate(
        actor=FOCAL_POINT, delegate=dice.choice(_delegates()), now=now
    ),
    "register": lambda _, dice, now: register_one(
        _delegates()[0].invitation,
        now,
        f"P {now:%H%M%S}",
        email=f"{now:%H%M%S}@x.vn",
        sessions=[dice.choice(_sessions())],
    ),
}


def _delegates() -> list[Delegate]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Delegate).order_by(Delegate.id)))


def _sessions() -> list[str]:
    return session_ids(_delegates()[0].event)


def _release_all(slug: str, now: datetime) -> None:
    for kind in (MessageKind.EVENT_CHANGED, MessageKind.EVENT_POSTPONED, MessageKind.EVENT_CANCELLED):
        db.session.rollback()
        drafts = sa.select(sa.func.count()).where(
            OutboxMessage.kind == kind, OutboxMessage.state == MessageState.DRAFT
        )
        if expected := db.session.scalar(drafts):
            release.release(actor=SYSTEM, slug=slug, kind=kind, expected=expected, now=now)


@pytest.mark.parametrize("seed", range(12))
def test_mail_download_and_feed_agree_after_every_act(seed, now):
    dice = random.Random(seed)
    event = store_event(seats=(None, None))
    slug = event.slug
    register_one(store_invitation(event), now, email="an@x.vn", sessions=session_ids(event))
    done = []
    for number in range(1, _ACTS_OF_ONE_STORY + 1):
        name = dice.choice(sorted(ACTS))
        at = now + timedelta(seconds=number)
        try:
            ACTS[name](slug, dice, at)
        except DomainError:
            continue  # not in this state of things
        _release_all(slug, at)
        done.append(name)
        _assert_agree(done)
    assert done


def _assert_agree(done: list[str]) -> None:
    told = {(mail.to, mail.uid): mail for mail in list_calendar_mails()}
    for delegate in _delegates():
        files = calendars.get_delegate_feed(delegate), calendars.get_delegate_file(delegate)
        shown = [{entry.uid: entry.sequence for entry in file.entries} for file in files]
        assert shown[0] == shown[1], done
        copies = db.session.scalars(sa.select(CalendarCopy).where(CalendarCopy.delegate_id == delegate.id))
        for copy in copies:
            mail = told[copy.email, copy.uid]
            assert mail.sequence == copy.sequence, done
            if copy.is_cancelled:
                assert shown[0].get(copy.uid, mail.sequence) >= mail.sequence, done
            else:
                assert shown[0][copy.uid] == mail.sequence, done
