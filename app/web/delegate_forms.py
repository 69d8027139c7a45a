"""Forms of registrations filled with what is known: the sessions on offer, a delegate as he is."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from app.domain.directory import OrganizationKind
from app.domain.languages import in_language
from app.domain.programme import SessionStatus
from app.domain.registrations import DelegateRole, SeatState, admits, free_places
from app.forms.registrations import DelegateForm, OwnDataForm, ReplaceForm, SessionsForm
from app.i18n.catalogue import N_, gettext
from app.i18n.moments import format_moment
from app.web import languages

if TYPE_CHECKING:
    from app.models.events import Event
    from app.models.invitations import Invitation
    from app.models.registrations import Delegate


class Offered(Protocol):
    """A session as it may be chosen."""

    public_id: str
    status: SessionStatus
    titles: dict[str, str]
    starts_at: datetime | None
    ends_at: datetime | None
    capacity: int | None
    taken: int
    admitted_kinds: list[str]


class Dated(Protocol):
    """An event, by the day and the zone that its sessions stand under."""

    date: date | None
    timezone: str | None


F = TypeVar("F", bound=DelegateForm)
R = TypeVar("R", bound=ReplaceForm)
S = TypeVar("S", bound=Offered)
_FULL = N_("full – waiting list")


def new_delegate(kind: type[F], invitation: "Invitation") -> F:
    """Return the form for somebody new: the first one leads the delegation, open sessions are chosen."""
    offered = list_offered(invitation.event.sessions, invitation.organization.kind)
    form = kind(
        data={
            "role": DelegateRole.DELEGATE if invitation.taken else DelegateRole.HEAD_OF_DELEGATION,
            "language": invitation.language,
            "sessions": [session.public_id for session in offered if _has_room(session)],
        }
    )
    offer(form, offered, invitation.event)
    return form


def known_delegate(kind: type[F], delegate: "Delegate", event: "Event") -> F:
    """Return the form for a delegate as he is."""
    form = kind(data=_known(delegate))
    person = delegate.person
    kind_of_organization = person.organization.kind if person.organization else None
    offer(form, list_offered(event.sessions, kind_of_organization), event)
    return form


def compare_successor(form: ReplaceForm, delegate: "Delegate") -> None:
    """Show beside who was typed who has the place now, where somebody else was faster."""
    if form.was_refused("changed_meanwhile") or form.was_refused("delegate_withdrawn"):
        form.compare(_known(delegate.replaced_by or delegate))


def replacement(kind: type[R], delegate: "Delegate") -> R:
    """Return the form for who comes in a delegate's place."""
    return kind(data={"language": delegate.person.language, "revision": delegate.revision})


def own_data(delegate: "Delegate") -> OwnDataForm:
    """Return the form with which a delegate corrects himself."""
    return OwnDataForm(data=_written(delegate))


def offer(form: SessionsForm, sessions: Iterable[Offered], event: Dated) -> None:
    """Offer sessions with their hours, and say which are full."""
    form.offer((session.public_id, _words(session, event)) for session in sessions)


def list_offered(sessions: Iterable[S], kind: OrganizationKind | None) -> list[S]:
    """Return the sessions on the programme that are open to delegates of this kind."""
    return [
        session
        for session in sessions
        if session.status is SessionStatus.PLANNED and admits(session.admitted_kinds, kind)
    ]


def _known(delegate: "Delegate") -> dict[str, Any]:
    person, language = delegate.person, languages.current()
    return {
        **_written(delegate),
        "role": delegate.role,
        "rank": person.ranks.get(language, ""),
        "post": person.posts.get(language, ""),
        "email": person.email or "",
        "precedence": person.precedence,
        "is_substitute": delegate.is_substitute,
        "sessions": [
            seat.session.public_id for seat in delegate.seats if seat.state is not SeatState.WITHDRAWN
        ],
    }


def _written(delegate: "Delegate") -> dict[str, Any]:
    person = delegate.person
    return {
        "full_name": person.full_name,
        "native_name": person.native_name or "",
        "form_of_address": person.form_of_address,
        "language": person.language,
        "phone": person.phone,
        "revision": delegate.revision,
    }


def _words(session: Offered, event: Dated) -> str:
    language = languages.current()
    hours = _hours(session, event)
    full = "" if _has_room(session) else gettext(language, _FULL)
    return " · ".join(part for part in (in_language(session.titles, language), hours, full) if part)


def _hours(session: Offered, event: Dated) -> str:
    if session.starts_at is None or event.timezone is None:
        return ""
    moment = format_moment(
        session.starts_at, session.ends_at, event.timezone, languages.current(), day=event.date
    )
    return moment.host


def _has_room(session: Offered) -> bool:
    return free_places(session.capacity, session.taken) != 0
