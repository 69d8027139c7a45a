"""Filters of lists that one keeps for oneself: offered above the list and by Ctrl+K."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.event_facts import EventCriteria, Shelf
from app.domain.policy import Permission
from app.domain.saved_filters import OF_EVENTS, FilteredList
from app.forms.saved_filters import RenameFilterForm, SaveFilterForm, may_be_everywhere, query
from app.i18n.catalogue import N_
from app.queries import events
from app.queries import saved_filters as reads
from app.services import saved_filters
from app.web import flashes, guard

if TYPE_CHECKING:
    from app.models.events import Event
    from app.models.saved_filters import SavedFilter

pages = Blueprint("organizer_saved_filters", __name__, url_prefix="/organizer")
_ENDPOINTS = {
    FilteredList.EVENTS: "organizer_events.index",
    FilteredList.DIRECTORY: "organizer_directory.index",
    FilteredList.BOARD: "organizer_coverage.show",
    FilteredList.GUESTS: "organizer_invitations.show",
    FilteredList.DELEGATES: "organizer_delegates.index",
    FilteredList.MAIL: "organizer_mail.of_event",
}


class Link(NamedTuple):
    """A kept filter as a link; `event` is the one on whose list it opens."""

    saved: "SavedFilter"
    address: str
    is_current: bool = False
    event: "Event | None" = None


class Offer(NamedTuple):
    """What a list offers: the filters that are kept, and the page that keeps the present one."""

    links: Sequence[Link]
    save: str | None


@pages.route("/filters/<any(events, directory):shown_on>", methods=["GET", "POST"])
@pages.route("/events/<slug>/filters/<any(board, guests, delegates, mail):shown_on>", methods=["GET", "POST"])
@guard.signed_in(Permission.READ)
def save(shown_on: str, slug: str | None = None) -> ResponseReturnValue:
    """Keep what the query of this address narrows the list to, under a name."""
    of = FilteredList(shown_on)
    event = events.get(slug, guard.actor()) if slug else None
    form, wanted = SaveFilterForm(), query(of, request.args)
    if form.validate_on_submit() and form.attempt(
        lambda: saved_filters.save(
            actor=guard.actor(), command=form.command(of, slug, request.args), now=clock.now()
        )
    ):
        flashes.done(N_("The filter is saved."))
        return redirect(address(of, slug, wanted), 303)
    return render_template(
        "organizer/saved_filters/save.html",
        form=form,
        shown_on=of,
        event=event,
        is_empty=not wanted,
        may_be_everywhere=may_be_everywhere(of, request.args),
        back=address(of, slug, wanted),
    ), form.status


@pages.route("/filters/<filter_id>/name", methods=["GET", "POST"])
@guard.signed_in(Permission.READ)
def rename(filter_id: str) -> ResponseReturnValue:
    """Give a filter another name; `event` of the address is the one whose list was looked at."""
    saved = reads.get(guard.actor(), filter_id)
    slug = _slug(saved, request.args.get("event", ""))
    back = address(saved.shown_on, slug, saved.query)
    form = RenameFilterForm(data={"name": saved.name})
    if form.validate_on_submit() and form.attempt(
        lambda: saved_filters.rename(actor=guard.actor(), saved=filter_id, name=form.name.data)
    ):
        flashes.done(N_("The filter has a new name."))
        return redirect(back, 303)
    return render_template(
        "organizer/saved_filters/rename.html",
        form=form,
        shown_on=saved.shown_on,
        event=events.get(slug, guard.actor()) if slug else None,
        back=back,
    ), form.status


@pages.post("/filters/<filter_id>/delete")
@guard.signed_in(Permission.READ)
def delete(filter_id: str) -> ResponseReturnValue:
    """Let go of a filter; the message that says so can bring it back."""
    saved = reads.get(guard.actor(), filter_id)
    slug = _slug(saved, request.form.get("event", ""))
    of, wanted, fields = saved.shown_on, saved.query, {"name": saved.name}
    if saved.event_id is None and of in OF_EVENTS:
        fields["is_everywhere"] = "y"
    saved_filters.delete(actor=guard.actor(), saved=filter_id)
    flashes.undoable(N_("The filter is deleted."), _saving(of, slug, wanted), **fields)
    return redirect(address(of, slug, wanted), 303)


def offer(shown_on: FilteredList, event: "Event | None" = None) -> Offer:
    """Return what the list that is looked at offers."""
    kept, wanted = reads.list_offered(guard.actor(), shown_on, event), query(shown_on, request.args)
    slug = event.slug if event else None
    links = [Link(one, address(shown_on, slug, one.query), one.query == wanted, event) for one in kept]
    is_new = wanted and not any(link.is_current for link in links)
    return Offer(links, _saving(shown_on, slug, wanted) if is_new else None)


def links() -> list[Link]:
    """Return all of the actor's filters; those of every event open at the one that comes first."""
    kept = reads.list_all(guard.actor())
    first = _first_event() if any(_needs_event(one) for one in kept) else None
    found = []
    for one in kept:
        event = first if _needs_event(one) else one.event
        if event or one.shown_on not in OF_EVENTS:
            opened = address(one.shown_on, event.slug if event else None, one.query)
            found.append(Link(one, opened, event=event))
    return found


def address(shown_on: FilteredList, slug: str | None, wanted: str) -> str:
    """Return the address of the list that is narrowed so."""
    arguments = _arguments(slug, wanted)
    if shown_on is FilteredList.BOARD:
        arguments["_anchor"] = "list"
    return url_for(_ENDPOINTS[shown_on], **arguments)


def _saving(shown_on: FilteredList, slug: str | None, wanted: str) -> str:
    return url_for("organizer_saved_filters.save", shown_on=shown_on.value, **_arguments(slug, wanted))


def _arguments(slug: str | None, wanted: str) -> dict[str, Any]:
    return {**({"slug": slug} if slug else {}), **dict(parse_qsl(wanted))}


def _needs_event(saved: "SavedFilter") -> bool:
    return saved.event_id is None and saved.shown_on in OF_EVENTS


def _first_event() -> "Event | None":
    ahead = EventCriteria(shelf=Shelf.UPCOMING)
    return next(iter(events.list_events(guard.actor(), ahead, now=clock.now(), limit=1)), None)


def _slug(saved: "SavedFilter", typed: str) -> str | None:
    """Return the event to go back to: that of the filter, else the one whose list was looked at."""
    if saved.shown_on not in OF_EVENTS:
        return None
    return saved.event.slug if saved.event else events.get(typed, guard.actor()).slug
