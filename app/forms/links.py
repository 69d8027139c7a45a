"""The form that asks for a new link."""

from app.forms.fields import Email, Form
from app.i18n.catalogue import N_


class NewLinkForm(Form):
    """To which address the links were sent."""

    email = Email(
        N_("Your e-mail address"),
        hint=N_("The address that the invitation was sent to."),
        required=True,
    )
