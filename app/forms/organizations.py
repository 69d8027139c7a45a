"""Forms of organisations: what people know about them, how they end, with whom they are twinned."""

from typing import TYPE_CHECKING, Any

from wtforms.fields import SelectChoice

from app.domain.directory import OrganizationKind
from app.domain.languages import in_language
from app.domain.organizations import Details
from app.domain.text import lines
from app.forms.fields import (
    Choice,
    Day,
    Email,
    Form,
    Hidden,
    Line,
    Paragraph,
    TranslatedLine,
    Zone,
    reader_language,
)
from app.forms.versions import VersionedForm
from app.i18n.catalogue import N_
from app.i18n.countries import senders

if TYPE_CHECKING:
    from app.models.directory import Organization

_TEXTS = (
    "abbreviation", "parent", "successor", "country", "host_country", "region", "timezone", "address", "fax",
    "email", "website",
)  # fmt: skip
_SAME = (
    "kind", "names", "short_names", "kind_labels", "city", "valid_from", "valid_to",
    *(name for name in _TEXTS if name not in {"parent", "successor", "region"}),
)  # fmt: skip
"""Fields that the form and the row hold alike."""


class OrganizationForm(VersionedForm):
    """What people know about an organisation."""

    seen_alike = Hidden()
    """Set when the page has shown whom it resembles."""
    kind = Choice(N_("Kind of organisation"), OrganizationKind, required=True)
    names = TranslatedLine(
        N_("Name of the organisation"), hint=N_("As it writes itself; one language is enough.")
    )
    short_names = TranslatedLine(N_("Short name"), hint=N_("For lists: Quảng Trị."), length=200)
    kind_labels = TranslatedLine(
        N_("Word for the kind"), hint=N_("Where it is finer than the kind: tỉnh, vùng, cộng hòa."), length=100
    )
    abbreviation = Line(N_("Abbreviation"), length=60)
    aliases = Paragraph(N_("Other spellings"), hint=N_("One on each line. The search finds them."))
    parent = Line(N_("Part of"), hint=N_("The organisation directly above it."), length=400, list="parents")
    country = Choice(
        N_("Country"), (), hint=N_("For a mission: the country that sends it."), blank=N_("Not stated")
    )
    host_country = Choice(N_("Seat in another country"), (), blank=N_("No, in its own country"))
    city = TranslatedLine(N_("City"), length=200)
    region = Line(N_("Locality where it sits"), length=400, list="regions")
    timezone = Zone(N_("Time zone"), hint=N_("For example Asia/Ho_Chi_Minh."))
    valid_from = Day(N_("Exists since"), hint=N_("Leave empty when it has always been there."))
    valid_to = Day(
        N_("Last day"),
        hint=N_(
            "After it the organisation leaves lists and groups; events keep the one valid on their date."
        ),
    )
    successor = Line(
        N_("Successor"),
        hint=N_("Who follows it after the last day; several may have the same one."),
        length=400,
        list="successors",
    )
    address = Line(N_("Address"), length=400, autocomplete="off")
    phones = Paragraph(N_("Telephone numbers"), hint=N_("One on each line."), inputmode="tel")
    fax = Line(N_("Fax"), length=60, inputmode="tel")
    email = Email(N_("E-mail of the office"), autocomplete="off")
    website = Line(N_("Website"), length=400)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the countries in the reader's language."""
        super().__init__(*args, **kwargs)
        for field in (self.country, self.host_country):
            field.choices = [field.choices[0], *(SelectChoice(*one) for one in senders(reader_language()))]

    @classmethod
    def of_organization(cls, row: "Organization", region: "Organization | None") -> "OrganizationForm":
        """Return the form of an organisation as it stands, or as it was sent."""
        shown = {name: getattr(row, name) for name in _SAME} | {"revision": row.revision}
        return cls(
            data=shown
            | {"aliases": "\n".join(alias.name for alias in row.aliases), "phones": "\n".join(row.phones)}
            | {"parent": named(row.parent), "successor": named(row.successor), "region": named(region)}
        )

    def command(self) -> Details:
        """Return the details; raise InvalidInput where they break a rule."""
        return Details(
            kind=self.kind.data,
            names=self.names.data,
            short_names=self.short_names.data,
            kind_labels=self.kind_labels.data,
            city=self.city.data,
            valid_from=self.valid_from.data,
            valid_to=self.valid_to.data,
            aliases=lines(self.aliases.data),
            phones=lines(self.phones.data),
            **{name: self[name].data or None for name in _TEXTS},
        )


class NewOrganizationForm(OrganizationForm):
    """The same, with a code that stays."""

    code = Line(
        N_("Code"), hint=N_("Stays the same for ever. Leave it empty and the system makes one."), length=40
    )


class ClosureForm(VersionedForm):
    """Until when an organisation existed, and what came after it."""

    last_day = Day(N_("Last day"), hint=N_("The last day on which it exists."), required=True)
    successor = Line(
        N_("Successor"), hint=N_("Leave empty when nothing follows it."), length=400, list="successors"
    )


class RemovalForm(VersionedForm):
    """One button: delete."""


class MergeForm(Form):
    """With which organisation another one is merged; the revisions are those that the page showed."""

    kept_revision = Hidden()
    gone_revision = Hidden()

    @property
    def seen(self) -> dict[str, int]:
        """Return both revisions; 0, which no row has, where one was tampered with."""
        shown = {"kept_revision": self.kept_revision.data, "gone_revision": self.gone_revision.data}
        return {name: int(text) if text.isdecimal() else 0 for name, text in shown.items()}


class OtherOrganizationForm(Form):
    """Which other organisation is meant."""

    other = Line(
        N_("The other organisation"),
        hint=N_("Name, abbreviation or code."),
        required=True,
        length=400,
        list="others",
    )


class TwinningForm(Form):
    """With which locality another one is twinned."""

    partner = Line(
        N_("Twinned with"),
        hint=N_("Name or code of the locality."),
        required=True,
        length=400,
        list="localities",
    )
    since = Day(N_("Since"), hint=N_("Leave empty when the day is not known."))


def named(row: "Organization | None") -> str:
    """Return "Bộ Ngoại giao [MOFA-VN]", which is understood wherever an organisation is typed."""
    if row is None:
        return ""
    return f"{in_language(row.names, reader_language())} [{row.code}]"
