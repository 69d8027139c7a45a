"""What letters of invitation and receipts are told: values, and the sentences that text and HTML share."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app import site
from app.domain.identifiers import reference
from app.domain.invitations import Answer, AttendanceLevel, effective_deadline, last_day
from app.domain.languages import in_language
from app.domain.programme import SessionStatus
from app.i18n import moments
from app.i18n.catalogue import N_, NN_, gettext, ngettext
from app.i18n.wording import label
from app.models.events import Event
from app.models.invitations import Invitation, InvitationAnswer
from app.models.programme import Session as Sitting
from app.models.programme import for_guests
from app.services.deadlines import say_deadline

_REQUESTS = {
    AttendanceLevel.LEADER: N_("{host} has the honour of inviting the leadership of your institution to:"),
    AttendanceLevel.REPRESENTATIVE: N_(
        "{host} has the honour of inviting a representative of your institution to:"
    ),
    None: N_("{host} has the honour of inviting your institution to:"),
}
_PEOPLE = NN_(
    "Please answer at this address; you may register {n} delegate there.",
    "Please answer at this address; you may register up to {n} delegates there.",
)
_NEXT = {
    Answer.ACCEPTED: N_("Next step: register your delegates at the address below."),
    Answer.TENTATIVE: N_("Please let us know at the address below as soon as it is certain."),
    Answer.DECLINED: N_(
        "You need not do anything more. Should you be able to take part after all, change the answer at the"
        " address below."
    ),
}


def programme(session: Session, event: Event) -> Sequence[Sitting]:
    """Return the sessions that will take place: read once for all letters of an event."""
    return session.scalars(
        sa.select(Sitting)
        .where(Sitting.event_id == event.id, for_guests(Sitting), Sitting.status != SessionStatus.CANCELLED)
        .order_by(Sitting.position)
    ).all()


def of_letter(invitation: Invitation, sittings: Sequence[Sitting]) -> dict[str, Any]:
    """Return the context of the letter of invitation."""
    language = invitation.language
    deadline = effective_deadline(invitation.deadline, invitation.event)
    return {
        **_common(invitation),
        "request": gettext(language, _REQUESTS[invitation.level], host=_host(invitation)),
        "people": _people(invitation),
        "letter": _letter(invitation),
        "sessions": sittings,
        "deadline_day": last_day(deadline, invitation.event.timezone) if deadline else None,
        "event_page": site.event_url(invitation.event.slug),
        "is_test": False,
    }


def of_reminder(invitation: Invitation, sittings: Sequence[Sitting]) -> dict[str, Any]:
    """Return the context of a reminder: that of the letter it repeats, with the day on which it was sent."""
    told = of_letter(invitation, sittings)
    sent_on = invitation.sent_at and invitation.sent_at.astimezone(ZoneInfo(told["zone"])).date()
    return {**told, "host": _host(invitation), "sent_on": sent_on}


def of_receipt(invitation: Invitation, given: InvitationAnswer) -> dict[str, Any]:
    """Return the context of the receipt for an answer."""
    language = invitation.language
    told = _common(invitation)
    next_step = gettext(language, _NEXT[given.answer])
    if told["deadline"]:
        next_step += " " + gettext(language, N_("This is possible until {moment}."), moment=told["deadline"])
    source = [label(given.source, language), given.source_reference]
    if given.source_date:
        source.append(moments.format_date(given.source_date, language))
    return {
        **told,
        "given": given,
        "reference": reference(given.public_id),
        "source": ", ".join(part for part in source if part),
        "next_step": next_step,
    }


def _common(invitation: Invitation) -> dict[str, Any]:
    event, reader_zone = invitation.event, invitation.organization.timezone
    zone = event.timezone or "UTC"
    contact = (event.contact_name, event.contact_phone, event.contact_email)
    return {
        "event": event,
        "greeting": _greeting(invitation),
        "when": _when(event, zone, invitation.language, reader_zone),
        "zone": zone,
        "reader_zone": reader_zone,
        "deadline": say_deadline(invitation, invitation.language),
        "contact_line": " · ".join(part for part in contact if part),
        "link": site.invitation_url(invitation),
    }


def _when(event: Event, zone: str, language: str, reader_zone: str | None) -> str:
    if event.starts_at is None:
        return moments.format_day(event.date, event.part_of_day, language)
    return str(moments.format_moment(event.starts_at, event.ends_at, zone, language, reader_zone))


def _greeting(invitation: Invitation) -> str:
    to = ", ".join(part for part in (invitation.addressee, _guest(invitation)) if part)
    return gettext(invitation.language, N_("To: {addressee}"), addressee=to)


def _guest(invitation: Invitation) -> str:
    return in_language(invitation.organization.names, invitation.language)


def _host(invitation: Invitation) -> str:
    organizers = invitation.event.organizers
    if not organizers:
        return site.settings().office
    return in_language(organizers[0].organization.names, invitation.language)


def _people(invitation: Invitation) -> str:
    if not invitation.quota:
        return gettext(invitation.language, N_("Please answer at this address:"))
    return ngettext(invitation.language, *_PEOPLE, invitation.quota)


def _letter(invitation: Invitation) -> str:
    if not invitation.letter_number or invitation.letter_date is None:
        return invitation.letter_number
    day = moments.format_date(invitation.letter_date, invitation.language)
    return gettext(invitation.language, N_("{number} of {date}"), number=invitation.letter_number, date=day)
