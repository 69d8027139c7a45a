"""Answers by calendar: what a reply says, and what may follow from it (RFC 5546 sections 2.1.5 and 3.2.3)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.addresses import domain_of
from app.domain.calendars import Method, PartStat
from app.domain.inbound import Reason, Result
from app.domain.mail_authentication import Proof

ANSWERS = frozenset({PartStat.ACCEPTED, PartStat.TENTATIVE, PartStat.DECLINED})
ASKING = frozenset({Method.REPLY, Method.COUNTER, Method.REFRESH})
"""Methods that come from guests; the others are an organiser's (RFC 5546 section 1.4)."""
_AHEAD = timedelta(days=1)
_LARGEST_SEQUENCE = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Responder:
    """An ATTENDEE of a reply; addresses are casefolded, `partstat` is as written, in capitals."""

    address: str
    name: str = ""
    partstat: str = ""
    sent_by: str = ""
    delegated_to: str = ""
    delegated_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What counts in a scheduling message; its times and titles do not, but for what a COUNTER proposes.

    `is_broken`: a line that matters could not be read.
    """

    method: str = ""
    uids: tuple[str, ...] = ()
    responders: tuple[Responder, ...] = ()
    organizer: str = ""
    sequence: int | None = None
    stamp: datetime | None = None
    comment: str = ""
    recurs: bool = False
    starts: datetime | None = None
    ends: datetime | None = None
    is_broken: bool = False

    @property
    def responder(self) -> Responder | None:
        """Return who answers; None when nobody or several do."""
        return self.responders[0] if len(self.responders) == 1 else None

    @property
    def partstat(self) -> PartStat | None:
        """Return the answer, where it is one that the RFC knows."""
        said = self.responder.partstat if self.responder else ""
        return PartStat(said) if said in set(PartStat) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestCopy:
    """What the guest was told of this entry, and what he said by calendar so far."""

    sequence: int
    is_cancelled: bool
    partstat: PartStat
    comment: str
    replied_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One reply before the judge.

    `addresses` are those at which the guest was invited, casefolded; `is_by_token`: the mail came to his
    secret address; `current` is his answer by any way, `answered_at` when he last gave one otherwise than by
    calendar; `obstacle` is what stands in the way at the moment.
    """

    reply: Reply
    addresses: frozenset[str]
    is_by_token: bool
    is_revoked: bool
    sender: str
    proof: Proof
    told: GuestCopy | None
    current: PartStat
    answered_at: datetime | None
    obstacle: Reason | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a mail, and why."""

    result: Result
    reason: Reason


def judge(case: Case) -> Verdict:
    """Return what may follow from a reply of a known guest: apply, hold or ignore."""
    return next(verdict for check in _CHECKS if (verdict := check(case)) is not None)


def stamp_of(reply: Reply, now: datetime) -> datetime:
    """Return when the answer was given: its DTSTAMP, that of reception where there is none to believe."""
    return now if reply.stamp is None or reply.stamp > now + _AHEAD else reply.stamp


def essence(reply: Reply) -> object:
    """Return what parts of one mail have to agree on."""
    return reply.method, reply.uids, reply.responders, reply.sequence, reply.stamp, reply.recurs


def agree(replies: Iterable[Reply]) -> bool:
    """Tell whether several calendar parts of one mail say the same."""
    return len({essence(reply) for reply in replies}) <= 1


def _method(case: Case) -> Verdict | None:
    method = case.reply.method
    if method in ASKING:
        return None
    return _ignore(Reason.NOT_FROM_GUESTS) if method in set(Method) else _hold(Reason.METHOD_UNKNOWN)


def _entry(case: Case) -> Verdict | None:
    if case.reply.is_broken or not case.reply.uids:
        return _hold(Reason.CALENDAR_UNREADABLE)
    if len(case.reply.uids) > 1:
        return _hold(Reason.SEVERAL_ENTRIES)
    return _hold(Reason.UNKNOWN_ENTRY) if case.told is None else None


def _responder(case: Case) -> Verdict | None:
    """One guest answers, for himself: whoever else does was not invited, at least not by us."""
    if case.reply.responder is None:
        return _hold(Reason.SEVERAL_ATTENDEES if case.reply.responders else Reason.ATTENDEE_MISSING)
    if case.reply.responder.delegated_from:
        return _hold(Reason.DELEGATED_FROM)
    return None if case.reply.responder.address in case.addresses else _hold(Reason.PARTY_CRASHER)


def _trust(case: Case) -> Verdict | None:
    """The secret address proves the guest; without it his own domain has to."""
    if case.is_revoked:
        return _hold(Reason.LINK_REVOKED)
    if case.is_by_token:
        return _hold(Reason.SENDER_NOT_PROVEN) if case.proof is Proof.FAILED else None
    own = case.reply.responder is not None and case.sender == case.reply.responder.address
    return None if own and case.proof is Proof.PASSED else _hold(Reason.SENDER_NOT_PROVEN)


def _sent_by(case: Case) -> Verdict | None:
    """A secretary of the same house may answer by the secret address."""
    guest = case.reply.responder
    if guest is None or guest.sent_by in {"", guest.address}:
        return None
    same_house = domain_of(guest.sent_by) == domain_of(guest.address)
    return None if same_house and case.is_by_token else _hold(Reason.SENT_BY)


def _wish(case: Case) -> Verdict | None:
    """Requests that are no answer."""
    if case.reply.method == Method.REFRESH:
        return Verdict(Result.APPLY, Reason.REFRESH)
    if case.reply.method == Method.COUNTER:
        return _hold(Reason.COUNTER)
    if case.reply.recurs:
        return _hold(Reason.RECURRENCE)
    if case.reply.partstat is PartStat.DELEGATED or (
        case.reply.responder and case.reply.responder.delegated_to
    ):
        return _hold(Reason.DELEGATED)
    return None if case.reply.partstat in ANSWERS else _hold(Reason.PARTSTAT_UNKNOWN)


def _order(case: Case) -> Verdict | None:
    """The newest answer to the present question counts, whatever comes in first (RFC 5546 section 2.1.5)."""
    stamp, told = stamp_of(case.reply, case.now), case.told
    latest = [at for at in (told and told.replied_at, case.answered_at) if at]
    if any(stamp < at.replace(microsecond=0) for at in latest):
        return _ignore(Reason.OLDER_ANSWER)
    if told is None or not _is_same(case, told):
        return None
    is_news = case.reply.stamp is not None and (told.replied_at is None or stamp > told.replied_at)
    return Verdict(Result.APPLY if is_news and not told.is_cancelled else Result.IGNORE, Reason.SAME_ANSWER)


def _version(case: Case) -> Verdict | None:
    if case.told is None or case.told.is_cancelled:
        return _hold(case.obstacle or Reason.ENTRY_CANCELLED)
    sequence = case.reply.sequence
    if sequence is None or not 0 <= sequence <= _LARGEST_SEQUENCE or sequence == case.told.sequence:
        return None
    return _hold(Reason.OLDER_VERSION if sequence < case.told.sequence else Reason.NEWER_VERSION)


def _circumstances(case: Case) -> Verdict | None:
    return _hold(case.obstacle) if case.obstacle else None


def _answer(_case: Case) -> Verdict:
    return Verdict(Result.APPLY, Reason.ANSWERED)


def _is_same(case: Case, told: GuestCopy) -> bool:
    """Tell whether this has been said already, and holds."""
    said = case.reply.partstat
    comment = case.reply.comment
    return said is told.partstat and said is case.current and comment in {"", told.comment}


def _hold(reason: Reason) -> Verdict:
    return Verdict(Result.HOLD, reason)


def _ignore(reason: Reason) -> Verdict:
    return Verdict(Result.IGNORE, reason)


_CHECKS: tuple[Callable[[Case], Verdict | None], ...] = (
    _method,
    _entry,
    _responder,
    _trust,
    _sent_by,
    _wish,
    _order,
    _version,
    _circumstances,
    _answer,
)
