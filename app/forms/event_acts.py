"""The forms of single acts: publish and the like, postpone, resume, cancel, clone."""

from typing import Any

from app.domain.event_facts import CopyFacts, NewDate
from app.domain.event_times import Schedule
from app.forms.events import ActForm, ScheduleForm, entered_schedule
from app.forms.fields import Choice, Day, Form, TranslatedLine, TranslatedParagraph
from app.i18n.catalogue import N_

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


def entered_move(schedule: Schedule) -> dict[str, Any]:
    """Return the present hours, so that only what changes has to be typed; the old day is not offered."""
    return {**entered_schedule(schedule), "day": None, "last_day": None}
