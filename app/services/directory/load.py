"""Load data files into the directory: all or nothing, again without change, never over people's edits."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from app.db import db
from app.documents.directory import SectorFacts
from app.domain.directory import changes
from app.domain.errors import InvalidInput
from app.domain.languages import in_language
from app.domain.organizations import Facts, as_json, require_no_circle
from app.domain.policy import Actor, Permission, require
from app.models.directory import Organization, Sector
from app.queries import directory, merges
from app.services import audit
from app.services.directory.facts import LINKS, names_of, put, stored
from app.services.transaction import unit_of_work

Progress = Callable[[int, int], None]
Known = Mapping[str, Organization]
_FIELDS = names_of(Facts)


@dataclass
class LoadReport:
    """How many are new, changed, the same; per code the fields that were kept as people edited them."""

    new: int = 0
    changed: int = 0
    same: int = 0
    kept: dict[str, list[str]] = field(default_factory=dict)


def load(
    *,
    actor: Actor,
    organizations: Sequence[Facts],
    sectors: Sequence[SectorFacts] = (),
    now: datetime,
    progress: Progress = lambda _done, _all: None,
    preview: bool = False,
) -> LoadReport:
    """Bring the facts in, in one transaction; a preview only reports what it would do.

    What was merged into another organisation stays merged.
    """
    require(actor, Permission.MANAGE_DIRECTORY)
    report = LoadReport()
    with unit_of_work() as session:
        merged = merges.list_gone_codes()
        organizations = [facts for facts in organizations if facts.code not in merged]
        known = {row.code: row for row in directory.list_with_aliases()} | merged
        added = {facts.code: _add(facts) for facts in organizations if facts.code not in known}
        known |= added
        _require_links(organizations, known)
        session.flush()
        for done, facts in enumerate(organizations, 1):
            details = _merge(facts, known, report)
            if facts.code in added:
                _record(actor, added[facts.code], {}, now)
                report.new += 1
            elif details:
                _record(actor, known[facts.code], details, now)
                report.changed += 1
            progress(done, len(organizations))
        _require_no_circles(known)
        _bring_sectors(sectors)
        if preview:
            session.rollback()
    report.same = len(organizations) - report.new - report.changed
    return report


def _add(facts: Facts) -> Organization:
    values = as_json(facts)
    organization = Organization(code=facts.code, loaded=values | dict.fromkeys(LINKS))
    db.session.add(organization)
    put(organization, values)
    return organization


def _require_links(organizations: Sequence[Facts], known: Known) -> None:
    """Raise InvalidInput where a code stands twice or a link leads nowhere."""
    for code, times in Counter(facts.code for facts in organizations).items():
        if times > 1:
            raise InvalidInput("code_repeated", field="code", repeated=code)
    for facts in organizations:
        for name in (*sorted(LINKS), "region"):
            code = getattr(facts, name)
            if code and code not in known:
                raise InvalidInput("link_unknown", field=name, organization=facts.code, name=code)


def _require_no_circles(known: Known) -> None:
    parents = {code: row.parent.code if row.parent else None for code, row in known.items()}
    successors = {code: row.successor.code if row.successor else None for code, row in known.items()}
    require_no_circle(parents, "parent")
    require_no_circle(successors, "successor")


def _merge(facts: Facts, known: Known, report: LoadReport) -> dict[str, list[object]]:
    """Bring the changes of one organisation in; fields that people edited since the last load stay."""
    organization = known[facts.code]
    wanted = as_json(facts)
    present = stored(organization, _FIELDS)
    differing = changes(present, wanted)
    edited = [
        name for name in differing if (present[name] or None) != (organization.loaded.get(name) or None)
    ]
    if edited:
        report.kept[facts.code] = sorted(edited)
    updates = {name: wanted[name] for name in differing if name not in edited}
    if updates:
        put(organization, updates)
    for name in LINKS & set(updates):
        setattr(organization, name, known[updates[name]] if updates[name] else None)
    if organization.loaded != wanted:
        organization.loaded = wanted
    return {name: differing[name] for name in updates}


def _record(
    actor: Actor, organization: Organization, details: dict[str, list[object]], now: datetime
) -> None:
    audit.record(
        actor=actor,
        act="organization.load",
        subject=organization,
        name=in_language(organization.names, "vi"),
        now=now,
        source="file",
        changes=details,
    )


def _bring_sectors(sectors: Sequence[SectorFacts]) -> None:
    present = {row.code: row for row in db.session.scalars(sa.select(Sector))}
    for sector in sectors:
        row = present.get(sector.code) or Sector(code=sector.code)
        row.position, row.names = sector.position, dict(sector.names)
        db.session.add(row)
