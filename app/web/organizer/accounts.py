"""Accounts of the desk: who signs in. The one-time link is shown once, and mailed."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.accounts import Role
from app.domain.policy import Permission
from app.forms.accounts import AccountForm
from app.forms.fields import Form
from app.i18n.catalogue import N_
from app.queries import accounts as reads
from app.services import accounts
from app.web import flashes, guard

pages = Blueprint("organizer_accounts", __name__, url_prefix="/organizer/accounts")
_managing = guard.signed_in(Permission.MANAGE_ACCOUNTS)


@pages.get("")
@_managing
def index() -> str:
    """List the accounts."""
    return _list()


@pages.route("/new", methods=["GET", "POST"])
@_managing
def create() -> ResponseReturnValue:
    """Add an account; the answer shows its one-time link, which no other page does."""
    form = AccountForm(data={"role": Role.ORGANIZER})  # nobody administers by an oversight
    if form.validate_on_submit() and (
        link := form.attempt(
            lambda: accounts.add_account(
                actor=guard.actor(),
                email=form.email.data,
                name=form.name.data,
                role=form.role.data,
                language=form.language.data,
                now=clock.now(),
            )
        )
    ):
        accounts.mail_one_time_link(email=form.email.data, now=clock.now())
        return render_template("organizer/accounts/link.html", link=link, email=form.email.data)
    return render_template("organizer/accounts/new.html", form=form), form.status


@pages.post("/<public_id>/link")
@_managing
def renew(public_id: str) -> ResponseReturnValue:
    """Make a new one-time link, show it once and mail it."""
    email = reads.get(public_id).email
    link = accounts.renew_link(actor=guard.actor(), public_id=public_id, now=clock.now())
    accounts.mail_one_time_link(email=email, now=clock.now())
    return render_template("organizer/accounts/link.html", link=link, email=email)


@pages.post("/<public_id>/<any(open, close):act>")
@_managing
def set_active(public_id: str, act: str) -> ResponseReturnValue:
    """Let an account in again, or shut it out at once."""
    form = Form()
    done = form.validate_on_submit() and form.attempt(lambda: _set_active(public_id, act == "open"))
    if not done:
        return _list(tuple(form.form_errors)), 422
    if act == "open":
        flashes.done(N_("The account is open again."))
    else:
        flashes.undoable(
            N_("The account is closed."), url_for(".set_active", public_id=public_id, act="open")
        )
    return redirect(url_for(".index"), 303)


def _set_active(public_id: str, active: bool) -> bool:
    accounts.set_active(actor=guard.actor(), public_id=public_id, active=active, now=clock.now())
    return True


def _list(refusals: tuple[str, ...] = ()) -> str:
    return render_template(
        "organizer/accounts/list.html",
        accounts=reads.list_all(),
        own=guard.actor().account_id,
        refusals=refusals,
    )
