"""The letter that answers a request to speak: to the delegate, else to his focal point."""

from datetime import datetime

from app import site
from app.domain.events import EventStatus
from app.domain.languages import INTERFACE, in_language
from app.domain.mail import MessageKind
from app.domain.people import printed_name
from app.mail import outbox
from app.mail.mime import Recipient
from app.models.speaking import SpeakingRequest

_WRITTEN = frozenset({EventStatus.PUBLISHED, EventStatus.CLOSED})


def tell(request: SpeakingRequest, now: datetime) -> None:
    """Tell who asked; where there is no address, or the event is no longer public, nobody."""
    to, link, zone = _reader(request)
    event = request.event
    if to is None or event.is_archive or event.status not in _WRITTEN:
        return
    outbox.enqueue(
        kind=MessageKind.SPEAKING_ANSWERED,
        to=to,
        context={"event": event, "request": request, "name": to.name, "link": link, "reader_zone": zone},
        now=now,
        event=event,
        invitation=request.invitation,
        delegate=request.delegate,
    )


def _reader(request: SpeakingRequest) -> tuple[Recipient | None, str, str | None]:
    delegate, invitation = request.delegate, request.invitation
    person = delegate.person if delegate is not None else None
    if delegate is not None and person is not None and person.email:
        language = person.language if person.language in INTERFACE else "en"
        name = printed_name(person.full_name, person.native_name, language)
        return Recipient(person.email, name, language), site.delegate_url(delegate), person.timezone
    if invitation is not None and invitation.email:
        language = invitation.language if invitation.language in INTERFACE else "en"
        name = invitation.addressee or in_language(invitation.organization.names, language)
        link = site.invitation_url(invitation)
        return Recipient(invitation.email, name, language), link, invitation.organization.timezone
    return None, "", None
