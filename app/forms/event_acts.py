"""The forms of single acts: publish and the like, postpone, resume, cancel, clone."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from wtforms import ValidationError
from wtforms import fields as wtf

from app.domain.event_facts import CopyFacts, NewDate
from app.domain.event_times import Schedule
from app.forms.events import ActForm, ScheduleForm, entered_schedule
from app.forms.fields import Choice, Day, Form, TranslatedLine, TranslatedParagraph
from app.i18n.catalogue import N_

_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_NOTE = N_("Stands in the letters and on top of the public page, also in the languages you leave empty.")


class CancelForm(ActForm):
    """Cancel, and say why."""

    note = TranslatedParagraph(N_("Why"), hint=_NOTE)


class NewDateForm(ScheduleForm):
    """Give a postponed event its new date."""

    note = TranslatedParagraph(N_("Why"), hint=_NOTE)
    deadline_date = Day(N_("Answers until"), hint=N_("Left empty: the deadlines move along with the event."))

    def command(self) -> NewDate:
        """Return the new date."""
        return NewDate(
            schedule=self.schedule(),
            deadline_date=self.deadline_date.data,
            deadline_clock=self.deadline_clock.data,
            note=self.note.data,
        )


class PostponeForm(NewDateForm):
    """Postpone: to a new date, or without one."""

    until = Choice(
        N_("New date"),
        [("known", N_("The new date is known")), ("open", N_("There is no new date yet"))],
        required=True,
        radio=True,
    )

    @property
    def has_date(self) -> bool:
        """Tell whether the new date is known."""
        return bool(self.until.data == "known")


class CloneForm(Form):
    """What the copy has of its own."""

    titles = TranslatedLine(N_("Title"), required="vi")
    day = Day(N_("Date"), hint=N_("Sessions move along to this date. Left empty: no date and no hours yet."))

    def command(self) -> CopyFacts:
        """Return the titles and the day of the copy."""
        return CopyFacts(titles=self.titles.data, day=self.day.data)


class StartForm(ActForm):
    """One of the proposed starts, as a moment in ISO format."""

    starts = wtf.HiddenField(N_("Start"))

    def validate_starts(self, field: wtf.Field) -> None:
        """Refuse what no page of ours proposed."""
        try:
            is_moment = datetime.fromisoformat(field.data or "").utcoffset() is not None
        except ValueError:
            is_moment = False
        if not is_moment:
            raise ValidationError(N_("Please choose one of the proposed hours."))

    @property
    def moment(self) -> datetime:
        """Return the moment."""
        return datetime.fromisoformat(self.starts.data)


def wanted_day(arguments: Mapping[str, str]) -> date | None:
    """Return the day for which starts are asked; None where the address names none that makes sense."""
    try:
        day = date.fromisoformat(arguments.get("day", ""))
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def entered_move(schedule: Schedule) -> dict[str, Any]:
    """Return the present hours, so that only what changes has to be typed; the old day is not offered."""
    return {**entered_schedule(schedule), "day": None, "last_day": None}
