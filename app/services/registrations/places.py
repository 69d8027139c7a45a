"""Places of events, sides, quotas and sessions: every change of a counter happens here.

Each use-case first locks the event (SQLite: the whole database), so that people are seated one after the
other; the guard in each UPDATE is the second wall. Order of locks: event, invitation, side, sessions.
"""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain.errors import Conflict, NotFound
from app.domain.events import PUBLIC
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.people import Person
from app.models.programme import Session
from app.models.registrations import Delegate
from app.queries import sites
from app.services.registrations import counters
from app.services.registrations.counters import ID

FRESH: dict[str, Any] = {"populate_existing": True}
WITH_PERSON = (
    orm.joinedload(Delegate.person).joinedload(Person.organization),
    orm.joinedload(Delegate.invitation),
    orm.selectinload(Delegate.seats),
)
_EVENT = (
    sa.select(Event)
    .outerjoin(Event.sessions)
    .options(orm.contains_eager(Event.sessions))
    .order_by(Session.position)
    .with_for_update(of=Event, key_share=True)
    .execution_options(**FRESH)
)
_EVENT_OF_ID = _EVENT.where(Event.id == ID)
_PUBLIC_EVENT = _EVENT.where(Event.slug == sa.bindparam("slug"), Event.status.in_(PUBLIC))
_INVITATION = (
    sa.select(Invitation)
    .select_from(Event)
    .join(Invitation, Invitation.event_id == Event.id)
    .join(Invitation.organization)
    .outerjoin(Event.sessions)
    .where(Invitation.id == ID)
    .options(
        orm.contains_eager(Invitation.event).contains_eager(Event.sessions),
        orm.contains_eager(Invitation.organization),
        orm.with_expression(Invitation.home_site_id, sites.select_home(Invitation.id)),
    )
    .order_by(Session.position)
    .with_for_update(of=(Event, Invitation), key_share=True)
    .execution_options(**FRESH)
)


def lock_event(session: orm.Session, event_id: int) -> Event:
    """Lock an event and return it, with its sessions, as it is now."""
    return session.scalars(_EVENT_OF_ID, {"number": event_id}).unique().one()


def lock_public_event(session: orm.Session, slug: str) -> Event:
    """Lock a published event and return it as lock_event() does."""
    event = session.scalars(_PUBLIC_EVENT, {"slug": slug}).unique().one_or_none()
    if event is None:
        raise NotFound("event_unknown")
    return event


def lock_invitation(session: orm.Session, invitation_id: int) -> Invitation:
    """Lock an event and one of its invitations; return the latter as it is now."""
    return session.scalars(_INVITATION, {"number": invitation_id}).unique().one()


def lock_delegate(session: orm.Session, delegate_id: int, event_id: int) -> Delegate:
    """Lock the event of a delegate; return him as he is now."""
    lock_event(session, event_id)
    found = session.scalar(
        sa.select(Delegate).where(Delegate.id == delegate_id).options(*WITH_PERSON).execution_options(**FRESH)
    )
    if found is None:
        raise NotFound("not_found")
    return found


def take(session: orm.Session, delegate: Delegate, people: int = 1) -> bool:
    """Take a place of the event, and of his side, for a delegate; False when there is none for him.

    Places kept for his institution are taken first, and nobody else gets them. `people`: so many of his
    institution at once, all or none.
    """
    return _take(session, delegate, people, _count_seated(session, delegate.invitation_id, people))


def take_with_quota(session: orm.Session, delegate: Delegate) -> bool:
    """Take a place of his institution's quota, then one as take() does; False when he has to wait.

    Raises Conflict("quota_full").
    """
    if (invitation := delegate.invitation) is None:
        return take(session, delegate)
    found = session.execute(counters.TAKE_QUOTA_AND_COUNT, {"number": invitation.id}).one_or_none()
    if found is None:
        raise _quota_full(invitation)
    return _take(session, delegate, 1, (found[0], found[1]))


def _take(session: orm.Session, delegate: Delegate, people: int, standing: tuple[int | None, bool]) -> bool:
    """Take the places for people of an institution who are counted as seated; count them out if in vain."""
    side_id, was_kept = standing
    of_side = counters.TAKE_KEPT_IN_SIDE if was_kept else counters.TAKE_SIDE
    of_event = counters.TAKE_KEPT_IN_EVENT if was_kept else counters.TAKE_EVENT
    if side_id is None or _change(session, of_side, side_id, people=people, wanted=people):
        if _change(session, of_event, delegate.event_id, people=people, wanted=people):
            return True
        if side_id is not None:
            _change(session, counters.GIVE_BACK_SIDE, side_id, people=people)
    _count_seated(session, delegate.invitation_id, -people)
    return False


def take_quota(session: orm.Session, invitation: Invitation, people: int = 1) -> None:
    """Take places of an institution's quota; raise Conflict("quota_full") when it has not so many left."""
    if not _change(session, counters.TAKE_QUOTA, invitation.id, people=people):
        raise _quota_full(invitation)


def _quota_full(invitation: Invitation) -> Conflict:
    return Conflict("quota_full", field="role", quota=invitation.quota)


def take_sessions(session: orm.Session, sessions: Collection[int], people: int = 1) -> set[int]:
    """Take a place in each session, or so many; return those that had them."""
    if not sessions:
        return set()
    return set(session.scalars(counters.TAKE_SESSIONS, {"numbers": sessions, "people": people}))


def give_back(session: orm.Session, delegate: Delegate, people: int = 1) -> None:
    """Give his place of the event and of his side back, or those of so many of his institution."""
    _change(session, counters.GIVE_BACK_EVENT, delegate.event_id, people=people)
    side_id, _ = _count_seated(session, delegate.invitation_id, -people)
    if side_id is not None:
        _change(session, counters.GIVE_BACK_SIDE, side_id, people=people)


def give_back_quota(session: orm.Session, invitation_id: int | None, people: int = 1) -> None:
    """Give places of a quota back; people who came alone hold none."""
    if invitation_id is not None:
        _change(session, counters.GIVE_BACK_QUOTA, invitation_id, people=people)


def give_back_sessions(session: orm.Session, sessions: Collection[int], people: int = 1) -> None:
    """Give a place back in each session, or so many."""
    if sessions:
        session.execute(counters.GIVE_BACK_SESSIONS, {"numbers": sessions, "people": people})


def change_side(session: orm.Session, invitation: Invitation, side_id: int | None) -> None:
    """Move an institution with its people and kept places to a side; raise Conflict("side_full")."""
    people, wanted = invitation.seated, max(invitation.seated, invitation.reserved)
    if side_id is not None and not _change(
        session, counters.TAKE_SIDE, side_id, people=people, wanted=wanted
    ):
        raise Conflict("side_full", field="side", n=wanted)
    if invitation.side_id is not None:
        _change(session, counters.GIVE_BACK_SIDE, invitation.side_id, people=people)
    invitation.side_id = side_id


def _count_seated(session: orm.Session, invitation_id: int | None, people: int) -> tuple[int | None, bool]:
    """Count people of an institution as seated; return its side, and whether the place was kept for it."""
    if invitation_id is None:
        return None, False
    found = session.execute(counters.COUNT_SEATED, {"number": invitation_id, "people": people})
    side_id, was_kept = found.one()
    return side_id, was_kept


def _change(session: orm.Session, statement: sa.Update, number: int, **known: int) -> bool:
    result = session.execute(statement, {"number": number, **known})
    return bool(result.rowcount)  # type: ignore[attr-defined]  # an UPDATE answers with a CursorResult
