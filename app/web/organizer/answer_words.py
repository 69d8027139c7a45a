"""A mail that came back, in the words of the pages of answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import url_for

from app.domain import tokens
from app.domain.calendars import PartStat
from app.domain.event_times import HOME_ZONE
from app.domain.inbound import Reason, Result
from app.domain.languages import in_language
from app.i18n.answers import wish_text
from app.i18n.inbound import reason_text
from app.i18n.moments import Moment, format_moment
from app.i18n.wording import label
from app.queries import calendar_answers, inbound
from app.web import languages

if TYPE_CHECKING:
    from app.models.calendars import CalendarCopy
    from app.models.events import Event
    from app.models.inbound import InboundMail
    from app.models.invitations import Invitation
    from app.models.programme import Session
    from app.models.registrations import Delegate

_OF_OTHERS = {Reason.PARTY_CRASHER.value, Reason.DELEGATED_FROM.value}
"""The answer is not the guest's own: it does not get its shape."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One mail: who wants what (with the shape of a state), why it waits or what became of it.

    `present` and `proposed` are the hours of a mail that proposes others, in event's and guest's zone.
    """

    mail: "InboundMail"
    who: str
    guest_url: str | None
    wish: str
    shape: str
    reason: str
    became: str
    comment: str
    session: "Session | None"
    present: Moment | None
    proposed: Moment | None
    may_apply: bool
    may_decline: bool

    @property
    def takes_back(self) -> bool:
        """Tell whether recording it gives places back: what follows is said before."""
        return self.mail.partstat is PartStat.DECLINED


@dataclass(frozen=True, slots=True)
class OfGuest:
    """What a delegate answered in a calendar, entry by entry, and the mails that came from a guest."""

    copies: "Sequence[CalendarCopy]"
    mails: Sequence[Shown]


def of_institution(event: "Event", invitation: "Invitation") -> OfGuest:
    """Return what came from the calendar of an institution; its answers stand with the others."""
    return OfGuest([], [shown(event, mail) for mail in inbound.list_of_guest(invitation)])


def of_delegate(event: "Event", delegate: "Delegate") -> OfGuest:
    """Return what came from the calendar of a delegate."""
    mails = [shown(event, mail) for mail in inbound.list_of_guest(delegate)]
    return OfGuest(calendar_answers.list_of_delegate(delegate), mails)


def shown(event: "Event", mail: "InboundMail") -> Shown:
    """Return the mail in words."""
    language, session = languages.current(), calendar_answers.find_session(event, mail.uid)
    open_ = mail.result is Result.HOLD and mail.decision is None
    return Shown(
        mail=mail,
        who=_name(mail),
        guest_url=_guest_url(event, mail),
        wish=wish_text(mail.reason, mail.method, mail.partstat, language),
        shape=mail.partstat.lower() if mail.partstat and mail.reason not in _OF_OTHERS else "silent",
        reason=reason_text(mail.reason, language),
        became=label(mail.decision or mail.result, language) if mail.result else "",
        comment=tokens.masked(mail.comment),
        session=session,
        present=_hours(event, session, mail) if mail.proposed_start else None,
        proposed=_proposed(event, mail),
        may_apply=open_ and inbound.may_apply(mail),
        may_decline=open_ and inbound.may_decline_counter(mail),
    )


def _name(mail: "InboundMail") -> str:
    if mail.invitation:
        return in_language(mail.invitation.organization.names, languages.current())
    return mail.delegate.person.full_name if mail.delegate else mail.sender


def _guest_url(event: "Event", mail: "InboundMail") -> str | None:
    if mail.invitation:
        return url_for("organizer_guest.show", slug=event.slug, invitation=mail.invitation.public_id)
    if mail.delegate:
        return url_for("organizer_delegate.show", slug=event.slug, delegate_id=mail.delegate.public_id)
    return None


def _hours(event: "Event", session: "Session | None", mail: "InboundMail") -> Moment | None:
    """Return when the entry is now."""
    entry = session if session and session.starts_at else event
    if entry.starts_at is None:
        return None
    return _moment(event, mail, entry.starts_at, entry.ends_at)


def _proposed(event: "Event", mail: "InboundMail") -> Moment | None:
    if mail.proposed_start is None:
        return None
    return _moment(event, mail, mail.proposed_start, mail.proposed_end)


def _moment(event: "Event", mail: "InboundMail", starts: datetime, ends: datetime | None) -> Moment:
    return format_moment(starts, ends, event.timezone or HOME_ZONE, languages.current(), _zone(mail))


def _zone(mail: "InboundMail") -> str | None:
    """Return the zone in which the guest reads a clock."""
    if mail.invitation:
        return mail.invitation.organization.timezone
    return mail.delegate.person.timezone if mail.delegate else None
