"""One field of each kind, for the page that shows the components."""

from app.domain.invitations import Answer
from app.forms.fields import Choice, Choices, Clock, Day, Email, Form, Line, Paragraph, Tick, TranslatedLine
from app.i18n.catalogue import N_


class Sample(Form):
    """Nothing is done with it."""

    class Meta(Form.Meta):
        """Nothing is sent, so nothing can be forged."""

        csrf = False

    answer = Choice(N_("Answer"), Answer, required=True, radio=True)
    full_name = Line(N_("Full name"), hint=N_("As it is to be printed."), required=True, autocomplete="name")
    email = Email(N_("Email Address"), required=True)
    organization = Line(
        N_("Institution"), hint=N_("“quang tri” finds “Quảng Trị”."), list="sample-institutions"
    )
    day = Day(N_("Date"))
    starts = Clock(N_("Begins at"))
    note = Paragraph(N_("Note"))
    sessions = Choices(N_("Sessions"), [("1", "1"), ("2", "2")])
    titles = TranslatedLine(N_("Title"), required="vi")
    agreed = Tick(N_("I have read this"), required=True)
