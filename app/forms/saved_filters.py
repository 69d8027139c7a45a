"""A filter that is kept: its name, and the wishes of an address in one order without what narrows nothing."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from app.domain.mail import MessageState
from app.domain.saved_filters import LONGEST_NAME, OF_EVENTS, FilteredList, SaveFilter
from app.domain.text import clean_line
from app.forms import coverage_filters, delegate_filters, directory, event_filter, guest_filters
from app.forms.fields import Form, Line, Tick
from app.i18n.catalogue import N_

_LONGEST = 100


class _Wishes(NamedTuple):
    """The names under which a list reads its wishes, in order, and what it makes of them."""

    names: tuple[str, ...]
    read: Callable[[Mapping[str, str]], object]


_VIEWS = frozenset({"shelf", "by", "order"})
"""Wishes that show a list in another way: they narrow nothing by themselves."""
_OF_ONE_EVENT = frozenset({"side", "session", "institution"})
"""Wishes that name something of one event."""
_LISTS = {
    FilteredList.EVENTS: _Wishes(event_filter.NAMES, event_filter.criteria),
    FilteredList.DIRECTORY: _Wishes(
        directory.NAMES,
        lambda args: (directory.read_filter(args, date.min), directory.read_order(args)),
    ),
    FilteredList.BOARD: _Wishes(
        tuple(name for name in coverage_filters.NAMES if name != "chase"),
        lambda args: (
            coverage_filters.filters(args),
            *(coverage_filters.part(args, has_sides=there) for there in (True, False)),
        ),
    ),
    FilteredList.GUESTS: _Wishes(guest_filters.NAMES, guest_filters.filters),
    FilteredList.DELEGATES: _Wishes(delegate_filters.NAMES, delegate_filters.filters),
    FilteredList.MAIL: _Wishes(
        ("state",), lambda args: next((one for one in MessageState if one == args.get("state")), None)
    ),
}


class SaveFilterForm(Form):
    """Under which name, and where it is offered."""

    name = Line(N_("Name of the filter"), required=True, length=LONGEST_NAME, autocomplete="off")
    is_everywhere = Tick(
        N_("Offer it at every roundtable"), hint=N_("Otherwise it is offered at this one alone.")
    )

    def command(self, shown_on: FilteredList, slug: str | None, wishes: Mapping[str, str]) -> SaveFilter:
        """Return what to keep."""
        return SaveFilter(
            shown_on=shown_on,
            slug=slug,
            name=self.name.data,
            query=query(shown_on, wishes),
            is_everywhere=self.is_everywhere.data and may_be_everywhere(shown_on, wishes),
        )


class RenameFilterForm(Form):
    """Another name."""

    name = Line(N_("Name of the filter"), required=True, length=LONGEST_NAME, autocomplete="off")


def query(shown_on: FilteredList, args: Mapping[str, str]) -> str:
    """Return the wishes of an address as its canonical query, "" when they narrow nothing.

    A wish counts when the list reads something else without it.
    """
    names, read = _LISTS[shown_on]
    wishes = {name: text for name in names if (text := clean_line(args.get(name, ""))[:_LONGEST])}
    for name in names:
        without = {other: text for other, text in wishes.items() if other != name}
        if read(without) == read(wishes):
            wishes = without
    return urlencode(wishes) if wishes.keys() - _VIEWS else ""


def may_be_everywhere(shown_on: FilteredList, args: Mapping[str, str]) -> bool:
    """Tell whether the wishes make sense at every event."""
    return shown_on in OF_EVENTS and not any(args.get(name) for name in _OF_ONE_EVENT)
