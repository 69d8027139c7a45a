"""Find out about one mail: what it is, whom it concerns, what may follow. Nothing is changed here."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app import site
from app.domain import mail_authentication, obstacles
from app.domain.addresses import domain_of
from app.domain.calendars import PartStat
from app.domain.inbound import MAX_BYTES, Reason, Result
from app.domain.invitations import AnswerSource
from app.domain.mail_authentication import Proof
from app.domain.registrations import SeatState
from app.domain.replies import ASKING, Case, GuestCopy, Reply, Verdict, agree, judge
from app.domain.reply_addresses import tokens_in
from app.ical.contents import TooLarge
from app.ical.parse import Unreadable, parse_reply
from app.mail import bounces
from app.mail.incoming import Incoming, TooComplex, take_apart
from app.models.calendars import CalendarCopy
from app.models.invitations import Invitation
from app.queries import replies
from app.queries.replies import Guest
from app.services.inbound import reports
from app.services.inbound.findings import Finding, answer_of
from app.services.invitations import rows
from app.services.registrations import places

_UNREAD: Final = Verdict(Result.REJECT, Reason.UNREADABLE)
_MOST_CALENDARS: Final = 3


def examine(session: Session, raw: bytes, *, envelope_to: str, now: datetime) -> Finding:
    """Return what was found out about a mail; the event that it concerns is locked from here on."""
    if len(raw) > MAX_BYTES:
        return Finding(Verdict(Result.REJECT, Reason.TOO_LARGE))
    try:
        incoming = take_apart(raw, envelope_to)
    except TooComplex:
        return Finding(Verdict(Result.REJECT, Reason.TOO_COMPLEX))
    finding = Finding(_UNREAD, incoming)
    if not incoming.message.keys():
        return finding
    if incoming.is_report and (notification := bounces.read(incoming)) is not None:
        return reports.examine(finding, notification)
    reason = _read(finding, incoming)
    known = _by_token(finding, incoming)
    if incoming.auto_submitted.startswith("auto-replied"):
        return _out_of_office(finding, incoming)
    if finding.reply is None and (incoming.is_from_nobody or incoming.auto_submitted not in {"", "no"}):
        return finding.ignored(Reason.AUTOMATIC)
    if finding.reply and finding.reply.method in _OF_ORGANIZERS:
        return finding.ignored(Reason.NOT_FROM_GUESTS)
    if len(known) > 1:
        return finding.held(Reason.SEVERAL_GUESTS)
    if finding.guest is None and finding.reply is not None and (other := _by_entry(finding, finding.reply)):
        finding.is_unproven = not known
        return finding.held(other)
    finding.is_unproven = not known and not _is_own(finding.guest, incoming)
    if incoming.sender is None:
        return finding.held(Reason.SEVERAL_SENDERS)
    if reason is not None or finding.reply is None or finding.guest is None:
        return finding.held(reason or Reason.UNKNOWN_ENTRY)
    finding.verdict = judge(_case(session, finding, finding.guest, finding.reply, known, now))
    return finding


_OF_ORGANIZERS = frozenset({"REQUEST", "PUBLISH", "CANCEL", "ADD", "DECLINECOUNTER"}) - ASKING


def _read(finding: Finding, incoming: Incoming) -> Reason | None:
    """Read the calendars; return why they cannot be believed."""
    if not incoming.calendars:
        return Reason.WINMAIL_DAT if incoming.has_tnef else Reason.WRITTEN_BY_HAND
    read, is_whole = [], len(incoming.calendars) <= _MOST_CALENDARS
    for part in incoming.calendars[:_MOST_CALENDARS]:
        try:
            read.append(parse_reply(part.content, charset=part.charset, method=part.method))
        except (Unreadable, TooLarge):
            is_whole = False
    finding.reply = read[0] if read else None
    if not agree(read):
        return Reason.PARTS_DISAGREE
    return None if is_whole and read else Reason.CALENDAR_UNREADABLE


def _by_token(finding: Finding, incoming: Incoming) -> dict[Guest, bool]:
    """Return the guests whose secret addresses the mail names, and whether these are still good."""
    organizer = finding.reply.organizer if finding.reply else ""
    named = tokens_in(f"{incoming.recipients}\n{organizer}", site.settings().reply_pattern)
    keys = site.settings().secret_keys
    resolved = [found for token in named if (found := replies.find_by_token(token, keys)) is not None]
    known: dict[Guest, bool] = {}
    for guest, is_good in resolved:
        known[guest] = known.get(guest, False) or is_good
    if known:
        first = next(iter(known))
        finding.event_id = first.event_id
        finding.guest = first if len(known) == 1 else None
    return known


def _by_entry(finding: Finding, reply: Reply) -> Reason | None:
    """Find the guest by the entry and the address that answers; return why there is none."""
    if len(reply.uids) != 1:
        return Reason.SEVERAL_ENTRIES if reply.uids else Reason.CALENDAR_UNREADABLE
    finding.event_id = replies.find_event(reply.uids[0])
    address = reply.responder.address if reply.responder else ""
    guests = replies.list_by_entry(reply.uids[0], address) if address else []
    if len(guests) == 1:
        finding.guest = guests[0]
        finding.event_id = guests[0].event_id
        return None
    if guests:
        return Reason.SEVERAL_GUESTS
    return Reason.PARTY_CRASHER if reply.responder else Reason.SEVERAL_ATTENDEES


def _is_own(guest: Guest | None, incoming: Incoming) -> bool:
    """Tell whether the guest's own domain stands behind a mail from his address."""
    sender = incoming.sender or ""
    is_his = guest is not None and sender in replies.list_addresses(guest, None)
    return is_his and _proof(incoming, sender) is Proof.PASSED


def _proof(incoming: Incoming, sender: str) -> Proof:
    return mail_authentication.dmarc(
        incoming.authentication_results, site.settings().mail_authserv_id, domain_of(sender)
    )


def _out_of_office(finding: Finding, incoming: Incoming) -> Finding:
    """Ignore it, but let it be seen beside the guest whose mail it answers."""
    if finding.guest is None:
        reports.attribute(finding, bounces.referred_to(incoming))
    return finding.ignored(Reason.OUT_OF_OFFICE)


def _case(
    session: Session, finding: Finding, guest: Guest, reply: Reply, known: dict[Guest, bool], now: datetime
) -> Case:
    """Lock the guest and put together what the judge has to know."""
    finding.guest = guest = lock(session, guest)
    finding.copy = copy = replies.find_copy(guest, reply.uids[0]) if reply.uids else None
    sender = finding.incoming.sender if finding.incoming else None
    return Case(
        reply=reply,
        addresses=replies.list_addresses(guest, copy),
        is_by_token=known.get(guest, False),
        is_revoked=known.get(guest) is False,
        sender=sender or "",
        proof=_proof(finding.incoming, sender or "") if finding.incoming else Proof.NONE,
        told=_seen(copy) if copy else None,
        current=answer_of(finding) or PartStat.NEEDS_ACTION,
        answered_at=_answered_otherwise(guest),
        obstacle=_obstacle(guest, reply, now),
        now=now,
    )


def lock(session: Session, guest: Guest) -> Guest:
    """Lock the event of a guest; return him as he is now."""
    if isinstance(guest, Invitation):
        public_id = guest.public_id
        rows.lock_event_of(session, public_id)
        return rows.lock_invitation(session, public_id)
    return places.lock_delegate(session, guest.id, guest.event_id)


def _seen(copy: CalendarCopy) -> GuestCopy:
    return GuestCopy(
        sequence=copy.sequence,
        is_cancelled=copy.is_cancelled,
        partstat=copy.partstat,
        comment=copy.comment,
        replied_at=copy.replied_at,
    )


def _answered_otherwise(guest: Guest) -> datetime | None:
    """Return when the guest last answered otherwise than by calendar: by his link, by letter …"""
    if not isinstance(guest, Invitation):
        return None
    own = [one.recorded_at for one in guest.answers if one.source is not AnswerSource.CALENDAR]
    return own[-1] if own else None


def _obstacle(guest: Guest, reply: Reply, now: datetime) -> Reason | None:
    if isinstance(guest, Invitation):
        return obstacles.of_institution(guest.event, guest.deadline, now)
    left = {seat.session.calendar_uid for seat in guest.seats if seat.state is SeatState.WITHDRAWN}
    gave_back = reply.partstat is not PartStat.DECLINED and not left.isdisjoint(reply.uids)
    own = obstacles.of_delegate(guest.event, guest.state, now)
    return own or (Reason.SEAT_GIVEN_BACK if gave_back else None)
