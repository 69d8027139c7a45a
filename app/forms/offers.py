"""Forms of offers: a place is kept for somebody, and one of two buttons answers."""

from app.domain.registrations import AnswerOffer
from app.forms.fields import Choice, Form, Hidden


class OfferForm(Form):
    """Take the place, or no, thanks; `session` is a public id, empty for the event as a whole."""

    session = Hidden()
    answer = Choice("", [("take", ""), ("leave", "")], required=True)

    def command(self) -> AnswerOffer:
        """Return what was answered."""
        return AnswerOffer(session=self.session.data or None, takes=self.answer.data == "take")
