"""What the forms of the programme offer: sessions and their items, sides, people, organisations."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.domain import clock
from app.domain.languages import in_language
from app.domain.people import addressed_name
from app.i18n import moments
from app.i18n.wording import label
from app.queries import details, holders, programme, sectors
from app.web import languages

if TYPE_CHECKING:
    from app.models.events import Event
    from app.models.programme import AgendaItem

Pairs = list[tuple[str, str]]


def sector_pairs() -> Pairs:
    """Return the fields of cooperation."""
    return [(sector.code, _words(sector.names)) for sector in sectors.list_sectors()]


def session_pairs(event: "Event") -> Pairs:
    """Return the sessions."""
    return [
        (s.public_id, f"{s.position}. {_words(s.titles)}") for s in programme.list_planned_sessions(event)
    ]


def place_pairs(event: "Event") -> Pairs:
    """Return every place in the programme: items of the event, sessions, items of the sessions."""
    items = programme.list_planned_items(event)
    pairs = [*_item_pairs(item for item in items if item.session_id is None)]
    for session in programme.list_planned_sessions(event):
        pairs.append((f"session:{session.public_id}", f"{session.position}. {_words(session.titles)}"))
        pairs.extend(_item_pairs(item for item in items if item.session_id == session.id))
    return pairs


def side_pairs(event: "Event") -> Pairs:
    """Return the sides."""
    return [(side.public_id, _words(side.names)) for side in event.sides]


def person_pairs(event: "Event") -> Pairs:
    """Return the people of the event by name."""
    return [
        (
            person.public_id,
            addressed_name(
                person.full_name,
                person.native_name,
                person.form_of_address,
                person.ranks,
                languages.current(),
            ),
        )
        for person in programme.list_people(event)
    ]


def lists(event: "Event") -> dict[str, list[str]]:
    """Return the organisations and zones that a page proposes while somebody types."""
    on = event.date or clock.now().date()
    return {
        "organizations": [details.shown(one, languages.current()) for one in holders.list_holders(on=on)],
        "zones": list(moments.NAMED_ZONES),
    }


def _item_pairs(items: Iterator["AgendaItem"]) -> Iterator[tuple[str, str]]:
    for item in items:
        words = _words(item.titles) or label(item.kind, languages.current())
        yield f"item:{item.public_id}", f"– {words}"


def _words(texts: dict[str, str]) -> str:
    return in_language(texts, languages.current())
