"""The filter of the directory's list."""

from collections.abc import Mapping
from datetime import date

from wtforms.fields import SelectChoice

from app.domain.directory import DirectoryFilter, GroupCode, OrganizationKind
from app.domain.text import clean_line
from app.forms.fields import LINE, Choice, Day, Form, Line, reader_language
from app.i18n.catalogue import N_
from app.i18n.countries import senders

ANY_DAY = "any"
NAMES = ("q", "group", "kind", "country", "place", "region", "on", "order")
ORDERS = ("name", "-name", "kind")


class FilterForm(Form):
    """What the list of organisations shows; it is sent by GET."""

    class Meta(Form.Meta):
        """Reading needs no protection against forgery."""

        csrf = False

    q = Line(N_("Name, other spelling or code"), type="search")
    group = Choice(N_("Group"), GroupCode, blank=N_("All groups"))
    kind = Choice(N_("Kind of organisation"), OrganizationKind, blank=N_("All kinds"))
    country = Choice(N_("Country"), (), blank=N_("All countries"))
    place = Choice(N_("Seat in"), (), blank=N_("Everywhere"))
    on = Day(N_("In existence on"))

    def __init__(self, chosen: DirectoryFilter, used: Mapping[str, list[str]]) -> None:
        """Show what was chosen; offer the countries that the directory knows (`used`: by field)."""
        shown = {"q": chosen.text, "group": chosen.group, "kind": chosen.kind, "on": chosen.on}
        super().__init__(formdata=None, data=shown | {"country": chosen.country, "place": chosen.place})
        for field in (self.country, self.place):
            names = [one for one in senders(reader_language()) if one[0] in used[field.name]]
            field.choices = [field.choices[0], *(SelectChoice(*one) for one in names)]


def read_order(arguments: Mapping[str, str]) -> str:
    """Return by what an address sorts the list: by name, if nothing that is known is asked for."""
    order = arguments.get("order", "")
    return order if order in ORDERS else ORDERS[0]


def read_filter(arguments: Mapping[str, str], today: date) -> DirectoryFilter:
    """Return the filter of an address; what is not understood means "any", without a day: today."""
    return DirectoryFilter(
        text=clean_line(arguments.get("q", ""))[:LINE],
        group=next((code for code in GroupCode if code == arguments.get("group")), None),
        kind=next((kind for kind in OrganizationKind if kind == arguments.get("kind")), None),
        country=arguments.get("country") or None,
        place=arguments.get("place") or None,
        region=arguments.get("region") or None,
        on=_day(arguments.get("on", ""), today),
    )


def _day(text: str, today: date) -> date | None:
    if text == ANY_DAY:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today
