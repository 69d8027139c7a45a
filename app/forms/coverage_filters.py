"""What the address of the coverage board narrows it to."""

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

from app.domain.coverage import CoverageFilters, Mark, Part
from app.domain.directory import OrganizationKind

Member = TypeVar("Member", bound=Enum)
NAMES = ("q", "state", "side", "kind", "region", "by", "chase")
"""Every wish that the address of the board may carry, its page apart."""


def filters(args: Mapping[str, str]) -> CoverageFilters:
    """Return the filters; unknown values narrow nothing."""
    return CoverageFilters(
        words=args.get("q", "").strip(),
        mark=_member(Mark, args.get("state")),
        side=args.get("side") or None,
        kind=_member(OrganizationKind, args.get("kind")),
        region=args.get("region") or None,
        is_chased=bool(args.get("chase")),
    )


def part(args: Mapping[str, str], *, has_sides: bool) -> Part:
    """Return by what to count: by side where the event has sides, else by kind, if nothing is asked for."""
    return _member(Part, args.get("by")) or (Part.SIDE if has_sides else Part.KIND)


def _member(kind: type[Member], value: str | None) -> Member | None:
    return next((member for member in kind if member.value == value), None)
