"""The coverage board: counts in groups, lines in protocol order, and statements that do not grow (C02)."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.coverage import NO_SIDE, CoverageFilters, Mark, Part, Region
from app.domain.events import ProtocolOrder
from app.domain.invitations import InvitationState
from app.domain.policy import SYSTEM
from app.models.directory import Organization
from app.models.events import Event
from app.models.invitations import Invitation
from app.queries import coverage, coverage_lines, coverage_pictures, events, protocol, sites
from app.services.directory import facts
from app.services.transaction import unit_of_work
from tests import guests, site_rows
from tests.registration_rows import register_one

pytestmark = pytest.mark.usefixtures("context")
NOTHING = CoverageFilters()


def stored() -> Event:
    db.session.rollback()
    return events.get(guests.SLUG, SYSTEM)


def set_state(public_id: str, state: InvitationState, **known: object) -> None:
    with unit_of_work() as session:
        session.execute(
            sa.update(Invitation).where(Invitation.public_id == public_id).values(state=state, **known)
        )


@pytest.fixture
def three(now) -> list[str]:
    """Three localities on a side and a mission: silent, accepted with people, declined, unsent."""
    guests.event(sides=("B", "C"))
    ids = guests.invited([*guests.localities(3), *guests.missions(1)], now)
    set_state(ids[0], InvitationState.SENT)
    set_state(ids[1], InvitationState.ACCEPTED)
    set_state(ids[2], InvitationState.DECLINED)
    invitation = db.session.scalars(sa.select(Invitation).filter_by(public_id=ids[1])).one()
    register_one(invitation, now)
    return ids


def test_c02_institutions_are_counted_by_side_and_how_far_they_are(three):
    event = stored()
    tallies = coverage.tally(event, NOTHING, Part.SIDE)
    localities, missions = (tallies[side.public_id] for side in event.sides)
    assert (localities.invited, missions.invited) == (3, 1)
    assert localities.marks == {
        Mark.SILENT: 1,
        Mark.ANSWERED: 2,
        Mark.ACCEPTED: 1,
        Mark.DECLINED: 1,
        Mark.NOMINATED: 1,
        Mark.CONFIRMED: 1,
    }
    assert localities.outcomes == {Mark.SILENT: 1, Mark.CONFIRMED: 1, Mark.DECLINED: 1}
    assert missions.outcomes == {Mark.UNSENT: 1}


def test_regions_are_those_of_the_localities_and_countries_for_all_others(three):
    # VN-01 to VN-03 lie in the northern midlands; the mission sits in Japan.
    tallies = coverage.tally(stored(), NOTHING, Part.REGION)
    assert {key: one.invited for key, one in tallies.items()} == {Region.NORTHERN_MIDLANDS: 3, "JP": 1}


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (NOTHING, [0, 1, 2, 3]),
        (CoverageFilters(mark=Mark.SILENT), [0]),
        (CoverageFilters(mark=Mark.ANSWERED), [1, 2]),
        (CoverageFilters(mark=Mark.CONFIRMED), [1]),
        (CoverageFilters(mark=Mark.ATTENDED), []),
        (CoverageFilters(words="TINH 03"), [2]),
        (CoverageFilters(region="JP"), [3]),
        (CoverageFilters(region=Region.NORTHERN_MIDLANDS), [0, 1, 2]),
        (CoverageFilters(kind=guests.K.EMBASSY), [3]),
        (CoverageFilters(side=NO_SIDE), []),
        (CoverageFilters(is_chased=True), [0]),
    ],
)
def test_c02_lines_are_those_that_meet_the_filters(three, filters, found):
    lines = coverage_lines.list_lines(stored(), filters)
    assert [line.invitation.public_id for line in lines] == [three[place] for place in found]
    counted = coverage.tally(stored(), filters, Part.KIND).values()
    seen = sum(one.marks[filters.mark] if filters.mark else one.invited for one in counted)
    assert seen == len(found)


def test_a_line_counts_people_and_names_whom_to_call(now):
    guests.event()
    (place,) = guests.localities(1, phones=["0233 1"])
    guests.focal_point(place, "Nguyễn Thị Lan", phones=["0905 1"])
    guests.invited([place], now)
    (line,) = coverage_lines.list_lines(stored(), NOTHING)
    assert (line.nominated, line.contact.full_name, line.phones) == (0, "Nguyễn Thị Lan", ["0905 1"])


def test_statements_do_not_grow_with_the_institutions(now, statements):
    guests.event(sides=("B", "C"))
    guests.invited(guests.localities(3), now)
    counts = []
    for more in (0, 60):
        if more:
            guests.invited(guests.missions(more), now)
        event = stored()
        with statements() as sent:
            assert coverage_lines.list_lines(event, NOTHING)
            assert coverage.tally(event, NOTHING, Part.REGION)
            assert coverage_pictures.list_tiles(event)
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_who_can_be_reminded_is_silent_has_an_address_and_time_to_answer(three, now):
    assert len(coverage.list_remindable(stored(), now=now)) == 1
    late = now + timedelta(days=365)
    assert not coverage.list_remindable(stored(), now=late)
    set_state(three[0], InvitationState.SENT, deadline=late + timedelta(days=1))
    assert len(coverage.list_remindable(stored(), now=late)) == 1
    set_state(three[0], InvitationState.SENT, email=None)
    assert not coverage.list_remindable(stored(), now=now)


def test_a_place_by_hand_counts_among_all_institutions_in_every_list(now):
    """The second of all stays before the third, also where the first has no people."""
    guests.event(protocol_order=ProtocolOrder.ALPHABETICAL)
    ids = guests.invited(guests.localities(3), now)
    set_state(ids[2], InvitationState.ACCEPTED, protocol_position=2)
    event = stored()
    order = [ids[0], ids[2], ids[1]]
    lines = coverage_lines.list_lines(event, NOTHING)
    assert [line.invitation.public_id for line in lines] == order
    without = coverage_lines.list_lines(event, CoverageFilters(words="tinh 02"))
    assert [line.invitation.public_id for line in without] == [ids[1]]
    numbers = dict(db.session.execute(sa.select(Invitation.id, Invitation.public_id)).all())
    assert [numbers[number] for number in protocol.rank(event)] == order
    assert [seat.public_id for seat in coverage_pictures.list_seats(event)] == order


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("order", list(ProtocolOrder))
def test_the_database_sorts_as_the_rule_does(now, order, language):
    guests.event(sides=("B",), protocol_order=order, order_letter="T", order_language=language)
    ids = guests.invited([*guests.localities(5), *guests.missions(3)], now)
    with unit_of_work() as session:
        for place, row in enumerate(session.scalars(sa.select(Organization))):
            row.short_names = ({"en": f"Z {place}"}, {"vi": f"Ất {9 - place}"}, {}, {"vi": "Đà"})[place % 4]
            row.precedence = (None, 2, 1)[place % 3]
            facts.index(row)
    assert list(protocol.rank_page(stored())) == protocol.rank(stored())
    assert list(protocol.rank_page(stored(), limit=2, offset=1)) == protocol.rank(stored())[1:3]
    set_state(ids[3], InvitationState.ACCEPTED, protocol_position=1)
    set_state(ids[5], InvitationState.ACCEPTED, protocol_position=3)
    assert list(protocol.rank_page(stored())) == protocol.rank(stored())
    assert list(protocol.rank_page(stored(), limit=2, offset=1)) == protocol.rank(stored())[1:3]


def test_an_institution_with_a_tested_line_is_counted_as_such(three, now):
    invitation = db.session.scalars(sa.select(Invitation).filter_by(public_id=three[1])).one()
    site = site_rows.add(invitation.event, "Hội trường", now, institution=three[1])
    site_rows.note_test(site, site_rows.GOOD, now)
    event = stored()
    assert sites.tested_invitations(event) == {invitation.id}
    (line,) = coverage_lines.list_lines(event, CoverageFilters(mark=Mark.TESTED))
    assert line.invitation.public_id == three[1]
    assert coverage.tally(event, NOTHING, Part.SIDE)[event.sides[0].public_id].outcomes[Mark.TESTED] == 1
