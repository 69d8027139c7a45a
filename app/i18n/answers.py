"""What the sender of a mail wants, in one short sentence for an officer."""

from app.domain.calendars import Method, PartStat
from app.domain.inbound import Reason
from app.i18n.catalogue import N_, gettext

_BY_REASON = {
    Reason.COUNTER: N_("Proposes another time"),
    Reason.DELEGATED: N_("Wants somebody else to come"),
    Reason.PARTY_CRASHER: N_("Somebody else answers"),
    Reason.DELEGATED_FROM: N_("Somebody else answers"),
    Reason.OUT_OF_OFFICE: N_("Is away"),
    Reason.BOUNCED: N_("Could not be reached"),
    Reason.DELAYED: N_("Not reached yet"),
    Reason.WRITTEN_BY_HAND: N_("Wrote a letter"),
}
_BY_ANSWER = {
    PartStat.ACCEPTED: N_("Takes part"),
    PartStat.TENTATIVE: N_("Is not certain yet"),
    PartStat.DECLINED: N_("Does not take part"),
    PartStat.DELEGATED: N_("Wants somebody else to come"),
}
_REFRESH = N_("Asks for the calendar entry again")
_UNCLEAR = N_("It is not clear what is wanted")


def wish_text(reason: str, method: str, partstat: PartStat | None, language: str) -> str:
    """Return what a mail wants that was treated for `reason`."""
    by_reason = next((words for known, words in _BY_REASON.items() if known.value == reason), None)
    if by_reason is None and method == Method.REFRESH:
        by_reason = _REFRESH
    by_answer = _BY_ANSWER.get(partstat) if partstat else None
    return gettext(language, by_reason or by_answer or _UNCLEAR)
