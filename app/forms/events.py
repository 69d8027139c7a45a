"""The form of an event: what EventFacts asks for, in sections."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import wtforms
from wtforms import ValidationError
from wtforms import fields as wtf

from app.domain.approvals import Approval
from app.domain.errors import InvalidInput
from app.domain.event_facts import EventFacts, OccasionFacts, OtherTitleFacts, RelationLevel
from app.domain.event_times import HOME_ZONE, Kept, Schedule, Times, asks_what_stays, rezoned, times_of
from app.domain.events import EventKind, Mode, PartOfDay, ProtocolOrder
from app.domain.languages import CONTENT, WORKING
from app.domain.local_time import is_zone
from app.domain.programme import Interpretation
from app.forms.fields import (
    Choice,
    Choices,
    Clock,
    Day,
    Email,
    Line,
    Meta,
    Tick,
    TranslatedLine,
    TranslatedParagraph,
    WholeNumber,
    Zone,
)
from app.forms.versions import VersionedForm
from app.i18n.catalogue import N_
from app.i18n.labels import LANGUAGES

LATER = (("first", N_("The first time")), ("second", N_("The second time, after the clocks went back")))
_INTERPRETED = (
    (Interpretation.SIMULTANEOUS, N_("Simultaneous interpretation")),
    (Interpretation.CONSECUTIVE, N_("Consecutive interpretation")),
)
_ONE_OF_TWO = {"first": False, "second": True}
_ONE_OF_TWO_WORDS = {False: "first", True: "second"}


def _is_web_address(_form: object, field: wtf.Field) -> None:
    parts = urlsplit(field.data or "")
    if field.data and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ValidationError(N_("Please give the whole address, beginning with https://"))


def _are_country_codes(_form: object, field: wtf.Field) -> None:
    if not all(len(code) == 2 and code.isascii() and code.isalpha() for code in _codes(field.data or "")):
        raise ValidationError(N_("Please give codes of two letters, for example: VN, RU"))


class _OtherTitle(wtforms.Form):  # type: ignore[misc]  # wtforms is untyped
    """Another form of the title."""

    Meta = Meta
    language = Choice(N_("Language"), [(code, LANGUAGES[code]) for code in CONTENT])
    title = Line(N_("Title"), length=400)


class _Occasion(wtforms.Form):  # type: ignore[misc]  # wtforms is untyped
    """An anniversary."""

    Meta = Meta
    years = WholeNumber(N_("Years"), least=1, most=2000)
    labels = TranslatedLine(
        N_("What is marked"), hint=N_("For example: establishment of diplomatic relations")
    )
    relation_level = Choice(N_("Level of relations"), RelationLevel, blank=N_("Not stated"))
    date_from = Day(N_("Established on"))
    date_to = Day(N_("Anniversary on"), hint=N_("It may lie after the event."))
    countries = Line(
        N_("Countries"),
        hint=N_("Codes of two letters, for example: VN, RU"),
        length=60,
        checks=[_are_country_codes],
    )


class ActForm(VersionedForm):
    """One button, or more, on the state that the organiser had before him."""


class ScheduleForm(ActForm):
    """When something is; the parts of the form that ask for it."""

    day = Day(N_("Date"))
    part_of_day = Choice(
        N_("Part of the day"),
        PartOfDay,
        blank=N_("Not stated"),
        hint=N_("Only while the hours are not known: no hour is invented for it."),
    )
    starts = Clock(N_("Start"))
    ends = Clock(N_("End"))
    last_day = Day(N_("Last day"), hint=N_("Only when it ends on another day."))
    later = Choice(N_("Which of the two"), LATER, blank=N_("Please choose"), radio=False)
    zone = Zone(N_("Time zone"), hint=N_("All hours of this event are typed and printed in this zone."))
    deadline_date = Day(N_("Answers until"), hint=N_("Left empty: until the event begins."))
    deadline_clock = Clock(N_("Hour"), hint=N_("Left empty: until the end of that day."))

    @property
    def known_zone(self) -> str | None:
        """Return the zone that was typed, if there is one of that name; it may not have been judged yet."""
        return self.zone.data if is_zone(self.zone.data or "") else None

    def schedule(self) -> Schedule:
        """Return what was typed."""
        return Schedule(
            day=self.day.data,
            part_of_day=self.part_of_day.data,
            starts=self.starts.data,
            ends=self.ends.data,
            last_day=self.last_day.data,
            zone=self.known_zone,
            later=_ONE_OF_TWO.get(self.later.data),
        )

    @property
    def times(self) -> Times | None:
        """Return the moments that were typed, to be said in words; None while they make no sense."""
        try:
            return times_of(self.schedule())
        except InvalidInput:
            return None

    @property
    def asks_which_hour(self) -> bool:
        """Tell whether the clocks show one of the hours twice on that day."""
        try:
            times_of(replace(self.schedule(), later=None))
        except InvalidInput as question:
            return question.code == "hour_comes_twice"
        return False


class EventForm(ScheduleForm):
    """Everything about an event."""

    titles = TranslatedLine(
        N_("Title"), hint=N_("Without the word “roundtable” and without quotation marks."), required="vi"
    )
    other_titles = wtf.FieldList(wtf.FormField(_OtherTitle), N_("Other forms of the title"))
    kind = Choice(N_("Kind"), EventKind, required=True)
    purposes = TranslatedParagraph(N_("Purpose"))
    taglines = TranslatedLine(N_("Motto"))
    public_notes = TranslatedParagraph(
        N_("Public note"), hint=N_("Stands on top of the public page: what has changed, and why.")
    )
    is_archive = Tick(
        N_("This is a record of a past event"),
        hint=N_("What its source does not say may stay unknown. It goes to the archive, nobody is invited."),
    )
    moves_programme = Tick(
        N_("Sessions and agenda move along"), hint=N_("By as much as the beginning of the event moves.")
    )

    kept = Choice(N_("What stays in the new time zone"), Kept, blank=N_("Please choose"), radio=True)

    mode = Choice(N_("How people take part"), Mode, required=True)
    venues = TranslatedLine(N_("Venue"), hint=N_("Not needed for an online event."))
    platform = Line(N_("Platform"), hint=N_("For example: Zoom, Webex, Microsoft Teams"), length=100)
    join_url = Line(
        N_("Link to join"),
        hint=N_("Only confirmed delegates and institutions that accepted see it."),
        length=2000,
        checks=[_is_web_address],
        inputmode="url",
    )
    languages = Choices(N_("Working languages"), [(code, LANGUAGES[code]) for code in WORKING])

    interpretation = Choice(
        N_("Interpretation"),
        _INTERPRETED,
        blank=N_("No interpretation"),
        hint=N_("Consecutive interpretation doubles the speaking time; the programme counts with it."),
    )

    organizers = wtf.FieldList(
        Line(N_("Organiser"), list="organizations", autocomplete="off"), N_("Organisers"), min_entries=1
    )
    co_organizers = wtf.FieldList(
        Line(N_("Co-organiser"), list="organizations", autocomplete="off"), N_("Co-organisers"), min_entries=1
    )
    contact_name = Line(N_("Contact"), hint=N_("A unit or a person that guests can ask."))
    contact_phone = Line(N_("Telephone"), length=60, inputmode="tel")
    contact_email = Email(N_("E-mail"))

    occasions = wtf.FieldList(wtf.FormField(_Occasion), N_("Anniversaries"))
    sectors = Choices(N_("Fields of cooperation"))
    parent = Choice(N_("Within the framework of"), [], blank=N_("No other event"))
    series = TranslatedLine(
        N_("Series"), hint=N_("Events with the same series are listed together."), length=80
    )

    default_quota = WholeNumber(
        N_("Delegates per institution"),
        hint=N_("Unless its invitation says otherwise."),
        most=500,
        required=True,
    )
    approval = Choice(N_("Approval of delegates"), Approval, required=True)
    capacity = WholeNumber(N_("Seats in all"), hint=N_("Left empty: as many as come."))
    offer_hours = WholeNumber(
        N_("Hours to answer the offer of a place"),
        hint=N_("For the first on the waiting list. 0: the place is given at once."),
        most=24 * 14,
        required=True,
    )
    admits_open_registration = Tick(
        N_("Anybody may register on the public page"), hint=N_("One person at a time, without an invitation.")
    )
    protocol_order = Choice(N_("Order of the delegations"), ProtocolOrder, required=True)
    order_language = Choice(
        N_("Alphabet of"), [(code, LANGUAGES[code]) for code in ("vi", "en", "ru", "fr")], required=True
    )
    order_letter = Line(N_("Letter that was drawn"), length=4)

    @property
    def what_stays(self) -> tuple[Times, Times] | None:
        """Return the times if the clock stays and if the moment does; None where that is no question."""
        known: dict[str, Any] = {name: self._known.get(name) for name in _HOURS}
        try:
            before = times_of(Schedule(**{**known, "later": _ONE_OF_TWO.get(str(known["later"]))}))
            if not asks_what_stays(self.schedule(), before):
                return None
            return rezoned(self.schedule(), before, Kept.CLOCK), rezoned(self.schedule(), before, Kept.MOMENT)
        except InvalidInput:
            return None

    def adds_row(self, name: str | None) -> bool:
        """Append a row to the list whose button was pressed; False when none was."""
        rows = self._fields.get(name) if name else None
        if not isinstance(rows, wtf.FieldList):
            return False
        rows.append_entry()
        return True

    def command(self) -> EventFacts:
        """Return what was said of the event."""
        return EventFacts(
            schedule=self.schedule(),
            other_titles=tuple(OtherTitleFacts(**row.data) for row in self.other_titles if row.data["title"]),
            occasions=tuple(_occasion(row.form) for row in self.occasions if row.form.labels.data),
            organizers=tuple(filter(None, self.organizers.data)),
            co_organizers=tuple(filter(None, self.co_organizers.data)),
            languages=tuple(self.languages.data or ()),
            sectors=tuple(self.sectors.data or ()),
            platform=self.platform.data or None,
            join_url=self.join_url.data or None,
            order_letter=self.order_letter.data or None,
            kept=self.kept.data,
            interpretation=Interpretation(self.interpretation.data or Interpretation.NONE),
            **{name: self[name].data for name in _AS_THEY_ARE},
        )


_HOURS = ("day", "part_of_day", "starts", "ends", "last_day", "zone", "later")
_AS_THEY_ARE = (
    "titles", "kind", "purposes", "taglines", "public_notes", "is_archive", "moves_programme", "mode",
    "venues", "contact_name", "contact_phone", "contact_email", "parent", "series", "default_quota",
    "approval", "capacity", "offer_hours", "admits_open_registration", "protocol_order", "order_language",
    "deadline_date", "deadline_clock",
)  # fmt: skip


def blank() -> dict[str, Any]:
    """Return what the form of a new event holds before anything is typed."""
    return entered(EventFacts(titles={}, schedule=Schedule(zone=HOME_ZONE)))


def entered(facts: EventFacts) -> dict[str, Any]:
    """Return the facts as the form holds them."""
    return {
        **_plain(facts, *_AS_THEY_ARE, "platform", "join_url", "order_letter", "interpretation"),
        **entered_schedule(facts.schedule),
        "other_titles": [{"language": o.language, "title": o.title} for o in facts.other_titles],
        "occasions": [_entered_occasion(occasion) for occasion in facts.occasions],
        "organizers": list(facts.organizers),
        "co_organizers": list(facts.co_organizers),
        "languages": list(facts.languages),
        "sectors": list(facts.sectors),
    }


def entered_schedule(schedule: Schedule) -> dict[str, Any]:
    """Return days and clocks as the form holds them."""
    return {
        **_plain(schedule, "day", "part_of_day", "starts", "ends", "last_day", "zone"),
        "later": None if schedule.later is None else _ONE_OF_TWO_WORDS[schedule.later],
    }


def _entered_occasion(occasion: OccasionFacts) -> dict[str, Any]:
    known = _plain(occasion, "years", "labels", "relation_level", "date_from", "date_to")
    return {**known, "countries": ", ".join(occasion.countries)}


def _occasion(form: Any) -> OccasionFacts:
    return OccasionFacts(
        labels=form.labels.data,
        years=form.years.data,
        relation_level=form.relation_level.data,
        date_from=form.date_from.data,
        date_to=form.date_to.data,
        countries=tuple(_codes(form.countries.data)),
    )


def _codes(typed: str) -> list[str]:
    return typed.upper().replace(",", " ").split()


def _plain(source: object, *names: str) -> dict[str, Any]:
    return {name: getattr(source, name) for name in names}
