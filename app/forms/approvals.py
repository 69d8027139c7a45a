"""Forms of approval: whom to ask, and the word about delegates."""

from collections.abc import Iterable

from wtforms.fields import SelectChoice

from app.domain.approvals import AskHead, Decision
from app.domain.invitations import AnswerSource
from app.forms.fields import Choice, Choices, Email, Form, Line, Paragraph
from app.i18n.catalogue import N_
from app.i18n.labels import LABELS

_REASON = 1_000
_BY_HAND = [
    (source.value, LABELS["AnswerSource"][source.value])
    for source in (AnswerSource.LETTER, AnswerSource.PHONE, AnswerSource.EMAIL)
]


class AskHeadForm(Form):
    """Whom the focal point asks to approve."""

    name = Line(N_("Name and post of the head"), required=True, autocomplete="off")
    email = Email(
        N_("E-mail address of the head"),
        hint=N_("The link to approve goes there and nowhere else. Whoever reads it decides for the head."),
        required=True,
        autocomplete="off",
    )

    def command(self) -> AskHead:
        """Return who is asked."""
        return AskHead(name=self.name.data, email=self.email.data)


class RefusalForm(Form):
    """Why delegates are not approved; an approval needs no words."""

    reason = Paragraph(
        N_("Reason"),
        hint=N_("The delegates and the focal point of their institution read it."),
        length=_REASON,
    )

    def decision(self, delegates: Iterable[str], *, approves: bool) -> Decision:
        """Return the word about these delegates (public ids)."""
        return Decision(
            delegates=tuple(delegates), approves=approves, reason="" if approves else self.reason.data
        )


class RecordedRefusalForm(RefusalForm):
    """The word of institutions' heads as it reached the desk."""

    source = Choice(N_("How we learnt of it"), _BY_HAND, required=True)


class HeadForm(RefusalForm):
    """The word of a head about those of his delegates whom he ticks."""

    chosen = Choices(N_("Delegates"))

    def offer(self, delegates: Iterable[tuple[str, str]]) -> "HeadForm":
        """Offer the delegates who wait, by public id and words."""
        self.chosen.choices = [SelectChoice(key, words) for key, words in delegates]
        return self
