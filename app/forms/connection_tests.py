"""Forms of tests of the line: the bridge, the slot, the result."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from app.domain.connection_tests import BridgeDetails, LineResult, Quality, Slot
from app.domain.errors import InvalidInput
from app.forms.fields import Choice, Clock, Day, Form, Line, Paragraph, WholeNumber
from app.forms.versions import VersionedForm
from app.i18n.catalogue import N_

Groups = Mapping[str, Sequence[tuple[str, str]]]


class BridgeForm(VersionedForm):
    """A bridge that takes tests on one day."""

    name = Line(N_("Name of the bridge"), required=True, hint=N_("For example: Cầu chính, MCU 1"))
    day = Day(N_("Day"), required=True)
    starts = Clock(N_("Begins"), required=True)
    ends = Clock(N_("Ends"), required=True, hint=N_("00:00 is the midnight that closes the day."))
    minutes = WholeNumber(N_("Minutes for each site"), required=True, least=5, most=240)

    def command(self) -> BridgeDetails:
        """Return what was typed, in the event's zone."""
        return BridgeDetails(
            name=self.name.data,
            day=self.day.data,
            starts=self.starts.data,
            ends=self.ends.data,
            minutes=self.minutes.data,
        )


class SlotForm(Form):
    """When a site is tested."""

    slot = Choice(N_("Free slots"), (), required=True)

    @classmethod
    def on(cls, groups: Groups, booked: str | None) -> "SlotForm":
        """Offer the free slots of each bridge and day, and the one that is booked."""
        form = cls(data={"slot": booked})
        offered = {name: list(slots) for name, slots in groups.items()}
        form.slot.choices = {"": [("", N_("Please choose"))], **offered} if offered else {}
        form.slot.validate_choice = False  # one that was taken meanwhile is refused by its own sentence
        return form

    def command(self) -> Slot:
        """Return the slot; raise InvalidInput("slot_unknown") for what no page has offered."""
        return slot_of(self.slot.data or "")


class ResultForm(VersionedForm):
    """What a test showed."""

    sound = Choice(N_("Sound"), Quality, required=True, radio=True)
    picture = Choice(N_("Video"), Quality, required=True, radio=True)
    line = Choice(N_("Line"), Quality, required=True, radio=True)
    latency_ms = WholeNumber(N_("Latency in milliseconds"), most=60_000)
    note = Paragraph(N_("Note"))
    tested_by = Line(N_("Tested by"), hint=N_("Left empty, it is you."))

    def command(self) -> LineResult:
        """Return what was typed."""
        return LineResult(
            sound=self.sound.data,
            picture=self.picture.data,
            line=self.line.data,
            latency_ms=self.latency_ms.data,
            note=self.note.data,
            tested_by=self.tested_by.data,
        )


def slot_name(bridge: str, starts_at: datetime) -> str:
    """Return how a form names a slot."""
    return f"{bridge}.{int(starts_at.timestamp())}"


def slot_of(name: str) -> Slot:
    """Return the slot of that name."""
    bridge, _dot, seconds = name.partition(".")
    if not seconds.isdecimal() or len(seconds) > 11:
        raise InvalidInput("slot_unknown", field="slot")
    return Slot(bridge=bridge, starts_at=datetime.fromtimestamp(int(seconds), UTC))
