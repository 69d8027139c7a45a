"""All components on one page, for those who build pages and for the tests that look at it."""

from flask import Blueprint, abort, render_template
from werkzeug.datastructures import MultiDict

from app import site
from app.domain.invitations import InvitationState
from app.domain.programme import AgendaKind
from app.forms.components import Sample
from app.web import guard

pages = Blueprint("public_components", __name__)
COUNTS = {
    InvitationState.ACCEPTED: 41,
    InvitationState.TENTATIVE: 6,
    InvitationState.DECLINED: 3,
    InvitationState.SENT: 9,
    InvitationState.DRAFT: 4,
}


@pages.get("/components")
@guard.public
def show() -> str:
    """Show each component, a form in error too; outside demo and tests there is no such page."""
    if not (site.settings().demo or site.settings().testing):
        abort(404)
    wrong = Sample(formdata=MultiDict({"full_name": ""}), prefix="wrong")
    wrong.validate()
    return render_template(
        "public/components.html", form=Sample(formdata=None), wrong=wrong, counts=COUNTS, kinds=AgendaKind
    )
