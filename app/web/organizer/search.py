"""Find anything at the desk by a few words: a page of its own, and what Ctrl+K opens on every other."""

from typing import NamedTuple

from flask import Blueprint, render_template, request, url_for

from app.domain import clock
from app.domain.policy import Permission, may
from app.domain.text import words
from app.i18n.catalogue import N_, gettext
from app.queries import search
from app.web import guard, languages
from app.web.organizer import saved_filters
from app.web.organizer.directory import today

pages = Blueprint("organizer_search", __name__, url_prefix="/organizer")
_LONGEST = 100


class Place(NamedTuple):
    """A page of the desk that can be gone to: its English name, its endpoint, who may."""

    name: str
    endpoint: str
    permission: Permission = Permission.READ


_PLACES = (
    Place(N_("Desk"), "organizer_desk.show"),
    Place(N_("Roundtables"), "organizer_events.index"),
    Place(N_("New roundtable"), "organizer_events.create", Permission.MANAGE_EVENTS),
    Place(N_("Directory"), "organizer_directory.index"),
    Place(N_("Groups"), "organizer_directory.groups"),
    Place(N_("Possible duplicates"), "organizer_duplicates.index"),
    Place(N_("Add an organisation"), "organizer_directory.create", Permission.MANAGE_DIRECTORY),
    Place(N_("Mail"), "organizer_mail.overview"),
    Place(N_("Accounts"), "organizer_accounts.index", Permission.MANAGE_ACCOUNTS),
    Place(N_("Change password"), "security.change_password"),
)


@pages.get("/search")
@guard.signed_in(Permission.READ)
def show() -> str:
    """Show what has all the words that were typed; without words, where one can go."""
    text = request.args.get("q", "")[:_LONGEST]
    return render_template(
        "organizer/search/show.html",
        text=text,
        places=_places(text),
        today=today(),
        kept=_kept(text),
        found=search.find(guard.actor(), text, now=clock.now(), today=today()),
    )


def _kept(text: str) -> list[saved_filters.Link]:
    """Return the first of the actor's own filters whose name has the words."""
    wanted = words(text)
    named = [link for link in saved_filters.links() if _begin(words(link.saved.name), wanted)]
    return named[: search.MOST]


def _places(text: str) -> list[tuple[str, str]]:
    """Return name and address of the pages whose name has the words and which the actor may open."""
    wanted = words(text)
    named = (
        (gettext(languages.current(), place.name), url_for(place.endpoint))
        for place in _PLACES
        if may(guard.actor(), place.permission)
    )
    return [(name, address) for name, address in named if _begin(words(name), wanted)]


def _begin(known: list[str], wanted: list[str]) -> bool:
    return all(any(word.startswith(part) for word in known) for part in wanted)
