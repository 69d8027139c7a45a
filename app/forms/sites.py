"""Forms of connection sites: at the desk, of an institution, who sits there, how many came."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from wtforms import validators
from wtforms.fields import SelectChoice

from app.domain.sites import Endpoint, NotedHeadcount, SiteFacts, SiteKind, SitePlace, SiteStatus
from app.forms.fields import (
    Choice,
    Choices,
    Hidden,
    Line,
    TranslatedLine,
    WholeNumber,
    Zone,
    reader_language,
)
from app.forms.versions import VersionedForm
from app.i18n.catalogue import N_

_PLAIN = ("capacity", "contact_name", "contact_phone", "technician_name", "technician_phone", "planned")
Offered = Iterable[tuple[str, str]]
_PHONE: dict[str, Any] = {"length": 60, "autocomplete": "off", "inputmode": "tel"}


class _SiteForm(VersionedForm):
    """What desk and institution both say of a site."""

    timezone = Zone(N_("Time zone"), hint=N_("Hours are shown in it beside those of the event."))
    capacity = WholeNumber(N_("Seats in the room"))
    contact_name = Line(N_("Contact person"), autocomplete="off")
    contact_phone = Line(N_("Telephone of the contact"), **_PHONE)
    technician_name = Line(N_("Technician"), autocomplete="off")
    technician_phone = Line(
        N_("Telephone of the technician"), hint=N_("Reached during the test and at the event."), **_PHONE
    )
    planned = WholeNumber(
        N_("Planned headcount"), hint=N_("People at this site; sites under it are counted by themselves.")
    )

    def _plain(self) -> dict[str, Any]:
        known = {name: self[name].data for name in _PLAIN}
        return {**known, "timezone": self.timezone.data or None}


class SiteForm(_SiteForm):
    """A site at the desk."""

    names = TranslatedLine(
        N_("Name on the screen"),
        hint=N_("As its tile shows it. Left empty, the name of the institution holds."),
        length=200,
    )
    rooms = TranslatedLine(N_("Room and address"))
    kind = Choice(N_("Kind of site"), SiteKind, required=True)
    stage = Choice(N_("State"), SiteStatus, required=True)
    institution = Choice(
        N_("Institution that tends it"),
        (),
        blank=N_("None: the organiser tends it"),
        hint=N_("Its link shows this site, and nobody else's."),
    )
    parent = Choice(N_("Stands under"), (), blank=N_("No other site"))
    platform = Line(N_("Platform"), hint=N_("Meeting software or room system, whoever makes it."), length=100)
    join_url = Line(
        N_("Link to join"),
        hint=N_("Goes before that of session and event; only confirmed people of this site get it."),
        length=2000,
        checks=[validators.URL(require_tld=False), validators.Regexp("(?i)^https?://")],
        inputmode="url",
        autocomplete="off",
    )
    meeting_id = Line(N_("Meeting ID"), length=100, autocomplete="off")
    passcode = Line(N_("Passcode"), length=100, autocomplete="off")
    dial_address = Line(N_("SIP or H.323 address"), length=300, autocomplete="off")

    def offer(self, institutions: Offered, parents: Offered) -> "SiteForm":
        """Offer the invited institutions and the sites under which it may stand."""
        self.institution.choices += [SelectChoice(*pair) for pair in institutions]
        self.parent.choices += [SelectChoice(*pair) for pair in parents]
        return self

    @staticmethod
    def entered(known: tuple[SiteFacts, SitePlace]) -> dict[str, Any]:
        """Return the values of the fields for a site as it is."""
        facts, place = known
        return {**asdict(facts), **asdict(place), **asdict(place.endpoint), "stage": place.status}

    def facts(self) -> SiteFacts:
        """Return what was typed of the site itself."""
        return SiteFacts(names=self.names.data, rooms=self.rooms.data, **self._plain())

    def place(self) -> SitePlace:
        """Return whose it is, where it stands, how it joins."""
        parts = ("platform", "join_url", "meeting_id", "passcode", "dial_address")
        return SitePlace(
            kind=self.kind.data,
            status=self.stage.data,
            institution=self.institution.data,
            parent=self.parent.data,
            endpoint=Endpoint(**{name: self[name].data for name in parts}),
        )


class OwnSiteForm(_SiteForm):
    """A site as its institution fills it, in the language of the page."""

    name = Line(
        N_("Name on the screen"), hint=N_("Left empty, the name of your institution holds."), length=200
    )
    room = Line(N_("Room and address"), length=400)

    @staticmethod
    def entered(known: SiteFacts) -> dict[str, Any]:
        """Return the values of the fields for a site as it is, in the reader's language."""
        language = reader_language()
        written = {"name": known.names.get(language, ""), "room": known.rooms.get(language, "")}
        return {**asdict(known), **written}

    def facts(self, language: str, known: SiteFacts | None = None) -> SiteFacts:
        """Return what was typed; names and rooms in other languages stay as they are `known`."""
        before = known or SiteFacts()
        return SiteFacts(
            names=_merged(before.names, language, self.name.data),
            rooms=_merged(before.rooms, language, self.room.data),
            **self._plain(),
        )


class PeopleForm(VersionedForm):
    """Who joins from a site, beside whom the page showed there."""

    people = Choices(N_("Who joins from this site"))
    seated = Hidden()

    @classmethod
    def at(cls, seated: Sequence[str], people: Offered) -> "PeopleForm":
        """Return the form for those who sit there (public ids), among all who may."""
        form = cls(data={"people": list(seated), "seated": " ".join(seated)})
        form.people.choices = [SelectChoice(*pair) for pair in people]
        return form

    @property
    def command(self) -> dict[str, list[str]]:
        """Return who is to sit there, and who did on the page."""
        return {"delegates": self.people.data, "seen": self.seated.data.split()}

    def compare(self, recorded: Mapping[str, Any]) -> None:
        """Note who sits there now beside whom he chose."""
        self.seated.data = recorded["seated"]
        super().compare(recorded)


class HeadcountForm(VersionedForm):
    """How many people were at each site; made anew for the sites of an event."""

    @classmethod
    def on(cls, lines: Iterable[tuple[str, str, int | None]]) -> "HeadcountForm":
        """Return the form with a number for each site (public id, name), beside what the page showed."""
        parts: dict[str, Any] = {}
        known: dict[str, Any] = {}
        for site, name, counted in lines:
            parts |= {f"counted_{site}": WholeNumber(name), f"seen_{site}": Hidden()}
            known |= {f"counted_{site}": counted, f"seen_{site}": "" if counted is None else str(counted)}
        form: HeadcountForm = type("Headcounts", (cls,), parts)(data=known)
        form.sites = tuple(part.removeprefix("seen_") for part in parts if part.startswith("seen_"))
        return form

    def compare(self, recorded: Mapping[str, Any]) -> None:
        """Take the present numbers where nothing was typed; beside the others show what was typed."""
        for site in self.sites:
            counted, seen = self[f"counted_{site}"], self[f"seen_{site}"]
            if counted.data == _number(seen.data):
                counted.data = recorded[counted.name]
            seen.data = recorded[seen.name]
        super().compare({name: value for name, value in recorded.items() if name.startswith("counted_")})

    sites: tuple[str, ...] = ()

    def noted(self) -> dict[str, NotedHeadcount]:
        """Return what was typed beside what had been shown."""
        return {
            site: NotedHeadcount(
                counted=self[f"counted_{site}"].data,
                seen=_number(self[f"seen_{site}"].data),
            )
            for site in self.sites
        }


def _merged(before: Mapping[str, str], language: str, text: str) -> dict[str, str]:
    return {code: words for code, words in {**before, language: text}.items() if words}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
