"""The form of a call on an institution."""

from app.domain.calls import CallDetails, CallMeans
from app.forms.fields import Choice, Day, Form, Line, Paragraph
from app.i18n.catalogue import N_

_NOTE = 1_000


class CallForm(Form):
    """How, when and with whom somebody of the office spoke, and what was said."""

    means = Choice(N_("How"), CallMeans, required=True)
    called_on = Day(N_("Day"), required=True)
    spoken_with = Line(N_("Spoken with"), hint=N_("Name and position, if you know them."))
    note = Paragraph(N_("What was said"), length=_NOTE)

    def command(self) -> CallDetails:
        """Return the call."""
        return CallDetails(
            means=self.means.data,
            called_on=self.called_on.data,
            spoken_with=self.spoken_with.data,
            note=self.note.data,
        )
