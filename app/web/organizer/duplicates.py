"""Possible duplicates in the directory at the desk."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.listings import Page
from app.domain.policy import Permission, may
from app.i18n.catalogue import N_
from app.queries import likeness, merges
from app.services.directory import distinctions
from app.web import flashes, guard
from app.web.paging import asked_page

pages = Blueprint("organizer_duplicates", __name__, url_prefix="/organizer/directory/duplicates")
_PAGE = 20


@pages.get("")
@guard.signed_in(Permission.READ)
def index() -> str:
    """List the pairs that are perhaps the same, what was told apart, and what was merged."""
    pairs, number = likeness.list_pairs(), asked_page()
    return render_template(
        "organizer/directory/duplicates.html",
        page_of=Page(pairs[(number - 1) * _PAGE : number * _PAGE], number, len(pairs), _PAGE),
        distinctions=likeness.list_distinctions(),
        merges=merges.list_latest(),
        can_edit=may(guard.actor(), Permission.MANAGE_DIRECTORY),
    )


@pages.post("/tell-apart")
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def tell_apart() -> ResponseReturnValue:
    """Decide that two are not the same."""
    distinctions.tell_apart(actor=guard.actor(), **_pair(), now=clock.now())
    flashes.done(N_("Noted: they are not the same. Nobody will be asked about them again."))
    return redirect(url_for(".index"), 303)


@pages.post("/ask-again")
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def ask_again() -> ResponseReturnValue:
    """Take that decision back."""
    distinctions.ask_again(actor=guard.actor(), **_pair(), now=clock.now())
    flashes.done(N_("The decision was taken back."))
    return redirect(url_for(".index"), 303)


def _pair() -> dict[str, str]:
    return {"one": request.form.get("one", ""), "other": request.form.get("other", "")}
