"""An address of every route, with ids of things that exist in the demo."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import AnyConverter, Rule

from app import site
from app.db import db
from app.models.accounts import Account
from app.models.calendars import CalendarCopy
from app.models.change_requests import ChangeRequest
from app.models.directory import Contact, Organization, Twinning
from app.models.events import Event, Side
from app.models.imports import Import
from app.models.inbound import InboundMail
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.models.people import Person
from app.models.programme import AgendaItem, Appointment, Session
from app.models.registrations import Delegate
from app.models.sites import Bridge, Site
from app.models.speaking import SpeakingRequest
from app.models.upkeep import Merge
from app.queries.reports import TABLES
from app.web.guard import guard_of

_ROWS = {
    "delegate_id": Delegate,
    "invitation": Invitation,
    "session_id": Session,
    "item_id": AgendaItem,
    "appointment_id": Appointment,
    "side_id": Side,
    "person_id": Person,
    "contact_id": Contact,
    "twinning_id": Twinning,
    "site_id": Site,
    "bridge_id": Bridge,
    "mail_id": InboundMail,
    "merge_id": Merge,
    "made": Import,
}
"""What an argument of that name is the public id of."""
_UNDER = {
    "/organizer/accounts/": Account,
    "/organizer/directory/": Organization,
    "/organizer/events/": OutboxMessage,
}
"""What `public_id` is, by the pages it stands among."""
_OF_INSTITUTIONS = {"delegate_id", "site_id"}
_REPORTS = {f"{kind}s".replace("newss", "news"): table for kind, table in TABLES.items()}
_ELSE = {"number": 1, "line": 1, "kind": "invitation", "filename": "bantron.css"}
_ELSE |= dict.fromkeys(("name", "letter", "draft", "slot", "focal_point", "filter_id"), "x")


def addresses(app: Flask) -> Iterator[tuple[str, str]]:
    """Yield endpoint and path of every route of the map, one for each of its choices."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        choices = {
            name: sorted(converter.items)
            for name, converter in rule._converters.items()
            if isinstance(converter, AnyConverter)
        }
        for chosen in product(*choices.values()):
            known = dict(zip(choices, chosen, strict=True))
            yield rule.endpoint, adapter.build(rule.endpoint, _values(rule, known))


def _values(rule: Rule, known: Mapping[str, str]) -> dict[str, Any]:
    """Return a value for each argument; those that belong together come from one row."""
    row = _row(rule, known)
    found = {
        **_ELSE,
        **dict.fromkeys((*_ROWS, "public_id", "report_id", "request_id"), row.public_id if row else "x"),
        "organization_id": _organization(row),
        "gone_id": _one(Organization, last=True).public_id,
        "slug": _slug(row),
        **known,
    }
    if "uid" in rule.arguments:
        found["uid"] = _entry(row)
    if isinstance(row, OutboxMessage):
        found["letter"] = row.public_id
    if isinstance(row, Delegate) and row.seats:
        found["session_id"] = row.seats[0].session.public_id
    if "token" in rule.arguments:
        found["token"] = _token(guard_of(rule.endpoint), row)
    return {name: found[name] for name in rule.arguments}


def _row(rule: Rule, known: Mapping[str, str]) -> Any:
    if "report_id" in rule.arguments:
        return _one(_REPORTS[known["kind"]])
    if rule.endpoint == "organizer_calendar_previews.of_letter":
        return _one(OutboxMessage, of_an_invitation=True)
    if "uid" in rule.arguments:
        return _with_entry(Delegate if "delegate_id" in rule.arguments else Invitation)
    if {"token", "session_id"} <= rule.arguments:
        return db.session.scalars(sa.select(Delegate).where(Delegate.seats.any()).limit(1)).first()
    for name in sorted(rule.arguments & _ROWS.keys()):
        return _one(_ROWS[name], of_an_invitation=name in _OF_INSTITUTIONS)
    if "request_id" in rule.arguments:
        asks_for_change = rule.endpoint.startswith("organizer_change_requests.")
        return _one(ChangeRequest if asks_for_change else SpeakingRequest)
    if "public_id" in rule.arguments:
        return _one(next(kind for above, kind in _UNDER.items() if rule.rule.startswith(above)))
    return None


def _one(kind: Any, *, of_an_invitation: bool = False, last: bool = False) -> Any:
    query = sa.select(kind).order_by(kind.id.desc() if last else kind.id)
    if of_an_invitation:
        query = query.where(kind.invitation_id.is_not(None))
    if kind is OutboxMessage:
        query = query.where(OutboxMessage.event_id.is_not(None))
    return db.session.scalars(query.limit(1)).first()


def _with_entry(kind: type[Delegate] | type[Invitation]) -> Delegate | Invitation:
    """Return a guest in whose calendar something stands."""
    theirs = CalendarCopy.delegate_id if kind is Delegate else CalendarCopy.invitation_id
    held = sa.select(theirs).where(theirs.is_not(None), CalendarCopy.is_cancelled.is_(False))
    return db.session.scalars(sa.select(kind).where(kind.id.in_(held)).order_by(kind.id)).first()


def _entry(guest: Invitation | Delegate) -> str:
    """Return the UID of what the guest's calendar holds."""
    theirs = (CalendarCopy.invitation_id, CalendarCopy.delegate_id)[isinstance(guest, Delegate)]
    return db.session.scalars(sa.select(CalendarCopy.uid).where(theirs == guest.id)).first()


def _organization(row: Any) -> str:
    if isinstance(row, Contact):
        return row.organization.public_id
    return row.first.public_id if isinstance(row, Twinning) else _one(Organization).public_id


def _invitation(wanted: Any) -> Invitation:
    return db.session.scalars(sa.select(Invitation).where(wanted)).first()


def _slug(row: Any) -> str:
    """Return the event of the row, else the one that admits open registration: it has everything."""
    wanted = Event.id == row.event_id if hasattr(row, "event_id") else Event.admits_open_registration
    return db.session.scalars(sa.select(Event.slug).where(wanted)).first()


def _token(guard: str | None, row: Any) -> str:
    delegate = row if isinstance(row, Delegate | Site | Import) else _one(Delegate, of_an_invitation=True)
    links = {
        "link:invitation": lambda: site.invitation_url(delegate.invitation),
        "link:member": lambda: site.member_url(_invitation(Invitation.takes_members)),
        "link:approval": lambda: site.approval_url(_invitation(Invitation.approver_email.is_not(None))),
        "link:delegate": lambda: site.delegate_url(delegate),
        "link:desk-feed": lambda: site.desk_feed_url(_one(Account)),
        "link:delegate-feed": lambda: site.delegate_feed_url(delegate),
    }
    return urlsplit(links[guard]()).path.split("/")[-1].removesuffix(".ics") if guard in links else "x"
