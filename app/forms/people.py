"""Forms for a person as he is printed at an event."""

from wtforms.fields import SelectChoice

from app.domain.languages import CONTENT, INTERFACE
from app.domain.people import PersonDetails
from app.forms.fields import (
    LANGUAGE_NAMES,
    Choice,
    Email,
    Line,
    TranslatedLine,
    WholeNumber,
    Zone,
    reader_language,
)
from app.forms.versions import VersionedForm
from app.i18n.catalogue import N_
from app.i18n.countries import countries


class PersonForm(VersionedForm):
    """One person: one field for the whole name, rank and post apart."""

    full_name = Line(
        N_("Full name, as printed"),
        hint=N_("Family and given names in one field, in the order the person uses."),
        required=True,
        autocomplete="name",
    )
    native_name = Line(N_("Name in the original script"), hint=N_("For example in Cyrillic or Chinese."))
    form_of_address = Line(N_("Form of address"), hint=N_("Mr, Ms, H.E. …"), length=60)
    ranks = TranslatedLine(N_("Diplomatic rank"), hint=N_("Stands before the name: Đại sứ, Ambassador."))
    posts = TranslatedLine(N_("Post"), hint=N_("Stands after the name: Vụ trưởng, Director General."))
    organization = Line(
        N_("Institution in the directory"),
        hint=N_("Name, abbreviation or code; left empty, the holder of the place."),
        list="organizations",
        autocomplete="off",
    )
    organization_name = Line(
        N_("Institution in words"), hint=N_("Only where the directory does not have it."), length=300
    )
    country = Choice(N_("Country"), (), blank=N_("Not given"))
    timezone = Zone(N_("Time zone"), hint=N_("Where the person joins from; times are shown in it too."))
    language = Choice(N_("Language of letters"), [(code, LANGUAGE_NAMES[code]) for code in CONTENT])
    email = Email(N_("E-mail"))
    phone = Line(N_("Telephone"), length=60, autocomplete="tel", inputmode="tel")
    precedence = WholeNumber(
        N_("Precedence"),
        hint=N_("Smaller comes first: minister 20, deputy minister 30, ambassador 40."),
        most=9_999,
    )

    def __init__(self, *arguments: object, **values: object) -> None:
        """Offer the countries in the reader's language."""
        super().__init__(*arguments, **values)
        offered = [SelectChoice(code, name) for code, name in countries(reader_language())]
        self.country.choices = [*self.country.choices, *offered]

    def command(self) -> PersonDetails:
        """Return what was typed."""
        return PersonDetails(
            full_name=self.full_name.data,
            native_name=self.native_name.data or None,
            form_of_address=self.form_of_address.data,
            ranks=self.ranks.data,
            posts=self.posts.data,
            organization=self.organization.data,
            organization_name=self.organization_name.data,
            precedence=self.precedence.data,
            country=self.country.data,
            timezone=self.timezone.data or None,
            language=self.language.data or INTERFACE[0],
            email=self.email.data or None,
            phone=self.phone.data,
        )
