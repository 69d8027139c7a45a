"""The agenda in minutes: what interpretation adds, when each item begins, what moves when one moves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.clashes import ProgrammeWarning, WarningCode
from app.domain.programme import AgendaKind, Interpretation


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """An agenda item: its stated start, and the minutes that are spoken in it."""

    key: str
    kind: AgendaKind
    starts: datetime | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """An item in time; `starts` may follow from those before it, `takes` counts interpretation."""

    key: str
    starts: datetime | None
    ends: datetime | None
    takes: int | None
    is_stated: bool
    warnings: tuple[ProgrammeWarning, ...]


def takes(kind: AgendaKind, minutes: int | None, interpretation: Interpretation) -> int | None:
    """Return the minutes that an item takes; a break needs no interpreter."""
    is_doubled = interpretation is Interpretation.CONSECUTIVE and kind is not AgendaKind.BREAK
    return minutes * 2 if minutes is not None and is_doubled else minutes


def lay_out(
    points: Sequence[Point], begins: datetime | None, ends: datetime | None, interpretation: Interpretation
) -> list[Slot]:
    """Return the items in time, in their order, between the hours of their session or of the event.

    An item without a start begins when the one before it ends, as long as that is known.
    """
    slots: list[Slot] = []
    free_from = begins
    for point in points:
        starts = point.starts or free_from
        length = takes(point.kind, point.minutes, interpretation)
        until = starts + timedelta(minutes=length) if starts and length is not None else None
        warnings = tuple(_warnings(point.starts, until, free_from, ends, is_first=not slots))
        slots.append(Slot(point.key, starts, until, length, point.starts is not None, warnings))
        free_from = until
    return slots


def delay(before: Slot, after: Slot) -> timedelta:
    """Return by how much an item now ends later (negative: earlier), as far as that can be told."""
    found = timedelta()
    if before.is_stated and after.is_stated and before.starts and after.starts:
        found += after.starts - before.starts
    if before.takes is not None and after.takes is not None:
        found += timedelta(minutes=after.takes - before.takes)
    return found


def _warnings(
    stated: datetime | None,
    until: datetime | None,
    free_from: datetime | None,
    ends: datetime | None,
    *,
    is_first: bool,
) -> Iterator[ProgrammeWarning]:
    if stated and free_from and stated < free_from:
        minutes = _minutes(free_from - stated)
        code = WarningCode.ITEM_TOO_EARLY if is_first else WarningCode.ITEM_OVERLAPS
        yield ProgrammeWarning(code, {"minutes": minutes})
    if until and ends and until > ends:
        yield ProgrammeWarning(WarningCode.ITEM_RUNS_OVER, {"minutes": _minutes(until - ends)})


def _minutes(span: timedelta) -> int:
    return int(span / timedelta(minutes=1))
