"""Form of a contact."""

from typing import TYPE_CHECKING

from app.domain.contacts import ContactDetails
from app.domain.languages import INTERFACE
from app.domain.text import lines
from app.forms.fields import LANGUAGE_NAMES, Choice, Email, Form, Line, Paragraph, Tick
from app.i18n.catalogue import N_

if TYPE_CHECKING:
    from app.models.directory import Contact

_LANGUAGES = [(code, LANGUAGE_NAMES[code]) for code in INTERFACE]


class ContactForm(Form):
    """Somebody whom the office writes to."""

    full_name = Line(N_("Full name"), hint=N_("As printed: Nguyễn Thu Hà."), autocomplete="off")
    form_of_address = Line(
        N_("Form of address"), hint=N_("ông, bà, đồng chí, H.E. …"), length=60, autocomplete="off"
    )
    post = Line(N_("Post"), list="posts", autocomplete="off")
    email = Email(N_("E-mail"), autocomplete="off")
    phones = Paragraph(N_("Telephone numbers"), hint=N_("One on each line."), inputmode="tel")
    language = Choice(N_("Language of letters"), _LANGUAGES, required=True)
    is_focal_point = Tick(
        N_("This is the focal point"),
        hint=N_("Invitations go to this address. There is one at a time."),
    )

    @classmethod
    def of(cls, contact: "Contact") -> "ContactForm":
        """Return the form of a contact as it stands, or as it was sent."""
        return cls(data={**vars(contact), "phones": "\n".join(contact.phones)})

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
