"""Focal points: several people may answer for an institution, each by a link of his own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Give somebody else a link; `leaves` makes the one void by which it is asked."""

    name: str
    email: str
    leaves: bool = False


def acting_name(institution: str, person: str | None = None) -> str:
    """Return as whom somebody acts by a link: the institution, one of several focal points by his name."""
    return (f"{person} ({institution})" if person else institution)[:200]
