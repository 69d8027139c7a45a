"""Forms of registrations: a delegate by his institution, a person alone, corrections by himself."""

from collections.abc import Iterable
from typing import Any

from wtforms.fields import SelectChoice, SelectMultipleField

from app.domain.identifiers import new_public_id
from app.domain.invitations import AnswerSource
from app.domain.languages import CONTENT
from app.domain.people import PersonDetails
from app.domain.registrations import (
    CorrectOwnData,
    DelegateRole,
    EditDelegate,
    RegisterAlone,
    RegisterDelegate,
    ReplaceDelegate,
)
from app.forms.fields import (
    LANGUAGE_NAMES,
    Choice,
    Choices,
    Email,
    Form,
    Hidden,
    Line,
    Tick,
    WholeNumber,
    reader_language,
)
from app.forms.versions import VersionedForm
from app.i18n.catalogue import N_
from app.i18n.labels import LABELS

_LANGUAGES = [(code, LANGUAGE_NAMES[code]) for code in CONTENT]
_BY_HAND = [
    (source.value, LABELS["AnswerSource"][source.value])
    for source in (AnswerSource.LETTER, AnswerSource.PHONE, AnswerSource.EMAIL)
]
_NAME_HINT = N_("Family and given names in one field, in the order the person uses.")
_NATIVE_HINT = N_("For example in Cyrillic or Chinese.")


def _source() -> Any:
    return Choice(N_("How we learnt of it"), _BY_HAND, required=True)


def Sessions(label: str, *, hint: str = "") -> SelectMultipleField:  # noqa: N802  declared like a class
    """Return the choice of sessions; what is on the programme is judged by the use-case, not here."""
    field = Choices(label, hint=hint)
    field.kwargs["validate_choice"] = False
    return field


class SessionsForm(Form):
    """What all forms share that choose sessions."""

    sessions = Sessions(N_("Sessions"))
    request_key = Hidden(default=new_public_id)

    def offer(self, sessions: Iterable[tuple[str, str]]) -> None:
        """Offer sessions: public id and words."""
        self.sessions.choices = [SelectChoice(value, words) for value, words in sessions]

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return the public ids of the chosen sessions."""
        return tuple(self.sessions.data or ())


class DetailsForm(VersionedForm):
    """Who somebody is: what all forms share in which an institution names a person."""

    full_name = Line(N_("Full name, as printed"), hint=_NAME_HINT, required=True, autocomplete="off")
    form_of_address = Line(
        N_("Form of address"), hint=N_("Mr, Ms, H.E. …"), length=60, list="forms-of-address"
    )
    rank = Line(N_("Diplomatic rank"), hint=N_("Stands before the name: Đại sứ, Ambassador."))
    post = Line(N_("Post"), hint=N_("Stands after the name: Vụ trưởng, Director General."))
    native_name = Line(N_("Name in the original script"), hint=_NATIVE_HINT, autocomplete="off")
    language = Choice(N_("Language of letters"), _LANGUAGES, required=True)
    email = Email(
        N_("E-mail"), hint=N_("The calendar entry and the link to join are sent there."), autocomplete="off"
    )
    phone = Line(N_("Telephone"), autocomplete="off", length=60, type="tel", inputmode="tel")

    def person(self) -> PersonDetails:
        """Return the person; rank and post are in the language of the page."""
        return PersonDetails(
            full_name=self.full_name.data,
            native_name=self.native_name.data or None,
            form_of_address=self.form_of_address.data,
            ranks={reader_language(): self.rank.data},
            posts={reader_language(): self.post.data},
            language=self.language.data,
            email=self.email.data or None,
            phone=self.phone.data,
        )


class DelegateForm(DetailsForm, SessionsForm):
    """One person of a delegation, short enough to be filled in on a telephone in three minutes (B11)."""

    role = Choice(N_("Role"), DelegateRole, required=True)

    def command(self) -> RegisterDelegate:
        """Return the registration of somebody new."""
        return RegisterDelegate(
            person=self.person(),
            role=self.role.data,
            sessions=self.chosen,
            request_key=self.request_key.data or new_public_id(),
        )

    def changes(self) -> EditDelegate:
        """Return the changes of somebody registered."""
        return EditDelegate(
            person=self.person(),
            role=self.role.data,
            sessions=self.chosen,
            revision=self.seen,
        )


class OfficeDelegateForm(DelegateForm):
    """The same at the desk, with the place in the protocol order and where the news came from."""

    precedence = WholeNumber(
        N_("Precedence"),
        hint=N_("Smaller comes first: minister 20, deputy minister 30, ambassador 40."),
        most=9_999,
    )
    source = _source()

    def person(self) -> PersonDetails:
        """Return the person with his place in the protocol order."""
        details = super().person()
        return PersonDetails(
            full_name=details.full_name,
            native_name=details.native_name,
            form_of_address=details.form_of_address,
            ranks=details.ranks,
            posts=details.posts,
            precedence=self.precedence.data,
            language=details.language,
            email=details.email,
            phone=details.phone,
        )


class ReplaceForm(DetailsForm):
    """Who comes in somebody's place; role and sessions are those of the one who leaves."""

    is_substitute = Tick(
        N_("Attends as a substitute"),
        hint=N_("The place stays that of the person replaced; lists say “substitute” beside the new name."),
    )
    request_key = Hidden(default=new_public_id)

    def command(self) -> ReplaceDelegate:
        """Return the replacement."""
        return ReplaceDelegate(
            person=self.person(),
            is_substitute=self.is_substitute.data,
            request_key=self.request_key.data or new_public_id(),
            revision=self.seen,
        )


class OfficeReplaceForm(ReplaceForm):
    """The same at the desk, with where the news came from."""

    source = _source()


class OfficeWithdrawalForm(Form):
    """A withdrawal at the desk."""

    source = _source()


class OwnDataForm(VersionedForm):
    """What a delegate may correct himself."""

    full_name = Line(N_("Full name, as printed"), hint=_NAME_HINT, required=True, autocomplete="name")
    native_name = Line(N_("Name in the original script"), hint=_NATIVE_HINT)
    form_of_address = Line(
        N_("Form of address"), hint=N_("Mr, Ms, H.E. …"), length=60, list="forms-of-address"
    )
    language = Choice(N_("Language of letters"), _LANGUAGES, required=True)
    phone = Line(N_("Telephone"), autocomplete="tel", length=60, type="tel", inputmode="tel")

    def command(self) -> CorrectOwnData:
        """Return the corrections."""
        return CorrectOwnData(
            full_name=self.full_name.data,
            native_name=self.native_name.data or None,
            form_of_address=self.form_of_address.data,
            language=self.language.data,
            phone=self.phone.data,
            revision=self.seen,
        )


class OpenRegistrationForm(SessionsForm):
    """One person who registers himself."""

    full_name = Line(N_("Full name, as printed"), hint=_NAME_HINT, required=True, autocomplete="name")
    email = Email(N_("E-mail"), hint=N_("We send your own link there."), required=True)
    organization_name = Line(N_("Organisation"), required=True, length=300, autocomplete="organization")
    post = Line(N_("Post"), autocomplete="organization-title")
    form_of_address = Line(
        N_("Form of address"),
        hint=N_("Mr, Ms, H.E. …"),
        length=60,
        list="forms-of-address",
        autocomplete="honorific-prefix",
    )
    native_name = Line(N_("Name in the original script"), hint=_NATIVE_HINT)
    language = Choice(N_("Language of letters"), _LANGUAGES, required=True)
    phone = Line(N_("Telephone"), autocomplete="tel", length=60, type="tel", inputmode="tel")
    consent = Tick(N_("I agree that my data is used as described above."), required=True)

    def command(self) -> RegisterAlone:
        """Return the registration."""
        language = reader_language()
        return RegisterAlone(
            person=PersonDetails(
                full_name=self.full_name.data,
                native_name=self.native_name.data or None,
                form_of_address=self.form_of_address.data,
                posts={language: self.post.data},
                organization_name=self.organization_name.data,
                language=self.language.data,
                email=self.email.data,
                phone=self.phone.data,
            ),
            sessions=self.chosen,
            request_key=self.request_key.data or new_public_id(),
            consented=self.consent.data,
        )
