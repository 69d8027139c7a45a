"""Forms of requests to speak: what somebody asks for, and the organiser's word."""

from collections.abc import Iterable

from wtforms.fields import SelectChoice

from app.domain.speaking import LONGEST, AnswerToSpeaker, AskToSpeak
from app.forms.fields import Choice, Form, Paragraph, TranslatedLine, WholeNumber
from app.i18n.catalogue import N_

Offered = Iterable[tuple[str, str]]


class OwnSpeakingForm(Form):
    """What a delegate asks for himself."""

    session = Choice(N_("Session"), (), blank=N_("Any session"))
    topics = TranslatedLine(
        N_("Topic"), hint=N_("One language is enough; the programme is printed in all that you give.")
    )
    minutes = WholeNumber(
        N_("Minutes"),
        hint=N_("With consecutive interpretation it takes twice as long."),
        required=True,
        least=1,
        most=LONGEST,
    )

    def offer(self, sessions: Offered) -> None:
        """Offer the sessions."""
        self.session.choices = [*self.session.choices, *(SelectChoice(*pair) for pair in sessions)]

    def command(self) -> AskToSpeak:
        """Return the request."""
        return AskToSpeak(session=self.session.data, topics=self.topics.data, minutes=self.minutes.data)


class SpeakingForm(OwnSpeakingForm):
    """What an institution asks for: the speaker is one of its delegates, or follows later."""

    delegate = Choice(N_("Who speaks"), (), blank=N_("Not named yet"))

    def offer_delegates(self, delegates: Offered) -> None:
        """Offer the delegates."""
        self.delegate.choices = [*self.delegate.choices, *(SelectChoice(*pair) for pair in delegates)]

    def command(self) -> AskToSpeak:
        """Return the request."""
        return AskToSpeak(
            session=self.session.data,
            delegate=self.delegate.data,
            topics=self.topics.data,
            minutes=self.minutes.data,
        )


class AnswerToSpeakerForm(Form):
    """The word of the desk; a refusal says why."""

    answer = Paragraph(N_("Answer"), hint=N_("Needed for a refusal, welcome otherwise."), length=1_000)

    def command(self, *, accepts: bool) -> AnswerToSpeaker:
        """Return the answer."""
        return AnswerToSpeaker(accepts=accepts, answer=self.answer.data)
