"""Forms around invitations: answers of institutions, terms, whom to invite."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from wtforms.fields import SelectChoice

from app.domain.errors import InvalidInput
from app.domain.invitations import (
    Answer,
    AnswerCommand,
    AnswerSource,
    AttendanceLevel,
    CommonTerms,
    Invite,
    RecordCommand,
    Terms,
)
from app.domain.languages import CONTENT
from app.domain.local_time import moment
from app.forms.fields import (
    LANGUAGE_NAMES,
    Choice,
    Clock,
    Day,
    Email,
    Form,
    Hidden,
    Line,
    Paragraph,
    Tick,
    WholeNumber,
)
from app.forms.versions import VersionedForm
from app.i18n.catalogue import N_
from app.i18n.labels import LABELS

if TYPE_CHECKING:
    from app.models.invitations import InvitationAnswer

_NOTE = 1_000
_MOST_DELEGATES = 500
_END_OF_OFFICE_HOURS = time(17)
_RESERVED = N_("Places kept for the institution")
_RESERVED_HINT = N_("Others see them as held. What is not filled by the deadline goes to those who wait.")
_BY_HAND = (AnswerSource.LETTER, AnswerSource.PHONE, AnswerSource.EMAIL, AnswerSource.REPORT)
_LANGUAGES = [(code, LANGUAGE_NAMES[code]) for code in CONTENT]


class _SaidForm(VersionedForm):
    """What the forms of an answer share: `after` names the answer that was seen as the last one."""

    after = Hidden()

    def show_last(self, last: "InvitationAnswer | None") -> None:
        """Mean the present last answer from now on; where somebody was faster, show both answers."""
        self.after.data = last.public_id if last else ""
        if last is not None and self.was_refused("answered_meanwhile"):
            self.compare({"answer": last.answer, "note": last.note, "answered_by": last.answered_by})


class AnswerForm(_SaidForm):
    """What an institution answers by its link; nothing is chosen beforehand."""

    answer = Choice(N_("Will you take part?"), Answer, required=True, radio=True)
    note = Paragraph(
        N_("Message to the organiser"),
        hint=N_("Optional. If you cannot take part, a short reason helps us."),
        length=_NOTE,
    )
    answered_by = Line(N_("Your name and position"), required=True, autocomplete="name")
    withdraws = Tick(N_("Withdraw the registered delegates as well"))

    def command(self) -> AnswerCommand:
        """Return what was answered."""
        return AnswerCommand(
            answer=self.answer.data,
            note=self.note.data,
            answered_by=self.answered_by.data,
            after=self.after.data,
            withdraws=self.withdraws.data,
        )


class RecordForm(_SaidForm):
    """An answer that reached the office by letter, telephone or e-mail."""

    answer = Choice(N_("Answer of the institution"), Answer, required=True, radio=True)
    source = Choice(
        N_("How it reached you"),
        [(kind.value, LABELS["AnswerSource"][kind]) for kind in _BY_HAND],
        blank=N_("Please choose"),
        required=True,
    )
    source_date = Day(N_("Date of the letter or call"), required=True)
    source_reference = Line(
        N_("Number of the letter, or who called"), hint=N_("For example 123/SNgV-HTQT, or Ms Lan, 0903 …")
    )
    answered_by = Line(N_("Who answered"), hint=N_("Name and position, if you know them."))
    note = Paragraph(N_("Reason or message"), length=_NOTE)
    withdraws = Tick(N_("Withdraw the registered delegates as well"))

    def command(self) -> RecordCommand:
        """Return what was recorded."""
        told = AnswerCommand(
            answer=self.answer.data,
            note=self.note.data,
            answered_by=self.answered_by.data,
            after=self.after.data,
            withdraws=self.withdraws.data,
        )
        return RecordCommand(
            answer=told,
            source=AnswerSource(self.source.data),
            source_date=self.source_date.data,
            source_reference=self.source_reference.data,
        )


class _TermsFields(Form):
    """What the forms about terms share; `zone` is the event's, in which a deadline is typed."""

    def __init__(self, zone: str | None, sides: Mapping[str, str], **data: Any) -> None:
        super().__init__(**data)
        self.zone = zone
        self.side.choices = [
            SelectChoice("", self.side.choices[0].label),
            *(SelectChoice(key, name) for key, name in sides.items()),
        ]

    def typed_deadline(self) -> datetime | None:
        """Return the deadline in UTC; a day without a clock time ends with the office hours, 17:00."""
        day, clock = self.deadline_day.data, self.deadline_clock.data
        if day is None:
            if clock is not None:
                raise InvalidInput("day_missing", field="deadline_day")
            return None
        if self.zone is None:
            raise InvalidInput("zone_missing", field="deadline_day")
        return moment(day, clock or _END_OF_OFFICE_HOURS, self.zone, field="deadline_clock")


class InviteForm(_TermsFields):
    """The terms of new invitations; what is left empty follows the event and the directory."""

    side = Choice(N_("Side"), [], blank=N_("By rule: group or country of each institution"))
    level = Choice(N_("Who is asked to come"), AttendanceLevel, blank=N_("As usual for each kind"))
    quota = WholeNumber(N_("Delegates per institution"), required=True, most=_MOST_DELEGATES)
    deadline_day = Day(N_("Own deadline: day"), hint=N_("Leave empty for the deadline of the roundtable."))
    deadline_clock = Clock(N_("Own deadline: time"), hint=N_("17:00 if left empty."))
    language = Choice(N_("Language of the letter"), _LANGUAGES, blank=N_("The language of each institution"))
    letter_number = Line(
        N_("Number of the official letter"), hint=N_("Can be added later, when it is signed."), length=60
    )
    letter_date = Day(N_("Date of the official letter"))

    def command(self, organizations: tuple[str, ...], groups: tuple[str, ...]) -> Invite:
        """Return whom to invite, on what terms."""
        return Invite(
            organizations=organizations,
            groups=groups,
            side=self.side.data,
            level=self.level.data,
            quota=self.quota.data,
            deadline=self.typed_deadline(),
            language=self.language.data,
            letter_number=self.letter_number.data,
            letter_date=self.letter_date.data,
        )


class TermsForm(VersionedForm, _TermsFields):
    """The terms of one invitation."""

    addressee = Line(
        N_("Addressed to"),
        hint=N_("Form of address, name and post, or “Head of Mission”. Empty: the institution itself."),
    )
    email = Email(N_("E-mail address for the letter"))
    language = Choice(N_("Language of the letter"), _LANGUAGES, required=True)
    side = Choice(N_("Side"), [], blank=N_("No side"))
    level = Choice(N_("Who is asked to come"), AttendanceLevel, blank=N_("Not specified"))
    quota = WholeNumber(N_("Delegates at most"), required=True, most=_MOST_DELEGATES)
    reserved = WholeNumber(_RESERVED, hint=_RESERVED_HINT, most=_MOST_DELEGATES)
    deadline_day = Day(N_("Own deadline: day"), hint=N_("Leave empty for the deadline of the roundtable."))
    deadline_clock = Clock(N_("Own deadline: time"), hint=N_("17:00 if left empty."))
    letter_number = Line(N_("Number of the official letter"), length=60)
    letter_date = Day(N_("Date of the official letter"))

    def command(self) -> Terms:
        """Return the terms."""
        return Terms(
            addressee=self.addressee.data,
            email=self.email.data or None,
            language=self.language.data,
            side=self.side.data,
            level=self.level.data,
            quota=self.quota.data,
            deadline=self.typed_deadline(),
            letter_number=self.letter_number.data,
            letter_date=self.letter_date.data,
            reserved=self.reserved.data or 0,
        )


class CommonTermsForm(_TermsFields):
    """Terms for several invitations; what is left empty stays as it is."""

    quota = WholeNumber(N_("Delegates per institution"), most=_MOST_DELEGATES)
    reserved = WholeNumber(_RESERVED, hint=_RESERVED_HINT, most=_MOST_DELEGATES)
    deadline_day = Day(N_("Own deadline: day"))
    deadline_clock = Clock(N_("Own deadline: time"), hint=N_("17:00 if left empty."))
    language = Choice(N_("Language of the letter"), _LANGUAGES, blank=N_("Leave as it is"))
    side = Choice(N_("Side"), [], blank=N_("Leave as it is"))
    level = Choice(N_("Who is asked to come"), AttendanceLevel, blank=N_("Leave as it is"))
    letter_number = Line(N_("Number of the official letter"), length=60)
    letter_date = Day(N_("Date of the official letter"))

    def command(self) -> CommonTerms:
        """Return the terms that were given."""
        return CommonTerms(
            language=self.language.data,
            side=self.side.data,
            level=self.level.data,
            quota=self.quota.data,
            deadline=self.typed_deadline(),
            letter_number=self.letter_number.data or None,
            letter_date=self.letter_date.data,
            reserved=self.reserved.data,
        )


class PlaceForm(Form):
    """The place of an institution in the guest list."""

    place = WholeNumber(N_("Place in the list"), required=True, least=1)


def deadline_as_typed(deadline: datetime | None, zone: str | None) -> dict[str, Any]:
    """Return day and clock time of a deadline as they stand in the form."""
    if deadline is None:
        return {}
    there = deadline.astimezone(ZoneInfo(zone or "UTC"))
    return {"deadline_day": there.date(), "deadline_clock": there.time()}
