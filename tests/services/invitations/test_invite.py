"""Inviting: one invitation each, whatever is repeated; groups as of the day; the rules of addressing."""

from collections import Counter
from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.db import db
from app.domain.errors import Conflict, InvalidInput, NotAllowed
from app.domain.identifiers import new_public_id
from app.domain.invitations import AttendanceLevel, Constituency, GuestFilters, Invite, Party
from app.domain.policy import SYSTEM
from app.models.audit import AuditEntry
from app.models.directory import Organization
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.queries import events
from app.queries import invitations as guests_of
from app.services.invitations import invite, letters, terms
from tests import guests
from tests.guests import K

pytestmark = pytest.mark.usefixtures("context")


def act(command, now, slug=guests.SLUG):
    return invite.invite(actor=SYSTEM, slug=slug, command=command, now=now)


def rows():
    db.session.rollback()
    return db.session.scalars(sa.select(Invitation).order_by(Invitation.position)).all()


def test_b03_one_action_makes_63_invitations_with_the_level(now):
    guests.event()
    guests.localities(63)
    assert act(Invite(groups=("localities",)), now) == invite.Invited(new=63, already=0)
    assert Counter(row.level for row in rows()) == {AttendanceLevel.LEADER: 63}
    guests.missions(2)
    act(Invite(groups=("missions_abroad",), level=AttendanceLevel.REPRESENTATIVE), now)
    assert [row.level for row in rows()[63:]] == [AttendanceLevel.REPRESENTATIVE] * 2


def test_b04_missions_abroad_are_addressed_to_their_head(now):
    guests.event()
    abroad = guests.missions(2)
    guests.focal_point(abroad[0], "Trần Văn Thư", language="en", email="thu@example.vn")
    act(Invite(groups=("missions_abroad",)), now)
    assert [(row.addressee, row.language, row.email) for row in rows()] == [
        ("Head of Mission", "en", "thu@example.vn"),
        ("Trưởng Cơ quan đại diện", "vi", "m-002@example.vn"),
    ]


def test_b05_the_diplomatic_corps_in_hanoi_has_no_consulate_of_da_nang(now):
    guests.event()
    guests.store(
        guests.organization("LA", "Đại sứ quán Lào", K.EMBASSY, "LA", host_country="VN", region="VN-HN"),
        guests.organization(
            "RU-DN", "TLSQ Nga tại Đà Nẵng", K.CONSULATE_GENERAL, "RU", host_country="VN", region="VN-DN"
        ),
    )
    act(Invite(groups=("diplomatic_corps_hanoi",)), now)
    assert [row.organization.code for row in rows()] == ["LA"]
    assert rows()[0].level is AttendanceLevel.REPRESENTATIVE


def test_b06_foreign_associations_without_vasep(now):
    guests.event()
    guests.store(
        guests.organization("EUROCHAM", "EuroCham", K.FOREIGN_BUSINESS_ASSOCIATION, "BE"),
        guests.organization("VASEP", "Hiệp hội Thủy sản", K.BUSINESS_ASSOCIATION),
    )
    act(Invite(groups=("foreign_associations",)), now)
    assert [row.organization.code for row in rows()] == ["EUROCHAM"]


def test_b07_enterprises_are_invited_by_selection(now):
    guests.event()
    chosen = guests.store(
        guests.organization("VNR", "Đường sắt", K.CORPORATION),
        guests.organization("ABC", "Công ty", K.ENTERPRISE),
    )
    assert act(Invite(organizations=(chosen[1],)), now).new == 1
    assert [row.organization.code for row in rows()] == ["ABC"]


def test_b09_each_institution_stands_in_one_of_three_groups(now):
    event = guests.event(sides=("A", "B", "C"))
    guests.localities(3)
    guests.missions(2)
    guests.store(
        guests.organization("JP", "Đại sứ quán Nhật Bản", K.EMBASSY, "JP", host_country="VN", region="VN-HN"),
        guests.organization("KORCHAM", "KorCham", K.FOREIGN_BUSINESS_ASSOCIATION, "KR"),
        guests.organization("VNR", "Đường sắt", K.CORPORATION),
    )
    act(
        Invite(
            groups=(
                "localities",
                "missions_abroad",
                "diplomatic_corps_hanoi",
                "foreign_associations",
                "enterprises",
            )
        ),
        now,
    )
    counts = guests_of.count_by_constituency(event)
    assert {group: sum(states.values()) for group, states in counts.items()} == {
        Constituency.DIPLOMATIC_CORPS: 2,
        Constituency.LOCALITIES: 4,
        Constituency.MISSIONS_ABROAD: 2,
    }
    assert Counter(row.side.code for row in rows()) == {"A": 2, "B": 4, "C": 2}


def test_b12_163_institutions_in_one_transaction_with_few_statements(now, statements):
    guests.event()
    guests.localities(63)
    guests.missions(100)
    everybody = Invite(groups=("localities", "missions_abroad"))
    with statements() as many:
        assert act(everybody, now).new == 163
    assert len(many) < 30
    assert act(everybody, now) == invite.Invited(new=0, already=163)
    assert len(rows()) == 163
    assert db.session.scalar(sa.select(sa.func.count(OutboxMessage.id))) == 0


def test_a16_the_order_as_printed_is_kept_and_can_be_changed(now):
    event = guests.event()
    ids = guests.store(
        *(guests.organization(code, code) for code in ("VN-25", "VN-36", "VN-20", "VN-43", "VN-30"))
    )
    made = guests.invited(ids, now)
    found = guests_of.list_guests(event, GuestFilters())
    assert [guest.invitation.organization.code for guest in found] == [
        "VN-25",
        "VN-36",
        "VN-20",
        "VN-43",
        "VN-30",
    ]
    terms.reorder(actor=SYSTEM, slug=event.slug, invitations=[made[3], made[0]], now=now)
    db.session.rollback()
    found = guests_of.list_guests(event, GuestFilters())
    assert [guest.invitation.organization.code for guest in found] == [
        "VN-43",
        "VN-25",
        "VN-36",
        "VN-20",
        "VN-30",
    ]


def test_a21_18_localities_and_5_subjects_are_counted_by_side_and_kind(now):
    event = guests.event(sides=("VN", "RU"))
    ours = guests.localities(18)
    theirs = guests.store(
        *(guests.organization(f"RU-{n}", f"Chủ thể {n}", K.FOREIGN_LOCALITY, "RU") for n in range(5))
    )
    guests.invited([*ours, *theirs], now)
    assert guests_of.count_parties(event) == [
        Party(K.LOCALITY, "VN", 18),
        Party(K.FOREIGN_LOCALITY, "RU", 5),
    ]
    sides = guests_of.count_by_side(events.get(event.slug, SYSTEM))
    assert [(side.code, sum(states.values())) for side, states in sides.items()] == [("VN", 18), ("RU", 5)]


def test_a17_an_event_invites_the_localities_of_its_own_day(now):
    guests.event(date=date(2021, 10, 27), starts_at=None, ends_at=None)
    guests.store(
        guests.organization("VN-25", "Quảng Trị", valid_to=date(2025, 6, 30)),
        guests.organization("VN34-44", "Quảng Trị", valid_from=date(2025, 7, 1)),
    )
    act(Invite(groups=("localities",)), now)
    assert [row.organization.code for row in rows()] == ["VN-25"]


def test_the_focal_point_gives_address_language_and_name(now):
    guests.event()
    ids = guests.localities(1)
    guests.focal_point(
        ids[0], "Nguyễn Văn An", form_of_address="Ông", post="Giám đốc Sở Ngoại vụ", email="an@example.vn"
    )
    (row,) = (guests.invited(ids, now), rows())[1]
    assert (row.addressee, row.email) == ("Ông Nguyễn Văn An, Giám đốc Sở Ngoại vụ", "an@example.vn")


def test_sent_invitations_are_not_removed(now):
    guests.event()
    first, second = guests.invited(guests.localities(2), now)
    letters.send(actor=SYSTEM, slug=guests.SLUG, invitation=first, now=now)
    with pytest.raises(Conflict, match="invitation_sent"):
        invite.remove(actor=SYSTEM, slug=guests.SLUG, invitations=[first, second], now=now)
    assert invite.remove(actor=SYSTEM, slug=guests.SLUG, invitations=[second], now=now) == 1
    assert [row.public_id for row in rows()] == [first]
    assert (
        db.session.scalars(sa.select(AuditEntry.act).order_by(AuditEntry.id.desc())).first()
        == "invitation.remove"
    )


def test_unknown_names_invite_nobody(now):
    guests.event()
    ids = guests.localities(1)
    for command in (Invite(organizations=(ids[0], "nobody")), Invite(groups=("localities", "martians"))):
        with pytest.raises(InvalidInput):
            act(command, now)
    assert rows() == []


def test_readers_invite_nobody(now, colleague):
    guests.event()
    with pytest.raises(NotAllowed):
        invite.invite(actor=colleague, slug=guests.SLUG, command=Invite(), now=now)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choices=st.lists(st.tuples(st.sets(st.integers(0, 4)), st.booleans()), max_size=4))
def test_whatever_is_repeated_nobody_is_invited_twice(choices, now, five):
    slug = new_public_id()
    guests.event(slug)
    expected = set()
    for picked, whole_group in choices:
        command = Invite(
            organizations=tuple(five[n] for n in sorted(picked)),
            groups=("localities",) if whole_group else (),
        )
        before = len(expected)
        expected |= set(five) if whole_group else {five[n] for n in picked}
        assert act(command, now, slug).new == len(expected) - before
    invited = (
        sa.select(Organization.public_id)
        .join(Invitation, Invitation.organization_id == Organization.id)
        .where(Invitation.event.has(slug=slug))
    )
    assert sorted(db.session.scalars(invited)) == sorted(expected)


@pytest.fixture
def five(context):
    return guests.localities(5)
