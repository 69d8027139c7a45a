"""What the two buttons under an offered place do, on whose page ever they stand."""

from typing import TYPE_CHECKING

from app.domain import clock
from app.domain.errors import Conflict
from app.domain.invitations import AnswerSource
from app.domain.policy import Actor
from app.forms.offers import OfferForm
from app.i18n.catalogue import N_
from app.i18n.wording import error_text
from app.services.registrations import offers
from app.web import flashes, languages

if TYPE_CHECKING:
    from app.models.registrations import Delegate


def answer(delegate: "Delegate", actor: Actor, source: AnswerSource = AnswerSource.LINK) -> None:
    """Record the answer; what became of it is said on the next page."""
    form = OfferForm()
    if not form.validate_on_submit():
        return
    command = form.command()
    try:
        offers.answer_offer(actor=actor, delegate=delegate, command=command, now=clock.now(), source=source)
    except Conflict as refusal:
        flashes.refused(error_text(refusal, languages.current()))
        return
    flashes.done(
        N_("The place is taken.")
        if command.takes
        else N_("Thank you for telling us. The place goes to the next on the waiting list.")
    )
