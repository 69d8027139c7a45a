"""The address of a filtered list of guests becomes filters; what makes no sense is left out."""

from collections.abc import Mapping

from app.domain.directory import OrganizationKind
from app.domain.invitations import GuestFilters, InvitationState

NAMES = ("q", "state", "side", "kind")


def filters(args: Mapping[str, str]) -> GuestFilters:
    """Return what the list is narrowed to."""
    state, kind = args.get("state", ""), args.get("kind", "")
    return GuestFilters(
        words=args.get("q", "").strip(),
        state=InvitationState(state) if state in set(InvitationState) else None,
        side=args.get("side") or None,
        kind=OrganizationKind(kind) if kind in set(OrganizationKind) else None,
    )
