"""Reads of mail that came back."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import db
from app.domain.errors import NotFound
from app.domain.inbound import APPLICABLE, Reason, Result
from app.domain.replies import ANSWERS
from app.models.events import Event
from app.models.inbound import InboundMail
from app.models.invitations import Invitation
from app.models.registrations import Delegate

PAGE = 50
_BATCH = 200
_OPEN = (InboundMail.result == Result.HOLD, InboundMail.decision.is_(None))
_STRANGERS = (InboundMail.invitation_id.is_(None), InboundMail.delegate_id.is_(None))
_PASSED_OVER = (InboundMail.reason == Reason.TOO_MANY_ALIKE.value, *_STRANGERS)
_SETTLED = (
    InboundMail.result.is_not(None),
    sa.not_(sa.and_(*_PASSED_OVER)),
    sa.or_(InboundMail.result != Result.HOLD, InboundMail.decision.is_not(None)),
)
_WHOLE = (
    orm.defer(InboundMail.sealed),
    orm.joinedload(InboundMail.invitation).joinedload(Invitation.organization),
    orm.joinedload(InboundMail.delegate).joinedload(Delegate.person),
    orm.joinedload(InboundMail.decided_by),
)


def list_held(event: Event) -> Sequence[InboundMail]:
    """Return the mails that wait for the organiser's word, the oldest first."""
    return db.session.scalars(
        sa.select(InboundMail)
        .where(InboundMail.event_id == event.id, *_OPEN)
        .options(*_WHOLE)
        .order_by(InboundMail.id)
    ).all()


def count_held(event: Event) -> int:
    """Return how many mails wait for the organiser's word."""
    return count_held_of([event.id]).get(event.id, 0)


def count_held_of(event_ids: Sequence[int]) -> dict[int, int]:
    """Return the same for several events, by number; those without any are left out."""
    counted = (
        sa.select(InboundMail.event_id, sa.func.count())
        .where(InboundMail.event_id.in_(event_ids), *_OPEN)
        .group_by(InboundMail.event_id)
    )
    return {number: count for number, count in db.session.execute(counted) if number is not None}


def list_settled(event: Event, *, page: int = 1) -> Sequence[InboundMail]:
    """Return a page of what came and needs nobody any more, the latest first."""
    return db.session.scalars(
        sa.select(InboundMail)
        .where(InboundMail.event_id == event.id, *_SETTLED)
        .options(*_WHOLE)
        .order_by(InboundMail.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()


def count_settled(event: Event) -> int:
    """Return how many mails came that need nobody any more."""
    return _count(InboundMail.event_id == event.id, *_SETTLED)


def count_passed_over(event: Event) -> int:
    """Return how many mails of strangers were not put before the organiser, for there were too many."""
    return _count(InboundMail.event_id == event.id, *_PASSED_OVER)


def count_waiting_of_strangers(event_id: int) -> int:
    """Return how many mails that concern no guest wait for the organiser's word."""
    return _count(InboundMail.event_id == event_id, *_STRANGERS, *_OPEN)


def count_held_of_stranger(event_id: int, sender: str, *, since: datetime) -> int:
    """Return how many mails of one sender that concern no guest were held since then."""
    return _count(InboundMail.event_id == event_id, InboundMail.sender == sender, *_STRANGERS, *_held(since))


def count_held_in_name(guest: Invitation | Delegate, *, since: datetime) -> int:
    """Return how many mails in the name of a guest were held since then."""
    own = InboundMail.invitation_id if isinstance(guest, Invitation) else InboundMail.delegate_id
    return _count(own == guest.id, *_held(since))


def list_of_guest(guest: Invitation | Delegate) -> Sequence[InboundMail]:
    """Return the mails of one guest, the latest first."""
    own = InboundMail.invitation_id if isinstance(guest, Invitation) else InboundMail.delegate_id
    return db.session.scalars(
        sa.select(InboundMail)
        .where(own == guest.id, InboundMail.result.is_not(None))
        .options(*_WHOLE)
        .order_by(InboundMail.id.desc())
        .limit(PAGE)
    ).all()


def get(event: Event, public_id: str) -> InboundMail:
    """Return one mail of the event, with its sealed content."""
    found = db.session.scalar(
        sa.select(InboundMail)
        .where(InboundMail.event_id == event.id, InboundMail.public_id == public_id)
        .options(*_WHOLE[1:], orm.undefer(InboundMail.sealed))
    )
    if found is None:
        raise NotFound("not_found")
    return found


def may_apply(mail: InboundMail) -> bool:
    """Tell whether the organiser can let the answer count as it stands: it is the guest's own."""
    has_guest = mail.invitation_id is not None or mail.delegate_id is not None
    return has_guest and mail.partstat in ANSWERS and mail.reason in {reason.value for reason in APPLICABLE}


def may_decline_counter(mail: InboundMail) -> bool:
    """Tell whether the mail proposes another time, which can be declined."""
    return mail.reason == Reason.COUNTER.value


def lock_held(event: Event, public_id: str) -> InboundMail:
    """Return one held mail of the event; others who decide about it wait."""
    found = db.session.scalar(
        sa.select(InboundMail)
        .where(
            InboundMail.event_id == event.id,
            InboundMail.public_id == public_id,
            InboundMail.result == Result.HOLD,
        )
        .with_for_update(of=InboundMail)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound("not_found")
    return found


def lock_same(fingerprint: str) -> InboundMail | None:
    """Return the mail that came before and is the same, once nobody is at it any more."""
    return db.session.scalar(
        sa.select(InboundMail)
        .where(InboundMail.fingerprint == fingerprint)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def get_by_fingerprint(fingerprint: str) -> InboundMail:
    """Return the mail that is known to be there."""
    return db.session.scalars(sa.select(InboundMail).where(InboundMail.fingerprint == fingerprint)).one()


def list_unread() -> Sequence[int]:
    """Return the numbers of mails that were taken in and not judged yet, the oldest first."""
    numbers = db.session.scalars(
        sa.select(InboundMail.id).where(InboundMail.result.is_(None)).order_by(InboundMail.id).limit(_BATCH)
    ).all()
    db.session.rollback()
    return numbers


def lock_unread(number: int) -> InboundMail | None:
    """Return such a mail, unless another worker is at it or has judged it."""
    return db.session.scalar(
        sa.select(InboundMail)
        .where(InboundMail.id == number, InboundMail.result.is_(None))
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )


def _held(since: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return InboundMail.result == Result.HOLD, InboundMail.received_at > since


def _count(*conditions: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(InboundMail).where(*conditions)) or 0
