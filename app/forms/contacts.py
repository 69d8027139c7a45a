"""Form of a contact."""

from dataclasses import asdict
from typing import Any

from app.domain.contacts import ContactDetails
from app.domain.languages import INTERFACE
from app.domain.text import lines
from app.forms.fields import LANGUAGE_NAMES, Choice, Email, Line, Paragraph, Tick
from app.forms.versions import VersionedForm
from app.i18n.catalogue import N_

_LANGUAGES = [(code, LANGUAGE_NAMES[code]) for code in INTERFACE]


class ContactForm(VersionedForm):
    """Somebody whom the office writes to."""

    full_name = Line(N_("Full name"), hint=N_("As printed: Nguyễn Thu Hà."), autocomplete="off")
    form_of_address = Line(
        N_("Form of address"), hint=N_("Mr, Ms, Comrade, H.E. …"), length=60, autocomplete="off"
    )
    post = Line(N_("Post"), list="posts", autocomplete="off")
    email = Email(N_("E-mail"), autocomplete="off")
    phones = Paragraph(N_("Telephone numbers"), hint=N_("One on each line."), inputmode="tel")
    language = Choice(N_("Language of letters"), _LANGUAGES, required=True)
    is_focal_point = Tick(
        N_("This is the focal point"),
        hint=N_("Invitations go to this address. There is one at a time."),
    )

    @staticmethod
    def entered(known: ContactDetails) -> dict[str, Any]:
        """Return the values of the fields."""
        return {**asdict(known), "phones": "\n".join(known.phones)}

    def command(self) -> ContactDetails:
        """Return the details; raise InvalidInput where they break a rule."""
        return ContactDetails(
            full_name=self.full_name.data,
            form_of_address=self.form_of_address.data,
            post=self.post.data,
            email=self.email.data or None,
            phones=lines(self.phones.data),
            language=self.language.data,
            is_focal_point=self.is_focal_point.data,
        )
