"""Loading data files: all or nothing, the same twice, people's edits stay."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from app.db import db
from app.documents import directory as files
from app.domain.directory import OrganizationKind
from app.domain.errors import InvalidInput, NotAllowed
from app.domain.organizations import Facts
from app.domain.policy import PUBLIC, SYSTEM
from app.models.audit import AuditEntry
from app.models.directory import Organization, Sector
from app.queries import directory
from app.services.directory import organizations
from app.services.directory.load import load
from tests.services.directory.facts import details_of

pytestmark = pytest.mark.usefixtures("context")

MINISTRY = Facts(code="MOFA", kind=OrganizationKind.MINISTRY, names={"vi": "Bộ Ngoại giao"}, country="VN")
UNIT = Facts(
    code="DLFA", kind=OrganizationKind.DEPARTMENT_MINISTRY, names={"vi": "Cục Ngoại vụ"}, parent="MOFA"
)


def bring(now, *facts, **options):
    return load(actor=SYSTEM, organizations=facts, now=now, **options)


def test_the_own_files_are_loaded_and_loading_again_changes_nothing(now):
    own = files.read_own_organizations()
    first = bring(now, *own, sectors=files.read_sectors())
    assert (first.new, first.changed, first.same, first.kept) == (447, 0, 0, {})
    revisions = dict(db.session.execute(sa.select(Organization.code, Organization.revision)).all())
    again = bring(now, *own, sectors=files.read_sectors())
    assert (again.new, again.changed, again.same, again.kept) == (0, 0, 447, {})
    assert dict(db.session.execute(sa.select(Organization.code, Organization.revision)).all()) == revisions
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Sector)) == 28
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AuditEntry)) == 447


def test_units_may_stand_before_what_they_belong_to(now):
    bring(now, UNIT, MINISTRY)
    assert directory.get_by_code("DLFA").parent.code == "MOFA"


def test_a_link_that_leads_nowhere_leaves_nothing_behind(now):
    with pytest.raises(InvalidInput) as fault:
        bring(now, MINISTRY, replace(UNIT, parent="NOBODY"))
    assert fault.value.code == "link_unknown"
    assert directory.find_by_code("MOFA") is None


def test_a_code_in_two_files_leaves_nothing_behind(now):
    with pytest.raises(InvalidInput) as fault:
        bring(now, MINISTRY, MINISTRY)
    assert fault.value.code == "code_repeated"
    assert directory.find_by_code("MOFA") is None


def test_a_circle_leaves_nothing_behind(now):
    with pytest.raises(InvalidInput) as fault:
        bring(now, replace(MINISTRY, parent="DLFA"), UNIT)
    assert fault.value.code == "circle"
    assert directory.find_by_code("MOFA") is None


def test_a_fact_that_changed_in_the_file_is_changed_and_recorded(now):
    bring(now, MINISTRY, UNIT)
    report = bring(now, replace(MINISTRY, valid_from=date(1945, 8, 28)), UNIT)
    assert (report.new, report.changed, report.same) == (0, 1, 1)
    assert directory.get_by_code("MOFA").valid_from == date(1945, 8, 28)
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.act, entry.source) == ("organization.load", "file")
    assert entry.details == {"changes": {"valid_from": [None, "1945-08-28"]}}


def test_what_people_edited_stays_and_is_told(now):
    bring(now, MINISTRY)
    row = directory.get_by_code("MOFA")
    edited = replace(details_of(MINISTRY), names={"vi": "Bộ Ngoại giao Việt Nam"}, email="bng@example.vn")
    organizations.edit(
        actor=SYSTEM, organization=row.public_id, details=edited, revision=row.revision, now=now
    )
    report = bring(now, replace(MINISTRY, abbreviation="BNG"))
    assert report.kept == {"MOFA": ["email", "names"]}
    row = directory.get_by_code("MOFA")
    assert row.names == {"vi": "Bộ Ngoại giao Việt Nam"}
    assert (row.email, row.abbreviation) == ("bng@example.vn", "BNG")


def test_a_preview_tells_and_does_nothing(now):
    report = bring(now, MINISTRY, UNIT, preview=True)
    assert (report.new, report.changed, report.same) == (2, 0, 0)
    assert directory.find_by_code("MOFA") is None


def test_every_step_is_reported(now):
    steps = []
    bring(now, MINISTRY, UNIT, progress=lambda done, every: steps.append((done, every)))
    assert steps == [(1, 2), (2, 2)]


def test_the_public_may_not_load(now):
    with pytest.raises(NotAllowed):
        load(actor=PUBLIC, organizations=[MINISTRY], now=now)
