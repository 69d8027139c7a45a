"""The guests of an event: the list, whom to add, terms for several of them."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.errors import Conflict
from app.domain.policy import Permission, may
from app.domain.saved_filters import FilteredList
from app.forms import guest_filters
from app.forms.invitations import CommonTermsForm, InviteForm
from app.i18n import parties
from app.i18n.catalogue import N_, NN_, gettext, ngettext
from app.i18n.wording import error_text
from app.queries import candidates, directory, events, invitations
from app.services.invitations import invite, letters, terms
from app.web import guard, languages
from app.web.organizer import saved_filters
from app.web.paging import asked_page

if TYPE_CHECKING:
    from app.models.events import Event

pages = Blueprint("organizer_invitations", __name__, url_prefix="/organizer/events/<slug>/guests")


@pages.get("")
@guard.signed_in(Permission.READ)
def show(slug: str) -> str:
    """List the guests with what became of each."""
    event = events.get(slug, guard.actor())
    filters, page = guest_filters.filters(request.args), asked_page()
    total = invitations.count_guests(event, filters)
    return render_template(
        "organizer/invitations/list.html",
        event=event,
        may_manage=may(guard.actor(), Permission.MANAGE_EVENTS),
        guests=invitations.list_guests(event, filters, page=page),
        filters=filters,
        total=total,
        page_number=page,
        last_page=-(-total // invitations.PER_PAGE) or 1,
        counts=invitations.count_by_state(event),
        sides=invitations.count_by_side(event),
        constituencies=invitations.count_by_constituency(event),
        kinds=invitations.list_kinds(event),
        parties=parties.in_words(invitations.count_parties(event), languages.current()),
        saved=saved_filters.offer(FilteredList.GUESTS, event),
    )


@pages.post("/chosen")
@guard.signed_in(Permission.MANAGE_EVENTS)
def act(slug: str) -> ResponseReturnValue:
    """Do with the ticked guests what the pressed button says."""
    chosen, wanted = request.form.getlist("chosen"), request.form.get("act", "")
    back = redirect(url_for(".show", slug=slug), 303)
    if not chosen:
        flash(gettext(languages.current(), N_("Please choose at least one.")), "warning")
        return back
    if wanted not in _ACTS:
        return redirect(url_for(".change_terms", slug=slug, chosen=chosen), 303)
    try:
        flash(_ACTS[wanted](slug, chosen), "done")
    except Conflict as refusal:
        flash(error_text(refusal, languages.current()), "error")
    return redirect(url_for("organizer_letters.show", slug=slug), 303) if wanted == "letters" else back


@pages.route("/terms", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def change_terms(slug: str) -> ResponseReturnValue:
    """Set terms for several guests at once."""
    event = events.get(slug, guard.actor())
    chosen = invitations.list_chosen(event, request.args.getlist("chosen"))
    form = CommonTermsForm(event.timezone, _sides(event))
    ids = [invitation.public_id for invitation in chosen]
    if form.validate_on_submit() and (
        number := form.attempt(
            lambda: terms.change_many(
                actor=guard.actor(), slug=slug, invitations=ids, command=form.command(), now=clock.now()
            )
        )
    ):
        flash(_counted(_CHANGED, number), "done")
        return redirect(url_for(".show", slug=slug), 303)
    return render_template(
        "organizer/invitations/terms.html", event=event, form=form, chosen=chosen
    ), form.status


@pages.get("/add")
@guard.signed_in(Permission.MANAGE_EVENTS)
def pick(slug: str) -> str:
    """Show groups with their counts on the day of the event, and organisations by name."""
    event = events.get(slug, guard.actor())
    words, day = request.args.get("q", ""), _day(event.date)
    return render_template(
        "organizer/invitations/pick.html",
        event=event,
        day=day,
        words=words,
        is_empty=directory.is_empty(),
        groups=candidates.count_groups(event, day=day),
        found=candidates.list_matching(event, words, day=day),
        picked=candidates.list_picked(request.args.getlist("organization")),
        chosen_groups=request.args.getlist("group"),
    )


@pages.route("/add/preview", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def add(slug: str) -> ResponseReturnValue:
    """Show who would be new, ask for the terms, and invite."""
    event = events.get(slug, guard.actor())
    organizations, groups = tuple(request.args.getlist("organization")), tuple(request.args.getlist("group"))
    form = InviteForm(event.timezone, _sides(event), quota=event.default_quota)
    if form.validate_on_submit() and (
        made := form.attempt(
            lambda: invite.invite(
                actor=guard.actor(), slug=slug, command=form.command(organizations, groups), now=clock.now()
            )
        )
    ):
        flash(_invited(made), "done")
        return redirect(url_for(".show", slug=slug), 303)
    if not organizations and not groups:
        flash(gettext(languages.current(), N_("Please choose at least one.")), "warning")
        return redirect(url_for(".pick", slug=slug), 303)
    chosen = candidates.list_chosen(organizations, groups, day=_day(event.date))
    new, present = candidates.split(event, chosen)
    return render_template(
        "organizer/invitations/preview.html",
        event=event,
        form=form,
        new=new,
        present=present,
        back=url_for(".pick", slug=slug, organization=organizations, group=groups),
    ), form.status


_CHANGED = NN_("The terms of {n} guest are changed.", "The terms of {n} guests are changed.")
_REMOVED = NN_("{n} guest was taken off the list.", "{n} guests were taken off the list.")
_PREPARED = NN_("{n} letter is prepared and waits for you.", "{n} letters are prepared and wait for you.")
_NEW = NN_("{n} institution is new on the list.", "{n} institutions are new on the list.")
_ALREADY = NN_("{n} was on it already.", "{n} were on it already.")


def _remove(slug: str, chosen: Sequence[str]) -> str:
    number = invite.remove(actor=guard.actor(), slug=slug, invitations=chosen, now=clock.now())
    return _counted(_REMOVED, number)


def _prepare(slug: str, chosen: Sequence[str]) -> str:
    made = letters.prepare(actor=guard.actor(), slug=slug, invitations=chosen, now=clock.now())
    return _counted(_PREPARED, made.letters)


_ACTS = {"remove": _remove, "letters": _prepare}


def _invited(made: invite.Invited) -> str:
    return " ".join([_counted(_NEW, made.new), *([_counted(_ALREADY, made.already)] if made.already else [])])


def _counted(words: tuple[str, str], number: int) -> str:
    return ngettext(languages.current(), *words, number)


def _sides(event: "Event") -> dict[str, str]:
    return invitations.name_sides(event, languages.current())


def _day(day: date | None) -> date:
    """Return the day on which groups are resolved: that of the event, today while it has none."""
    return day or clock.now().date()
