"""What the form of an event offers: fields of cooperation, umbrella events, organisations, zones."""

from typing import TYPE_CHECKING, Any

from wtforms.fields import SelectChoice

from app.domain import clock
from app.domain.languages import in_language
from app.forms.events import EventForm
from app.i18n import moments
from app.queries import event_facts, events, organizations, sectors
from app.web import guard, languages

if TYPE_CHECKING:
    from app.models.events import Event


def offered(form: EventForm, event: "Event | None" = None) -> EventForm:
    """Fill in the choices that come from the database."""
    language = languages.current()
    form.sectors.choices = [
        SelectChoice(sector.code, in_language(sector.names, language)) for sector in sectors.list_sectors()
    ]
    form.parent.choices = [form.parent.choices[0]] + [
        SelectChoice(other.slug, _named(other))
        for other in events.list_umbrellas(guard.actor(), apart_from=event)
    ]
    return form


def lists() -> dict[str, Any]:
    """Return the organisations and zones that the page proposes while somebody types."""
    today = clock.now().date()
    return {
        "organizations": [
            event_facts.shown_name(organization, languages.current())
            for organization in organizations.list_carriers(on=today)
        ],
        "zones": moments.NAMED_ZONES,
        "now": clock.now(),
    }


def _named(event: "Event") -> str:
    title = in_language(event.titles, languages.current())
    return f"{title} ({event.date.year})" if event.date else title
