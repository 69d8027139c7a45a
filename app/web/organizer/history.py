"""The history of an event at the desk: who did what, when, from where."""

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, url_for

from app.domain.event_times import HOME_ZONE
from app.domain.policy import Permission
from app.i18n import acts, moments
from app.queries import events, history
from app.web import guard, languages
from app.web.paging import asked_page

if TYPE_CHECKING:
    from app.models.audit import AuditEntry

pages = Blueprint("organizer_history", __name__, url_prefix="/organizer/events/<slug>")


@pages.get("/history")
@guard.signed_in(Permission.READ)
def show(slug: str) -> str:
    """Show a page of the history."""
    event = events.get(slug, guard.actor())
    number, count = asked_page(), history.count_of_event(event)
    zone = event.timezone or HOME_ZONE
    return render_template(
        "organizer/history/event.html",
        event=event,
        entries=[_told(entry, zone) for entry in history.list_of_event(event, page=number)],
        count=count,
        current=number,
        last=-(-count // history.PAGE),
        address=lambda page: url_for("organizer_history.show", slug=slug, page=page),
    )


def _told(entry: "AuditEntry", zone: str) -> dict[str, str]:
    language = languages.current()
    at = f"{moments.format_timestamp(entry.at, zone, language)} {moments.zone_name(zone, entry.at, language)}"
    return {
        "at": at,
        "who": acts.who_text(entry.actor_kind, entry.actor_name, language),
        "what": acts.act_text(entry.act, entry.subject_name, language),
        "source": acts.source_text(entry.source, language),
    }
