"""The calendar entries of a guest as he will see them, before any letter leaves."""

from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.policy import Permission
from app.queries import events, invitations, mail, registrations
from app.services.calendars import preview
from app.web import guard

if TYPE_CHECKING:
    from app.models.events import Event
    from app.models.invitations import Invitation
    from app.models.registrations import Delegate
    from app.queries.guest_calendars import Guest

pages = Blueprint("organizer_calendar_previews", __name__, url_prefix="/organizer/events/<slug>")


@pages.get("/guests/<invitation>/calendar")
@guard.signed_in(Permission.MANAGE_EVENTS)
def of_institution(slug: str, invitation: str) -> str:
    """Show the entry of an institution."""
    found = invitations.get(slug, invitation, guard.actor())
    return _page(found.event, found, ".institution_file", invitation=invitation)


@pages.get("/guests/<invitation>/calendar/<uid>/<any(request, cancel):method>.ics")
@guard.signed_in(Permission.MANAGE_EVENTS)
def institution_file(slug: str, invitation: str, uid: str, method: str) -> Response:
    """Save the message that an institution would get."""
    found = invitations.get(slug, invitation, guard.actor())
    return _file(_guest(found.event, found), uid, method)


@pages.get("/mail/<letter>/calendar")
@guard.signed_in(Permission.MANAGE_EVENTS)
def of_letter(slug: str, letter: str) -> ResponseReturnValue:
    """Lead to the calendar of whom a letter is written to, as it is after this letter."""
    found = mail.get(events.get(slug, guard.actor()), letter)
    holder = mail.get_holder(found)
    if found.invitation_id is not None:
        return redirect(url_for(".of_institution", slug=slug, invitation=holder.public_id, letter=letter))
    return redirect(url_for(".of_delegate", slug=slug, delegate_id=holder.public_id, letter=letter))


@pages.get("/delegates/<delegate_id>/calendar")
@guard.signed_in(Permission.MANAGE_EVENTS)
def of_delegate(slug: str, delegate_id: str) -> str:
    """Show the entries of a delegate."""
    event = events.get(slug, guard.actor())
    found = registrations.get_of_event(event, delegate_id)
    return _page(event, found, ".delegate_file", delegate_id=delegate_id)


@pages.get("/delegates/<delegate_id>/calendar/<uid>/<any(request, cancel):method>.ics")
@guard.signed_in(Permission.MANAGE_EVENTS)
def delegate_file(slug: str, delegate_id: str, uid: str, method: str) -> Response:
    """Save a message that a delegate would get."""
    event = events.get(slug, guard.actor())
    return _file(_guest(event, registrations.get_of_event(event, delegate_id)), uid, method)


def _page(event: "Event", holder: "Invitation | Delegate", file_view: str, **at: str) -> str:
    guest = _guest(event, holder)
    return render_template(
        "organizer/calendar_previews/show.html",
        event=event,
        holder=holder,
        guest=guest,
        changes=preview.entries(guest, now=clock.now()),
        letter=_letter(),
        file_view=file_view,
        at={"slug": event.slug, **at},
    )


def _guest(event: "Event", holder: "Invitation | Delegate") -> "Guest":
    return preview.guest_of(actor=guard.actor(), event=event, holder=holder, letter=_letter())


def _letter() -> str | None:
    return request.args.get("letter")


def _file(guest: "Guest", uid: str, method: str) -> Response:
    change, content = preview.file(guest, uid, method=method, now=clock.now())
    name = "cancel.ics" if method == "cancel" else "invite.ics"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Type": f"text/calendar; charset=utf-8; method={change.method}",
    }
    return Response(content, headers=headers)
