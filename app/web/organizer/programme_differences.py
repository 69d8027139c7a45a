"""Differences between two versions of a programme in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.event_times import HOME_ZONE
from app.domain.languages import in_language
from app.domain.programme import AgendaKind
from app.domain.programme_versions import Change, Difference, Line, LineKind
from app.i18n.catalogue import N_, gettext
from app.i18n.moments import format_moment
from app.i18n.wording import label
from app.web import languages


@dataclass(frozen=True, slots=True)
class Told:
    """One line that differs: its name and session, what happened to it, how it was and how it is."""

    name: str
    session: int | None
    kind: LineKind
    changes: tuple[Change, ...]
    before: str
    after: str


def told(one: Difference, zone: str | None, sessions: Mapping[str, int]) -> Told:
    """Return a difference in the reader's language, hours in the event's zone; `sessions`: number by key."""
    is_there = Change.ADDED not in one.changes and Change.REMOVED not in one.changes
    return Told(
        name=_name(one.line),
        session=sessions.get(one.line.session or ""),
        kind=one.line.kind,
        changes=one.changes,
        before=_said(one.before, one.changes, zone) if is_there else "",
        after=_said(one.after, one.changes, zone) if is_there else "",
    )


def _name(line: Line) -> str:
    titles = {code: text for code, text in line.titles.items() if code != "kind"}
    words = in_language(titles, languages.current())
    if words or "kind" not in line.titles:
        return words
    return label(AgendaKind(line.titles["kind"]), languages.current())


def _said(line: Line | None, changes: tuple[Change, ...], zone: str | None) -> str:
    """Return those facts of a line that differ."""
    if line is None:
        return ""
    parts = {
        Change.MOVED: _hours(line, zone),
        Change.MINUTES: gettext(languages.current(), N_("{n} min"), n=line.minutes) if line.minutes else "–",
        Change.PLACE: line.room or "–",
        Change.ORDER: gettext(languages.current(), N_("place {n}"), n=line.place),
        Change.TITLE: _name(line),
        Change.PEOPLE: ", ".join(line.people) or "–",
    }
    return "; ".join(words for change, words in parts.items() if change in changes)


def _hours(line: Line, zone: str | None) -> str:
    if line.starts is None:
        return "–"
    starts, ends = (datetime.fromisoformat(at) if at else None for at in (line.starts, line.ends))
    if starts is None:
        return "–"
    return str(format_moment(starts, ends, zone or HOME_ZONE, languages.current()))
