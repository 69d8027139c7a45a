"""Forms of change requests: what is wanted, who asks and why; the answer of the desk."""

from typing import Any

from app.domain.change_requests import AnswerToChange, AskForChange, ChangeKind
from app.domain.people import PersonDetails
from app.forms.fields import Form, Line, Paragraph
from app.forms.registrations import DelegateForm, ReplaceForm
from app.i18n.catalogue import N_

_REASON = 1_000


class AskWithdrawalForm(Form):
    """Who asks, and why: all that a withdrawal needs."""

    asked_by = Line(N_("Who asks: name and position"), required=True, autocomplete="name")
    reason = Paragraph(N_("Why it has to change"), required=True, length=_REASON)

    def request(self, kind: ChangeKind) -> AskForChange:
        """Return the request."""
        return AskForChange(
            kind=kind, wanted=self.wanted(), asked_by=self.asked_by.data, reason=self.reason.data
        )

    def wanted(self) -> dict[str, Any]:
        """Return what the delegate is to be."""
        return {}


class AskEditForm(AskWithdrawalForm, DelegateForm):
    """A delegate as he is to be."""

    def wanted(self) -> dict[str, Any]:
        """Return his particulars, role and sessions."""
        return {**_values(self.person()), "role": self.role.data.value, "sessions": sorted(self.chosen)}


class AskReplaceForm(AskWithdrawalForm, ReplaceForm):
    """Who is to come in a delegate's place."""

    def wanted(self) -> dict[str, Any]:
        """Return who comes, and whether as a substitute."""
        return {**_values(self.person()), "is_substitute": self.is_substitute.data}


ASKING: dict[ChangeKind, type[AskWithdrawalForm]] = {
    ChangeKind.EDIT: AskEditForm,
    ChangeKind.REPLACE: AskReplaceForm,
    ChangeKind.WITHDRAW: AskWithdrawalForm,
}


class AnswerToChangeForm(Form):
    """The word of the desk; a refusal says why."""

    answer = Paragraph(
        N_("Answer to the institution"), hint=N_("Needed for a refusal, welcome otherwise."), length=_REASON
    )

    def command(self, *, accepts: bool) -> AnswerToChange:
        """Return the answer."""
        return AnswerToChange(accepts=accepts, answer=self.answer.data)


def _values(person: PersonDetails) -> dict[str, Any]:
    return {
        "full_name": person.full_name,
        "native_name": person.native_name,
        "form_of_address": person.form_of_address,
        "ranks": dict(person.ranks),
        "posts": dict(person.posts),
        "language": person.language,
        "email": person.email,
        "phone": person.phone,
    }
