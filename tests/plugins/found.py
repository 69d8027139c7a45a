"""What a look at the machine can tell."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """A server or program: its version for the report, and where it is (an address or a path)."""

    version: str
    where: str


@dataclass(frozen=True)
class Missing:
    """Nothing to run on, and why."""

    why: str
