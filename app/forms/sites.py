"""Forms of connection sites: at the desk, of an institution, who sits there, how many came."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from wtforms import validators
from wtforms.fields import SelectChoice

from app.domain.sites import Endpoint, NotedHeadcount, SiteFacts, SiteKind, SitePlace, SiteStatus
from app.forms.fields import (
    Choice,
    Choices,
    Form,
    Hidden,
    Line,
    TranslatedLine,
    WholeNumber,
    Zone,
)
from app.i18n.catalogue import N_

_PLAIN = ("capacity", "contact_name", "contact_phone", "technician_name", "technician_phone", "planned")
Offered = Iterable[tuple[str, str]]
_PHONE: dict[str, Any] = {"length": 60, "autocomplete": "off", "inputmode": "tel"}


class _SiteForm(Form):
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
    revision = Hidden()

    @property
    def seen_revision(self) -> int:
        """Return the revision that the page showed; 0, which no site has, where it was tampered with."""
        return int(self.revision.data) if self.revision.data.isdecimal() else 0

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
    platform = Line(N_("Platform"), hint=N_("Of any vendor, in words."), length=100)
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

    @classmethod
    def of(cls, facts: SiteFacts, place: SitePlace, revision: int) -> "SiteForm":
        """Return the form for a site as it is."""
        known = {**asdict(facts), **asdict(place), **asdict(place.endpoint)}
        return cls(data={**known, "stage": place.status, "revision": str(revision)})

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

    @classmethod
    def of(cls, facts: SiteFacts, revision: int, language: str) -> "OwnSiteForm":
        """Return the form for a site as it is."""
        written = {"name": facts.names.get(language, ""), "room": facts.rooms.get(language, "")}
        return cls(data={**asdict(facts), **written, "revision": str(revision)})

    def facts(self, language: str, known: SiteFacts | None = None) -> SiteFacts:
        """Return what was typed; names and rooms in other languages stay as they are `known`."""
        before = known or SiteFacts()
        return SiteFacts(
            names=_merged(before.names, language, self.name.data),
            rooms=_merged(before.rooms, language, self.room.data),
            **self._plain(),
        )


class PeopleForm(Form):
    """Who joins from a site."""

    people = Choices(N_("Who joins from this site"))

    def offer(self, people: Offered) -> "PeopleForm":
        """Offer delegates by public id."""
        self.people.choices = [SelectChoice(*pair) for pair in people]
        return self


class HeadcountForm(Form):
    """How many people were at each site; made anew for the sites of an event."""

    @classmethod
    def of(cls, counted: Mapping[str, int | None]) -> "HeadcountForm":
        """Return the form with a number for each site (public id) and what the page showed before."""
        parts: dict[str, Any] = {}
        for site in counted:
            parts[f"counted_{site}"] = WholeNumber(N_("Headcount"))
            parts[f"seen_{site}"] = Hidden()
        shown = {site: "" if number is None else str(number) for site, number in counted.items()}
        known: dict[str, Any] = {f"counted_{site}": number for site, number in counted.items()}
        known |= {f"seen_{site}": number for site, number in shown.items()}
        form: HeadcountForm = type("Headcounts", (cls,), parts)(data=known)
        form.sites = tuple(counted)
        return form

    sites: tuple[str, ...] = ()

    def noted(self) -> dict[str, NotedHeadcount]:
        """Return what was typed beside what had been shown."""
        return {
            site: NotedHeadcount(
                counted=self[f"counted_{site}"].data,
                seen=int(seen) if (seen := self[f"seen_{site}"].data).isdecimal() else None,
            )
            for site in self.sites
        }


def _merged(before: Mapping[str, str], language: str, text: str) -> dict[str, str]:
    return {code: words for code, words in {**before, language: text}.items() if words}
