"""The form for a slot filled with what is free: for each bridge and day the hours, in both zones."""

from typing import TYPE_CHECKING

from app.domain import clock
from app.forms.connection_tests import SlotForm, slot_name
from app.i18n import moments
from app.queries import bridges
from app.web import languages

if TYPE_CHECKING:
    from datetime import datetime

    from app.models.sites import Site


def free_slots(site: "Site") -> SlotForm:
    """Offer the free slots of all bridges, and the booked one of this site."""
    event, language = site.event, languages.current()
    zone = event.timezone or "UTC"
    groups: dict[str, list[tuple[str, str]]] = {}
    booked = site.open_test
    mine = (booked.bridge_id, booked.starts_at) if booked else None
    for schedule in bridges.list_schedules(event):
        bridge = schedule.bridge
        day = moments.format_date(moments.local_day(bridge.starts_at, zone), language, weekday=True)
        name = f"{day} · {bridge.name}"
        free = [
            (slot_name(bridge.public_id, slot.starts_at), _words(slot.starts_at, slot.ends_at, zone, site))
            for slot in schedule.slots
            if (slot.test is None and slot.starts_at > clock.now()) or (bridge.id, slot.starts_at) == mine
        ]
        if free:
            groups.setdefault(name, []).extend(free)
    chosen = booked and booked.bridge and slot_name(booked.bridge.public_id, booked.starts_at)
    return SlotForm.on(groups, chosen or None)


def _words(starts: "datetime", ends: "datetime", zone: str, site: "Site") -> str:
    """Return "08/12, 09:00–09:10", where the site's clock shows something else with that beside it."""
    language, day = languages.current(), moments.local_day(starts, zone)
    there = moments.format_moment(starts, ends, zone, language, site.timezone, day=day).reader
    here = f"{moments.format_short_date(day, language)}, {moments.format_clock(starts, ends, zone)}"
    return f"{here} · {there}" if there else here
