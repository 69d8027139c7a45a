"""The round table as a picture: institutions as seats, grouped by side, filled by how far they have come."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import url_for

from app.domain.coverage import NO_SIDE, OUTCOMES
from app.domain.languages import in_language
from app.i18n.punctuation import colon
from app.i18n.wording import label
from app.queries import coverage_pictures
from app.queries.coverage import Tally
from app.queries.coverage_pictures import Place
from app.web import languages
from app.web.organizer import coverage_words

if TYPE_CHECKING:
    from app.models.events import Event


def of(event: "Event", tallies: Mapping[str | None, Tally]) -> list[dict[str, Any]]:
    """Return the benches for components/ring.html in the order of the sides, seats in protocol order."""
    total = sum(tally.invited for tally in tallies.values())
    seats = coverage_pictures.list_seats(event) if total <= coverage_pictures.MOST_SEATS else []
    codes: dict[str | None, str] = {side.public_id: side.code for side in event.sides}
    return [
        {
            "label": coverage_words.side_name(event, key),
            "href": url_for("organizer_coverage.show", slug=event.slug, side=key or NO_SIDE, _anchor="list"),
            "code": codes.get(key, ""),
            "n": tallies[key].invited,
            "counts": counts(tallies[key]),
            "seats": [_seat(seat) for seat in seats if seat.side == key],
        }
        for key in (*codes, None)
        if key in tallies
    ]


def counts(tally: Tally) -> list[dict[str, Any]]:
    """Return how many stand at each mark, those that have come furthest first."""
    return [
        {"state": mark, "label": label(mark, languages.current()), "count": tally.outcomes[mark]}
        for mark in reversed(OUTCOMES)
        if tally.outcomes[mark]
    ]


def _seat(place: Place) -> dict[str, Any]:
    language = languages.current()
    words = f"{in_language(place.names, language)}{colon(language)} {label(place.mark, language)}"
    return {"state": place.mark, "title": words}
