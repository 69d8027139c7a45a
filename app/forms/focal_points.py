"""Form of a hand-over."""

from app.domain.focal_points import HandOver
from app.forms.fields import Email, Form, Line, Tick
from app.i18n.catalogue import N_


class HandOverForm(Form):
    """Who is in charge from now on, or as well."""

    name = Line(N_("Name of the person in charge"), required=True, autocomplete="off")
    email = Email(
        N_("E-mail of the person in charge"),
        hint=N_("The link goes there. Whoever reads it answers for your institution."),
        required=True,
        autocomplete="off",
    )
    leaves = Tick(
        N_("I hand over: my own link becomes void"),
        hint=N_(
            "Without the tick both of you can answer. With it, letters go to the other person from now on."
        ),
    )

    def command(self) -> HandOver:
        """Return what was asked for."""
        return HandOver(name=self.name.data, email=self.email.data, leaves=self.leaves.data)
