"""Use-cases of organisations."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.directory import GroupCode, OrganizationKind
from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.models.audit import AuditEntry
from app.queries import directory
from app.queries import organizations as lookup
from app.services.directory import organizations
from tests.services.directory.facts import CORPORATION

pytestmark = pytest.mark.usefixtures("context")


def create(actor, now, code=None, **other):
    public_id = organizations.create(actor=actor, code=code, details=replace(CORPORATION, **other), now=now)
    return lookup.get(public_id)


def edit(actor, now, row, revision=None, **other):
    return organizations.edit(
        actor=actor,
        organization=row.public_id,
        details=replace(CORPORATION, **other),
        revision=revision or row.revision,
        now=now,
    )


def history(row):
    return db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.subject_id == row.public_id).order_by(AuditEntry.id)
    ).all()


def test_b07_a_corporation_is_added_found_and_counted_among_the_enterprises(organizer, now):
    row = create(organizer, now, aliases=("Tổng công ty Dệt May",))
    assert row.code == "VINATEX"
    assert directory.search("tong cong ty det may") == [row]
    assert directory.count_members(on=now.date())[GroupCode.ENTERPRISES] == 1
    (entry,) = history(row)
    assert (entry.act, entry.actor_name) == ("organization.create", organizer.name)


def test_codes_made_by_the_system_never_collide(organizer, now):
    assert [create(organizer, now).code for _ in range(3)] == ["VINATEX", "VINATEX-2", "VINATEX-3"]


def test_a_code_that_is_taken_is_refused_at_its_field(organizer, now):
    create(organizer, now, code="VNX")
    with pytest.raises(Conflict) as refused:
        create(organizer, now, code="VNX")
    assert (refused.value.code, refused.value.field) == ("code_taken", "code")


def test_an_edit_is_recorded_with_before_and_after_and_found_under_the_new_name(organizer, now):
    row = create(organizer, now)
    edit(organizer, now, row, names={"vi": "Tập đoàn Sợi"}, phones=("+84 24 3825 7700",))
    row = lookup.get(row.public_id)
    assert directory.search("tap doan soi") == [row]
    assert directory.search("det may") == []
    assert row.phones == ["+84 24 3825 7700"]
    assert history(row)[-1].details["changes"]["phones"] == [[], ["+84 24 3825 7700"]]


def test_an_edit_without_a_change_leaves_no_trace(organizer, now):
    row = create(organizer, now)
    edit(organizer, now, row)
    assert [entry.act for entry in history(row)] == ["organization.create"]


def test_an_edit_of_what_changed_meanwhile_is_refused(organizer, now):
    row = create(organizer, now)
    seen = row.revision
    edit(organizer, now, row, abbreviation="VTX")
    with pytest.raises(Conflict) as refused:
        edit(organizer, now, lookup.get(row.public_id), revision=seen, abbreviation="OLD")
    assert refused.value.code == "changed_meanwhile"


def test_a_unit_is_put_below_another_by_name_and_never_below_itself(organizer, now):
    above = create(organizer, now, names={"vi": "Bộ Công Thương"}, kind=OrganizationKind.MINISTRY)
    below = create(organizer, now, parent="bo cong thuong")
    assert below.parent_id == above.id
    with pytest.raises(InvalidInput) as refused:
        edit(organizer, now, above, names={"vi": "Bộ Công Thương"}, parent=below.code)
    assert (refused.value.code, refused.value.field) == ("circle", "parent")
    assert lookup.get(above.public_id).parent is None


def test_a_name_that_means_nobody_or_several_is_refused_in_words(organizer, now):
    with pytest.raises(InvalidInput) as refused:
        create(organizer, now, parent="Bộ Biển")
    assert (refused.value.code, refused.value.field) == ("organization_unknown", "parent")
    for _ in range(2):
        create(organizer, now)
    with pytest.raises(InvalidInput) as refused:
        create(organizer, now, parent="Viet Nam Textile Group")
    assert refused.value.code == "organization_ambiguous"


def test_a17_an_organisation_is_closed_with_its_successor_and_opened_again(organizer, now):
    former, follower = create(organizer, now), create(organizer, now, names={"vi": "Tập đoàn Mới"})
    day = date(2027, 6, 30)
    organizations.close(
        actor=organizer,
        organization=former.public_id,
        last_day=day,
        successor=follower.code,
        revision=former.revision,
        now=now,
    )
    former = lookup.get(former.public_id)
    assert (former.valid_to, former.successor.code) == (day, follower.code)
    assert lookup.list_predecessors(lookup.get(follower.public_id)) == [former]
    assert directory.search("VINATEX", on=date(2027, 7, 1)) == [lookup.get(follower.public_id)]
    organizations.reopen(actor=organizer, organization=former.public_id, revision=former.revision, now=now)
    assert lookup.get(former.public_id).valid_to is None
    assert [entry.act for entry in history(former)][1:] == ["organization.close", "organization.reopen"]


def test_an_organisation_neither_ends_before_it_begins_nor_follows_itself(organizer, now):
    row = create(organizer, now, valid_from=date(2027, 1, 1))
    for successor, last_day, field in (
        (None, date(2026, 1, 1), "last_day"),
        (row.code, date(2027, 2, 1), "successor"),
    ):
        with pytest.raises(InvalidInput) as refused:
            organizations.close(
                actor=organizer,
                organization=row.public_id,
                last_day=last_day,
                successor=successor,
                revision=row.revision,
                now=now,
            )
        assert refused.value.field == field
        row = lookup.get(row.public_id)
    assert row.valid_to is None


def test_readers_may_not_change_the_directory(colleague, organizer, now):
    with pytest.raises(NotAllowed):
        create(colleague, now)
    row = create(organizer, now)
    with pytest.raises(NotAllowed):
        edit(colleague, now, row)


def test_an_organisation_that_is_not_there_is_not_found(organizer, now):
    with pytest.raises(NotFound):
        organizations.reopen(actor=organizer, organization="nothing", revision=1, now=now)
