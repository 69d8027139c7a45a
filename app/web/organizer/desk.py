"""The organiser's first page."""

from flask import Blueprint, render_template

from app.domain import clock
from app.domain.policy import Permission, may
from app.queries import desk
from app.web import guard

pages = Blueprint("organizer_desk", __name__, url_prefix="/organizer")


@pages.get("/")
@guard.signed_in(Permission.READ)
def show() -> str:
    """Show what comes next, what has to be done, and how every roundtable stands."""
    now, actor = clock.now(), guard.actor()
    return render_template(
        "organizer/desk/show.html",
        desk=desk.get_desk(actor, now=now),
        now=now,
        may_manage=may(actor, Permission.MANAGE_EVENTS),
    )
