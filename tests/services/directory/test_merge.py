"""Merging two organisations: everything moves, and comes back exactly as it was."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.db import Base, db
from app.domain.directory import OrganizationKind
from app.domain.errors import Conflict, InvalidInput, NotAllowed
from app.domain.invitations import InvitationState
from app.domain.programme import AppointmentRole
from app.models.directory import Alias, Contact, Twinning
from app.models.events import EventOrganizer, OrganizerRole
from app.models.invitations import Invitation
from app.models.people import Person
from app.models.programme import Appointment
from app.models.reports import NewsReport
from app.models.upkeep import Distinction, Merge
from app.queries import directory, merges, references
from app.queries import organizations as lookup
from app.services.directory import merge as merging
from app.services.directory import organizations
from app.services.directory.facts import index
from app.services.transaction import unit_of_work
from tests import guests

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def pair():
    """Two rows of one province, a neighbour, a unit below and a predecessor of the second."""
    kept = guests.organization("VN-25", "Tỉnh Quảng Trị", short_names={"vi": "Quảng Trị"}, phones=["1"])
    gone = guests.organization("QT", "UBND tỉnh Quảng Trị", K.OTHER, fax="2", phones=["1", "5"])
    gone.names = {"vi": "UBND tỉnh Quảng Trị", "en": "Quang Tri"}
    gone.aliases = [Alias(name="Quảng Trị"), Alias(name="Q. Trị")]
    neighbour = guests.organization("VN-24", "Tỉnh Quảng Bình", valid_to=date(2025, 6, 30))
    for row in (kept, gone, neighbour):
        index(row)
    guests.store(guests.organization("VN-23", "Tỉnh Hà Tĩnh"), kept, gone, neighbour)
    return kept.public_id, gone.public_id, neighbour.public_id


K = OrganizationKind


def used_everywhere(gone, neighbour, now):
    """Let every table refer to the organisation, and to its code."""
    event = guests.event()
    event_id = event.id
    goes, other = lookup.get(gone), lookup.get(neighbour)
    goes_id, other_id, code = goes.id, other.id, goes.code
    with unit_of_work() as session:
        elder = lookup.get_named("VN-23", field="x").id
        for first, second in ((elder, goes_id), (goes_id, other_id)):
            session.add(Twinning(first_id=first, second_id=second))
            session.add(Distinction(first_id=first, second_id=second, decided_at=now, decided_by="A"))
        session.add_all(
            [
                Contact(organization_id=goes_id, full_name="Nguyễn Văn A", phones=["3"], is_focal_point=True),
                EventOrganizer(
                    event_id=event_id, organization_id=goes_id, role=OrganizerRole.ORGANIZER, position=1
                ),
                Person(
                    event_id=event_id,
                    organization_id=goes_id,
                    full_name="Trần Thị B",
                    sort_name="B",
                ),
                Appointment(
                    event_id=event_id, position=1, role=AppointmentRole.SPEAKER, organization_id=goes_id
                ),
                NewsReport(event_id=event_id, publisher_id=goes_id, language="vi"),
                guests.organization("SNV", "Sở Ngoại vụ", parent_id=goes_id, region=code),
                guests.organization(
                    "OLD", "Bình Trị Thiên", successor_id=goes_id, valid_to=date(1989, 6, 30)
                ),
                Merge(
                    kept_id=goes_id,
                    gone_public_id="x",
                    gone_code="X",
                    gone_names={},
                    journal=[],
                    merged_at=now,
                    merged_by="A",
                ),
            ]
        )
    guests.invited([gone], now)


def merge(actor, now, kept, gone):
    return merging.merge(
        actor=actor,
        kept=kept,
        gone=gone,
        kept_revision=lookup.get(kept).revision,
        gone_revision=lookup.get(gone).revision,
        now=now,
    )


def everything(*, but=()):
    """Return all rows of all tables, without the history and what `but` names."""
    tables = (t for t in Base.metadata.sorted_tables if t.name not in {"audit", "organization_merges", *but})
    rows = {
        table.name: [
            dict(row) for row in db.session.execute(sa.select(table).order_by(*table.primary_key)).mappings()
        ]
        for table in tables
    }
    db.session.rollback()
    for row in rows["organizations"]:
        row.pop("revision")
    return rows


def referring(public_id):
    """Return how many rows refer to the organisation, by column."""
    number = lookup.get(public_id).id
    rows = {str(column): len(references.list_rows(column, number)) for column in references.list_references()}
    return {column: count for column, count in rows.items() if count}


def test_the_columns_that_refer_to_an_organisation_are_those_of_the_database():
    found = sa.inspect(db.engine)
    columns = {
        f"{table}.{column}"
        for table in found.get_table_names()
        for key in found.get_foreign_keys(table)
        if key["referred_table"] == "organizations"
        for column in key["constrained_columns"]
    }
    assert {str(column) for column in references.list_references()} == columns


def test_everything_that_refers_to_an_organisation_is_moved(organizer, now, pair):
    kept, gone, neighbour = pair
    used_everywhere(gone, neighbour, now)
    used = referring(gone)
    assert {column.split(".")[0] for column in used} >= {
        "organizations", "organization_aliases", "contacts", "twinnings", "event_organizers", "people",
        "appointments", "invitations", "news_reports", "organization_distinctions", "organization_merges",
    }  # fmt: skip
    merge(organizer, now, kept, gone)
    now_used = referring(kept)
    assert {column: now_used[column] >= count for column, count in used.items()} == dict.fromkeys(used, True)
    assert lookup.get_named("SNV", field="x").region == "VN-25"


def test_a_merge_that_is_undone_leaves_every_row_as_it_was(organizer, now, pair):
    kept, gone, neighbour = pair
    used_everywhere(gone, neighbour, now)
    guests.focal_point(kept, "Lê Văn C", phones=["4"])
    before = everything()
    done = merge(organizer, now, kept, gone)
    assert everything() != before
    assert merging.undo(actor=organizer, merge=done, now=now) == gone
    assert everything() == before
    assert merging.undo(actor=organizer, merge=done, now=now) == gone


def test_the_kept_one_bears_the_names_and_takes_over_what_it_lacks(organizer, now, pair):
    kept, gone, _ = pair
    merge(organizer, now, kept, gone)
    row = lookup.get(kept)
    assert [alias.name for alias in row.aliases] == ["Quảng Trị", "Q. Trị", "UBND tỉnh Quảng Trị"]
    assert (row.names["en"], row.fax, row.phones) == ("Quang Tri", "2", ["1", "5"])
    assert directory.search("ubnd tinh quang tri") == [row]
    assert merges.find_follower(gone) == row


def test_one_focal_point_remains_and_the_other_stays_a_contact(organizer, now, pair):
    kept, gone, _ = pair
    guests.focal_point(kept, "Lê Văn C")
    guests.focal_point(gone, "Nguyễn Văn A")
    merge(organizer, now, kept, gone)
    row = lookup.get(kept)
    assert {c.full_name: c.is_focal_point for c in row.contacts} == {"Lê Văn C": True, "Nguyễn Văn A": False}


def test_both_invited_to_one_event_is_for_people_to_decide(organizer, now, pair):
    kept, gone, _ = pair
    guests.event()
    guests.invited([kept, gone], now)
    (both,) = merges.look_ahead(lookup.get(kept), lookup.get(gone)).both_invited
    assert both.state is InvitationState.DRAFT
    before = everything()
    with pytest.raises(Conflict) as refused:
        merge(organizer, now, kept, gone)
    assert refused.value.code == "merge_both_invited"
    assert everything() == before


def test_two_organisers_of_one_event_are_one_afterwards(organizer, now, pair):
    kept, gone, _ = pair
    event_id = guests.event().id
    numbers = [lookup.get(one).id for one in (kept, gone)]
    with unit_of_work() as session:
        session.add_all(
            EventOrganizer(
                event_id=event_id, organization_id=number, role=OrganizerRole.ORGANIZER, position=1
            )
            for number in numbers
        )
    before = everything()
    done = merge(organizer, now, kept, gone)
    assert len(everything()["event_organizers"]) == 1
    merging.undo(actor=organizer, merge=done, now=now)
    assert everything() == before


@pytest.mark.parametrize(
    ("link", "code"), [("parent_id", "merge_parent"), ("successor_id", "merge_successor")]
)
def test_what_stands_above_or_follows_cannot_be_the_same(organizer, now, pair, link, code):
    kept, gone, _ = pair
    number = lookup.get(kept).id
    with unit_of_work():
        setattr(lookup.get(gone), link, number)
    for one, other in ((kept, gone), (gone, kept)):
        with pytest.raises(Conflict) as refused:
            merge(organizer, now, one, other)
        assert refused.value.code == code


def test_a_merge_makes_no_circle(organizer, now, pair):
    kept, gone, between = pair
    above, below = lookup.get(gone).id, lookup.get(between).id
    with unit_of_work():
        lookup.get(between).parent_id = above
    with unit_of_work():
        lookup.get(kept).parent_id = below
    with pytest.raises(InvalidInput) as refused:
        merge(organizer, now, kept, gone)
    assert refused.value.code == "circle"


def test_an_undo_after_a_change_is_refused_and_says_where_it_stands(organizer, now, pair):
    kept, gone, neighbour = pair
    used_everywhere(gone, neighbour, now)
    done = merge(organizer, now, kept, gone)
    with unit_of_work() as session:
        session.delete(session.query(Invitation).one())
    before = everything()
    with pytest.raises(Conflict) as refused:
        merging.undo(actor=organizer, merge=done, now=now)
    assert refused.value.code == "merge_touched"
    assert everything() == before


def test_what_came_later_does_not_hinder_an_undo_and_stays(organizer, now, pair):
    kept, gone, _ = pair
    done = merge(organizer, now, kept, gone)
    guests.event()
    guests.invited([kept], now)
    merging.undo(actor=organizer, merge=done, now=now)
    assert [i.organization.public_id for i in db.session.scalars(sa.select(Invitation))] == [kept]


def test_merges_one_upon_the_other_are_undone_the_last_first(organizer, now, pair):
    kept, gone, neighbour = pair
    guests.focal_point(gone, "Nguyễn Văn A")
    before = everything()
    first = merge(organizer, now, kept, gone)
    second = merge(organizer, now, neighbour, kept)
    with pytest.raises(Conflict):
        merging.undo(actor=organizer, merge=first, now=now)
    merging.undo(actor=organizer, merge=second, now=now)
    merging.undo(actor=organizer, merge=first, now=now)
    assert everything() == before


def test_an_organisation_that_changed_meanwhile_is_not_merged(organizer, now, pair):
    kept, gone, _ = pair
    seen = lookup.get(gone).revision
    organizations.close(
        actor=organizer, organization=gone, last_day=date(2025, 6, 30), successor=None, revision=seen, now=now
    )
    with pytest.raises(Conflict) as refused:
        merging.merge(
            actor=organizer,
            kept=kept,
            gone=gone,
            kept_revision=lookup.get(kept).revision,
            gone_revision=seen,
            now=now,
        )
    assert refused.value.code == "changed_meanwhile"


def test_who_only_reads_merges_nothing(colleague, organizer, now, pair):
    kept, gone, _ = pair
    with pytest.raises(NotAllowed):
        merge(colleague, now, kept, gone)
    done = merge(organizer, now, kept, gone)
    with pytest.raises(NotAllowed):
        merging.undo(actor=colleague, merge=done, now=now)
