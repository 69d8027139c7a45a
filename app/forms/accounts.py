"""Accounts of the desk, as an administrator types them."""

from app.domain.accounts import Role
from app.domain.languages import INTERFACE
from app.forms.fields import LANGUAGE_NAMES, Choice, Email, Form, Line
from app.i18n.catalogue import N_

_LANGUAGES = [(code, LANGUAGE_NAMES[code]) for code in INTERFACE]


class AccountForm(Form):
    """A new account."""

    name = Line(N_("Full name"), required=True, autocomplete="off")
    email = Email(N_("E-mail"), required=True)
    role = Choice(
        N_("Role"),
        Role,
        hint=N_("An organiser changes everything but accounts; a reader sees and exports."),
        required=True,
    )
    language = Choice(N_("Language of letters"), _LANGUAGES, required=True)
