"""The places of delegations by hand: one number for each, empty for the rule."""

from collections.abc import Iterable, Mapping

import wtforms

from app.forms.fields import Form, WholeNumber

_PREFIX = "place-"
_DIGITS = 6


def places_form(invitations: Iterable[tuple[str, str, int | None]]) -> Form:
    """Return the form for invitations, given as public id, name and present place."""
    known = list(invitations)
    fields = {f"{_PREFIX}{public_id}": WholeNumber(name, least=1, most=2_000) for public_id, name, _ in known}
    kind = type("PlacesForm", (Form,), fields)
    form: Form = kind(data={f"{_PREFIX}{public_id}": place for public_id, _, place in known})
    return form


def places(form: wtforms.Form) -> Mapping[str, int | None]:
    """Return the wanted place by public id."""
    return {field.name.removeprefix(_PREFIX): field.data for field in form if field.name.startswith(_PREFIX)}


def moved(value: str) -> tuple[str, int] | None:
    """Return which delegation (public id) goes to which place, from the button or the drop that says so."""
    public_id, _, place = value.partition(":")
    return (public_id, int(place)) if public_id and place.isdecimal() and len(place) < _DIGITS else None
