"""Bounds for mail that nothing proves: anybody can write about an event, for the uid of its entry is public.

What comes by a secret address, or is proven by the guest's own domain, is held without end.
"""

from datetime import datetime, timedelta

from app.domain.inbound import MOST_IN_ONE_NAME, MOST_OF_ONE_STRANGER, MOST_OF_STRANGERS, Reason, Result
from app.queries import inbound
from app.services.inbound.findings import Finding

_DAY = timedelta(days=1)


def bound(finding: Finding, now: datetime) -> Finding:
    """Pass over what would be held beyond the bounds; strangers never take the room of a guest's name."""
    if finding.verdict.result is not Result.HOLD or not finding.is_unproven or finding.event_id is None:
        return finding
    since = now - _DAY
    if finding.guest is not None:
        is_crowd = inbound.count_held_in_name(finding.guest, since=since) >= MOST_IN_ONE_NAME
    else:
        sender = finding.incoming.shown_sender[:254] if finding.incoming else ""
        is_crowd = (
            inbound.count_held_of_stranger(finding.event_id, sender, since=since) >= MOST_OF_ONE_STRANGER
            or inbound.count_waiting_of_strangers(finding.event_id) >= MOST_OF_STRANGERS
        )
    return finding.ignored(Reason.TOO_MANY_ALIKE) if is_crowd else finding
