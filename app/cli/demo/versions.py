"""Versions of the live roundtable's programme: two that guests know, and changes that wait for the third."""

from dataclasses import replace
from datetime import datetime, time

from app.domain.local_time import Hours
from app.domain.policy import SYSTEM
from app.domain.programme import AgendaItemDetails, AgendaKind
from app.queries import details, events, programme
from app.services.programme import agenda, sessions, versions

_NOTE = {
    "vi": "Phiên 2 có thêm phần thảo luận giữa doanh nghiệp và địa phương.",
    "en": "Session 2 now has a discussion between companies and localities.",
    "ru": "Во второй секции добавлено обсуждение между компаниями и регионами.",
    "fr": "La séance 2 comprend désormais un débat entre entreprises et provinces.",
}


def build(slug: str, *, first: str, second: str, now: datetime) -> None:
    """Release twice; then let the first talks be shorter, and the second session begin later."""
    versions.release(actor=SYSTEM, slug=slug, number=1, notes={}, tells=False, now=now)
    _add(slug, second, AgendaKind.PRESENTATION, 30, now)
    _add(slug, second, AgendaKind.DISCUSSION, 40, now)
    versions.release(actor=SYSTEM, slug=slug, number=2, notes=_NOTE, tells=False, now=now)
    _shorten(slug, first, now)
    _begin_later(slug, second, now)
    _add(slug, second, AgendaKind.CLOSING_REMARKS, 10, now)


def _add(slug: str, session: str, kind: AgendaKind, minutes: int, now: datetime) -> None:
    item = AgendaItemDetails(kind=kind, session=session, minutes=minutes)
    agenda.add_item(actor=SYSTEM, slug=slug, command=item, now=now)


def _shorten(slug: str, session: str, now: datetime) -> None:
    plan = programme.get_plan(events.get(slug, SYSTEM))
    (block,) = [one for one in plan.sessions if one.session.public_id == session]
    talks = next(point.item for point in block.agenda if point.item.kind is AgendaKind.PRESENTATION)
    command = AgendaItemDetails(kind=talks.kind, session=session, minutes=35)
    agenda.edit_item(
        actor=SYSTEM, slug=slug, item_id=talks.public_id, revision=talks.revision, command=command, now=now
    )


def _begin_later(slug: str, session: str, now: datetime) -> None:
    event = events.get(slug, SYSTEM)
    row = programme.get_session(event, session)
    known = details.of_session(row, event)
    command = replace(known, hours=Hours(day=known.hours.day, starts=time(15, 40), ends=time(17)))
    sessions.edit_session(
        actor=SYSTEM, slug=slug, session_id=session, revision=row.revision, command=command, now=now
    )
