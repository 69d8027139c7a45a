"""Focal points: several people may answer for an institution, each by a link of his own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Give somebody else a link; `leaves` makes the one void by which it is asked."""

    name: str
    email: str
    leaves: bool = False
