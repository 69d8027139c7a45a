"""Forms of the programme: sessions, agenda items, appointments, slots and sides."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any, TypeVar

from wtforms import validators
from wtforms.fields import SelectChoice

from app.domain.directory import OrganizationKind
from app.domain.languages import WORKING
from app.domain.local_time import Hours
from app.domain.programme import (
    MOST_SLOTS,
    AgendaItemDetails,
    AgendaKind,
    AppointmentDetails,
    AppointmentRole,
    Interpretation,
    SessionDetails,
    SideDetails,
)
from app.forms.fields import (
    Choice,
    Choices,
    Clock,
    Day,
    Form,
    Line,
    Tick,
    TranslatedLine,
    TranslatedParagraph,
    WholeNumber,
)
from app.forms.versions import VersionedForm
from app.i18n.catalogue import N_
from app.i18n.labels import LANGUAGES

Offered = Iterable[tuple[str, str]]
_DIGITS = 6
_SPOKEN = [(code, LANGUAGES[code]) for code in WORKING]


class SessionForm(VersionedForm):
    """A session: a title is enough, everything else may follow."""

    titles = TranslatedLine(N_("Title of the session"), required="vi")
    summaries = TranslatedParagraph(N_("What it is about"))
    day = Day(N_("Day"))
    starts = Clock(N_("Begins"))
    ends = Clock(N_("Ends"), hint=N_("00:00 is the midnight that closes the day."))
    room = Line(N_("Room, or name of the online room"), length=120)
    join_url = Line(
        N_("Link to join"),
        hint=N_("Shown to confirmed delegates only. Left empty, the link of the event holds."),
        length=2000,
        checks=[validators.URL(require_tld=False), validators.Regexp("(?i)^https?://")],
        inputmode="url",
        autocomplete="off",
    )
    capacity = WholeNumber(N_("Capacity"), hint=N_("Left empty, there is no limit."))
    languages = Choices(N_("Working languages"), _SPOKEN)
    interpretation = Choice(N_("Interpretation"), Interpretation, blank=N_("As for the whole event"))
    admitted_kinds = Choices(
        N_("Who may choose this session"),
        OrganizationKind,
        hint=N_("Kinds of institution whose delegates may take a seat. None ticked: everybody."),
    )
    sectors = Choices(N_("Fields of cooperation"))
    moves_following = Tick(
        N_("The sessions that follow on this day move along"), hint=N_("By as much as the end of this one.")
    )

    def offer(self, sectors: Offered) -> "SessionForm":
        """Offer the sectors."""
        self.sectors.choices = [SelectChoice(*pair) for pair in sectors]
        return self

    @classmethod
    def on(cls, day: date | None) -> "SessionForm":
        """Return the form for a new session on the day of the event."""
        return cls(data={"day": day})

    @staticmethod
    def entered(known: SessionDetails) -> dict[str, Any]:
        """Return the values of the fields."""
        return asdict(known) | asdict(known.hours)

    def command(self) -> SessionDetails:
        """Return what was typed; the hours are those of the event's zone."""
        return SessionDetails(
            titles=self.titles.data,
            summaries=self.summaries.data,
            hours=Hours(day=self.day.data, starts=self.starts.data, ends=self.ends.data),
            capacity=self.capacity.data,
            languages=tuple(self.languages.data),
            room=self.room.data,
            join_url=self.join_url.data or None,
            admitted_kinds=tuple(self.admitted_kinds.data),
            sectors=tuple(self.sectors.data),
            interpretation=self.interpretation.data,
            moves_following=self.moves_following.data,
        )


class AgendaItemForm(VersionedForm):
    """A point of the programme."""

    kind = Choice(N_("Kind of item"), AgendaKind, required=True)
    titles = TranslatedLine(N_("Title"), hint=N_("Left empty, the kind is its title."))
    session = Choice(N_("In which session"), (), blank=N_("The event as a whole"))
    starts = Clock(N_("Begins"))
    minutes = WholeNumber(
        N_("Minutes"), hint=N_("As they are spoken; interpretation is added to them."), least=1, most=1_440
    )
    moves_following = Tick(
        N_("The items that follow move along"), hint=N_("By as much as the end of this one.")
    )

    def offer(self, sessions: Offered) -> "AgendaItemForm":
        """Offer the sessions."""
        return _offer(self, session=sessions)

    def command(self) -> AgendaItemDetails:
        """Return what was typed."""
        return AgendaItemDetails(
            kind=self.kind.data,
            titles=self.titles.data,
            session=self.session.data,
            starts=self.starts.data,
            minutes=self.minutes.data,
            moves_following=self.moves_following.data,
        )


class AppointmentForm(VersionedForm):
    """Who does what: an institution, a side or somebody described in words; the person may follow."""

    role = Choice(N_("Role"), AppointmentRole, required=True)
    place = Choice(
        N_("Where in the programme"),
        (),
        blank=N_("The event as a whole"),
        hint=N_("A session, or one item of its agenda."),
    )
    organization = Line(
        N_("Institution"),
        hint=N_("Name, abbreviation or code in the directory; choose from the list while typing."),
        list="organizations",
        autocomplete="off",
    )
    side = Choice(N_("Side"), (), blank=N_("No side"))
    labels = TranslatedLine(
        N_("Described in words"),
        hint=N_("Where no institution is known yet: “several foreign associations”."),
    )
    person = Choice(N_("Person"), (), blank=N_("Not named yet"), hint=N_("People already on the programme."))
    topics = TranslatedLine(N_("Topic"))
    from_language = Choice(N_("Interprets from"), _SPOKEN, blank=N_("Not given"))
    to_language = Choice(N_("Interprets into"), _SPOKEN, blank=N_("Not given"))

    def offer(self, places: Offered, sides: Offered, people: Offered) -> "AppointmentForm":
        """Offer sessions with their items, sides and people."""
        return _offer(self, place=places, side=sides, person=people)

    @staticmethod
    def entered(known: AppointmentDetails) -> dict[str, Any]:
        """Return the values of the fields."""
        return {**asdict(known), "place": _join_place(known.session, known.agenda_item)}

    def command(self) -> AppointmentDetails:
        """Return what was chosen."""
        kind, _, key = (self.place.data or "").partition(":")
        return AppointmentDetails(
            role=self.role.data,
            session=key if kind == "session" else None,
            agenda_item=key if kind == "item" else None,
            side=self.side.data,
            organization=self.organization.data,
            labels=self.labels.data,
            person=self.person.data,
            topics=self.topics.data,
            from_language=self.from_language.data,
            to_language=self.to_language.data,
        )


class SlotsForm(Form):
    """How many speaking slots a side has, and where."""

    slots = WholeNumber(N_("Speaking slots"), required=True, most=MOST_SLOTS)
    place = Choice(N_("Where in the programme"), (), blank=N_("The event as a whole"))

    def offer(self, places: Offered) -> "SlotsForm":
        """Offer sessions with their items."""
        return _offer(self, place=places)

    @property
    def where(self) -> dict[str, str | None]:
        """Return the place as arguments of the use-case."""
        kind, _, key = (self.place.data or "").partition(":")
        return {
            "session": key if kind == "session" else None,
            "agenda_item": key if kind == "item" else None,
        }


class SideForm(VersionedForm):
    """A party to the event."""

    names = TranslatedLine(N_("Name of the side"), hint=N_("Phía Việt Nam, Russian side …"), required="vi")
    code = Line(
        N_("Code"),
        hint=N_("A country, for example VN or RU: its institutions join this side when they are invited."),
        required=True,
        length=20,
    )
    capacity = WholeNumber(
        N_("Places for this side"), hint=N_("Left empty, only the limit of the roundtable counts.")
    )

    def command(self) -> SideDetails:
        """Return what was typed."""
        return SideDetails(code=self.code.data, names=self.names.data, capacity=self.capacity.data)


def dropped(value: str) -> tuple[str, int] | None:
    """Return which item (public id) was dropped at which place."""
    key, _, place = value.removeprefix("item-").partition(":")
    return (key, int(place)) if key and place.isdecimal() and len(place) < _DIGITS else None


class MoveForm(Form):
    """One button: a row goes up or down."""

    places = Choice("", [("-1", ""), ("1", "")], required=True)


F = TypeVar("F", bound=Form)


def _offer(form: F, **offered: Offered) -> F:
    for name, pairs in offered.items():
        field: Any = form[name]
        field.choices = [*field.choices, *(SelectChoice(*pair) for pair in pairs)]
    return form


def _join_place(session: str | None, agenda_item: str | None) -> str:
    if agenda_item:
        return f"item:{agenda_item}"
    return f"session:{session}" if session else ""
