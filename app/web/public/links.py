"""Ask for a new link when the old one does not work."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.forms.links import NewLinkForm
from app.services.invitations import links
from app.web import guard, languages, limits

pages = Blueprint("public_links", __name__)


@pages.route("/links/new", methods=["GET", "POST"])
@guard.public
@limits.at_most(limits.MAILS)
def new() -> ResponseReturnValue:
    """Send the links to the address on file; the answer is the same whether there is one."""
    form = NewLinkForm()
    if form.validate_on_submit():
        links.request_new(email=form.email.data, language=languages.current(), now=clock.now())
        return redirect(url_for(".asked"), 303)
    return render_template("public/links/new.html", form=form), form.status


@pages.get("/links/asked")
@guard.public
def asked() -> str:
    """Say what happens now, which is the same for every address."""
    return render_template("public/links/asked.html")
