"""The delegates of an event at the desk: the list in protocol order, as a file too; attendance."""

from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.documents import spreadsheets
from app.domain import clock
from app.domain.listings import Page
from app.domain.policy import Permission, may
from app.domain.registrations import DelegateRole, SeatState
from app.domain.saved_filters import FilteredList
from app.forms import delegate_filters
from app.i18n.catalogue import NN_
from app.queries import change_requests, delegate_lists, events, places, registrations, waiting
from app.services.registrations import attendance, export
from app.web import flashes, guard, languages
from app.web.downloads import XLSX, attachment
from app.web.organizer import saved_filters
from app.web.paging import asked_page

pages = Blueprint("organizer_delegates", __name__)

_FORMATS = {
    "xlsx": (spreadsheets.write_xlsx, XLSX),
    "csv": (spreadsheets.write_csv, "text/csv"),
}
_PAGE = 100


@pages.get("/organizer/events/<slug>/delegates")
@guard.signed_in(Permission.READ)
def index(slug: str) -> str:
    """List the delegates that meet the filters in the address."""
    event = events.get(slug, guard.actor())
    lines, filters = delegate_lists.list_lines(event), delegate_filters.filters(request.args)
    seen = delegate_lists.select(lines, filters)
    number = asked_page()
    return render_template(
        "organizer/delegates/list.html",
        event=event,
        counts=delegate_lists.count_states(lines),
        asked=change_requests.count_open([event.id]).get(event.id, 0),
        places=places.tabulate(event),
        page_of=Page(seen[(number - 1) * _PAGE : number * _PAGE], number, len(seen), _PAGE),
        filters=filters,
        institutions=registrations.list_institutions(event),
        states=SeatState,
        roles=DelegateRole,
        may_manage=may(guard.actor(), Permission.MANAGE_EVENTS),
        may_export=may(guard.actor(), Permission.EXPORT),
        here=_here,
        saved=saved_filters.offer(FilteredList.DELEGATES, event),
    )


@pages.get("/organizer/events/<slug>/delegates/waiting")
@guard.signed_in(Permission.READ)
def queues(slug: str) -> str:
    """Show the places in numbers, and who waits for one."""
    event = events.get(slug, guard.actor())
    return render_template(
        "organizer/delegates/waiting.html",
        event=event,
        places=places.tabulate(event),
        queues=waiting.list_queues(event),
    )


@pages.post("/organizer/events/<slug>/delegates.<any(xlsx, csv):extension>")
@guard.signed_in(Permission.EXPORT)
def save(slug: str, extension: str) -> Response:
    """Save what is seen as a file; by a button, since the history remembers it and GET changes nothing."""
    table = export.export_delegates(
        actor=guard.actor(),
        slug=slug,
        filters=delegate_filters.filters(request.args),
        extension=extension,
        language=languages.current(),
        now=clock.now(),
    )
    write, mimetype = _FORMATS[extension]
    headers = {"Content-Disposition": attachment(table.title, extension)}
    return Response(write(table), mimetype=mimetype, headers=headers)


@pages.post("/organizer/events/<slug>/delegates/attendance")
@guard.signed_in(Permission.MANAGE_EVENTS)
def note_attendance(slug: str) -> ResponseReturnValue:
    """Note for the ticked delegates whether they attended."""
    attended = {"yes": True, "no": False}.get(request.form.get("attended", ""))
    done = attendance.mark_several(
        actor=guard.actor(),
        event=events.get(slug, guard.actor()),
        delegates=request.form.getlist("chosen"),
        attended=attended,
        now=clock.now(),
    )
    flashes.counted(NN_("Attendance of {n} delegate noted.", "Attendance of {n} delegates noted."), done)
    return redirect(f"{url_for('.index', slug=slug)}?{_query()}", 303)


def _here(**wishes: str) -> str:
    """Return the address of this list with other wishes; an empty wish is taken away."""
    return f"?{_query(**wishes)}"


def _query(**wishes: str) -> str:
    present = {name: request.args.get(name, "") for name in delegate_filters.NAMES}
    return urlencode({name: value for name, value in (present | wishes).items() if value})
