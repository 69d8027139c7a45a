"""The two roundtables of 2021 as their reports tell them: what they do not say stays unknown."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.cli.demo import archive_reports
from app.domain.event_facts import EventFacts, OccasionFacts, OtherTitleFacts, RelationLevel
from app.domain.event_times import Schedule
from app.domain.events import Mode, PartOfDay
from app.domain.invitations import Invite
from app.domain.people import PersonDetails
from app.domain.policy import SYSTEM
from app.domain.programme import (
    AgendaItemDetails,
    AgendaKind,
    AppointmentDetails,
    AppointmentRole,
    SessionDetails,
    SideDetails,
)
from app.domain.registrations import DelegateRole, RegisterDelegate
from app.queries import directory, events, invitations, registrations
from app.services.events import editing, lifecycle
from app.services.invitations import invite
from app.services.programme import agenda, appointments, sessions, sides
from app.services.registrations import attendance, register

_FACTS = Path(__file__).parents[2] / "data" / "roundtables_2021.json"


def build(*, now: datetime) -> None:
    """Enter both roundtables and file them in the archive."""
    for told in json.loads(_FACTS.read_text(encoding="utf-8"))["roundtables"]:
        _enter(told, now)


def _enter(told: dict[str, Any], now: datetime) -> None:
    slug = editing.create(actor=SYSTEM, command=_facts(told), now=now)
    side_ids = {side["code"]: _add_side(slug, side, now) for side in told["sides"]}
    for each in told["sessions"]:
        _add_session(slug, each, side_ids, now)
    items = [_add_item(slug, item, side_ids, now) for item in told["agenda"]]
    people_ids = {
        person["key"]: _appoint_person(slug, person, items, side_ids, now) for person in told["people"]
    }
    for place in told["appointments"]:
        _appoint(slug, AppointmentRole(place["role"]), now, **_only(place, "organization", "labels"))
    _invite(slug, told, side_ids, now)
    for delegate in told["delegates"]:
        _register(slug, delegate, now)
    archive_reports.enter(slug, told, people_ids, now=now)
    lifecycle.publish(actor=SYSTEM, slug=slug, now=now)


def _facts(told: dict[str, Any]) -> EventFacts:
    return EventFacts(
        titles=told["titles"],
        other_titles=tuple(OtherTitleFacts(**other) for other in told["other_titles"]),
        purposes=told["purposes"],
        taglines=told["taglines"],
        is_archive=True,
        schedule=Schedule(
            day=_day(told["date"]),
            part_of_day=PartOfDay(told["part_of_day"]) if told["part_of_day"] else None,
            zone=told["zone"],
        ),
        mode=Mode(told["mode"]),
        occasions=tuple(_occasion(occasion) for occasion in told["occasions"]),
        sectors=tuple(told["sectors"]),
    )


def _occasion(told: dict[str, Any]) -> OccasionFacts:
    return OccasionFacts(
        labels=told["labels"],
        years=told["years"],
        relation_level=RelationLevel(told["relation_level"]),
        date_from=_day(told["date_from"]),
        date_to=_day(told["date_to"]),
        countries=tuple(told["countries"]),
    )


def _add_side(slug: str, told: dict[str, Any], now: datetime) -> str:
    return sides.add_side(actor=SYSTEM, slug=slug, command=SideDetails(**told), now=now)


def _add_session(slug: str, told: dict[str, Any], side_ids: dict[str, str], now: datetime) -> None:
    details = SessionDetails(
        titles=told["titles"], summaries=told["summaries"], sectors=tuple(told["sectors"])
    )
    session = sessions.add_session(actor=SYSTEM, slug=slug, command=details, now=now)
    for speaker in told["speakers"]:
        side = side_ids.get(speaker.get("side", ""))
        place = _only(speaker, "organization", "labels")
        _appoint(slug, AppointmentRole.SPEAKER, now, session=session, side=side, **place)


def _add_item(slug: str, told: dict[str, Any], side_ids: dict[str, str], now: datetime) -> str:
    details = AgendaItemDetails(kind=AgendaKind(told["kind"]), titles=told.get("titles", {}))
    item = agenda.add_item(actor=SYSTEM, slug=slug, command=details, now=now)
    for code, slots in told.get("slots", {}).items():
        appointments.reserve(
            actor=SYSTEM, slug=slug, side=side_ids[code], slots=slots, agenda_item=item, now=now
        )
    return item


def _appoint_person(
    slug: str, told: dict[str, Any], items: list[str], side_ids: dict[str, str], now: datetime
) -> str | None:
    details = PersonDetails(
        **_only(
            told, "full_name", "form_of_address", "ranks", "posts", "organization", "country", "timezone",
            "precedence",
        )
    )  # fmt: skip
    person = None
    for held in told["roles"]:
        where = {
            "side": side_ids.get(held.get("side", "")),
            "agenda_item": items[held["agenda_item"]] if "agenda_item" in held else None,
            "organization": told["organization"],
            "person": person,
        }
        place = _appoint(slug, AppointmentRole(held["role"]), now, **where)
        person = person or appointments.name_person(
            actor=SYSTEM, slug=slug, appointment_id=place, command=details, now=now
        )
    return person


def _appoint(slug: str, role: AppointmentRole, now: datetime, **where: Any) -> str:
    return appointments.appoint(
        actor=SYSTEM, slug=slug, command=AppointmentDetails(role=role, **where), now=now
    )


def _invite(slug: str, told: dict[str, Any], side_ids: dict[str, str], now: datetime) -> None:
    """Enter who took part, in the printed order; groups are those of the day."""
    for code, codes in told["participants"].items():
        chosen = tuple(directory.get_by_code(each).public_id for each in codes)
        command = Invite(organizations=chosen, side=side_ids[code])
        invite.invite(actor=SYSTEM, slug=slug, command=command, now=now)
    for group in told["groups"]:
        members = directory.list_members(group["group"], on=date.fromisoformat(group["day"]))
        command = Invite(organizations=tuple(member.public_id for member in members))
        invite.invite(actor=SYSTEM, slug=slug, command=command, now=now)


def _register(slug: str, told: dict[str, Any], now: datetime) -> None:
    event = events.get(slug, SYSTEM)
    organization = directory.get_by_code(told["organization"])
    invitation = invitations.get_of_organization(event, organization)
    command = RegisterDelegate(
        person=PersonDetails(full_name=told["full_name"], posts=told["posts"]),
        role=DelegateRole(told["role"]),
        sessions=(),
        request_key="report",
    )
    made = register.register_delegate(actor=SYSTEM, invitation=invitation, command=command, now=now)
    if told["attended"]:
        delegate = registrations.get_of_event(event, made.public_id)
        attendance.mark_attended(actor=SYSTEM, delegate=delegate, attended=True, now=now)


def _only(told: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: told[name] for name in names if told.get(name)}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
