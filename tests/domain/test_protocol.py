"""Protocol order: the rule, the sides, the place by hand, and the order within a delegation."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from app.domain.events import ProtocolOrder
from app.domain.protocol import (
    Delegation,
    Member,
    Rule,
    order_delegations,
    order_members,
    places_after_move,
)
from app.domain.registrations import DelegateRole


def delegation(name, **known):
    defaults = {"side": 1, "invited": 1}
    return Delegation(of=name, names={"vi": name}, **{**defaults, **known})


def names(*given, order, **rule):
    """Order delegations that were invited in the order given."""
    known = [delegation(name, invited=place) for place, name in enumerate(given)]
    return order_delegations(known, Rule(order=order, **rule))


def test_precedence_goes_by_class_then_by_the_day_credentials_were_given():
    day = [datetime(2020, month, 1, tzinfo=UTC) for month in (1, 2)]
    given = [
        delegation("Đại biện", precedence=60, credentials_at=day[0]),
        delegation("Đại sứ mới", precedence=40, credentials_at=day[1]),
        delegation("không rõ"),
        delegation("Đại sứ cũ", precedence=40, credentials_at=day[0]),
    ]
    rule = Rule(order=ProtocolOrder.PRECEDENCE)
    assert order_delegations(given, rule) == ["Đại sứ cũ", "Đại sứ mới", "Đại biện", "không rõ"]


def test_b02_hosts_on_no_side_come_first_and_sides_follow_each_other():
    given = [
        delegation("Sakha", side=2),
        delegation("Hà Nội", side=1, invited=2),
        delegation("Bộ Ngoại giao", side=None, invited=3),
        delegation("An Giang", side=1, invited=4),
    ]
    ordered = order_delegations(given, Rule(order=ProtocolOrder.ALPHABETICAL))
    assert ordered == ["Bộ Ngoại giao", "An Giang", "Hà Nội", "Sakha"]


def test_alphabet_is_that_of_the_language():
    given = ("Đồng Nai", "Điện Biên", "Quảng Trị", "Cà Mau", "Đắk Lắk", "Bạc Liêu")
    assert names(*given, order=ProtocolOrder.ALPHABETICAL) == [
        "Bạc Liêu", "Cà Mau", "Đắk Lắk", "Điện Biên", "Đồng Nai", "Quảng Trị",
    ]  # fmt: skip
    given = ("Жуковка", "Ёлкино", "Елец", "Амур")
    assert names(*given, order=ProtocolOrder.ALPHABETICAL, language="ru") == [
        "Амур", "Елец", "Ёлкино", "Жуковка",
    ]  # fmt: skip


@pytest.mark.parametrize(("letter", "first"), [("Đ", "Điện Biên"), ("d", "Dak"), ("R", "An Giang")])
def test_drawn_letter_begins_and_the_alphabet_wraps_around(letter, first):
    given = ("An Giang", "Dak", "Điện Biên", "Quảng Trị")
    ordered = names(*given, order=ProtocolOrder.DRAWN_LETTER, letter=letter)
    at = given.index(first)
    assert ordered == [*given[at:], *given[:at]]


def test_without_a_rule_the_order_of_invitation_stays():
    given = ("Quảng Trị", "An Giang", "Hà Nội")
    assert names(*given, order=ProtocolOrder.AS_INVITED) == list(given)


def test_place_by_hand_stands_above_the_rule():
    given = [
        delegation("An Giang"),
        delegation("Bến Tre", invited=2),
        delegation("Cà Mau", invited=3, manual=1),
        delegation("Đà Nẵng", invited=4, manual=3),
        delegation("Huế", invited=5, manual=99),
    ]
    ordered = order_delegations(given, Rule(order=ProtocolOrder.ALPHABETICAL))
    assert ordered == ["Cà Mau", "An Giang", "Đà Nẵng", "Bến Tre", "Huế"]


def test_head_of_delegation_leads_then_precedence_then_role():
    given = [
        ("kỹ thuật", DelegateRole.TECHNICIAN, None, 1),
        ("đại biểu hai", DelegateRole.DELEGATE, None, 3),
        ("đại biểu một", DelegateRole.DELEGATE, None, 2),
        ("Thứ trưởng", DelegateRole.SPEAKER, 30, 4),
        ("trưởng đoàn", DelegateRole.HEAD_OF_DELEGATION, None, 5),
    ]
    members = [Member(of=n, role=r, precedence=p, position=at, sort_name=n) for n, r, p, at in given]
    assert order_members(members) == ["trưởng đoàn", "Thứ trưởng", "đại biểu một", "đại biểu hai", "kỹ thuật"]


@settings(max_examples=300)
@given(
    size=some.integers(1, 9),
    moves=some.lists(some.tuples(some.integers(0, 8), some.integers(1, 9)), max_size=6),
)
def test_moves_one_after_the_other_leave_exactly_the_order_that_was_seen(size, moves):
    by_hand: dict[int, int] = {}

    def order():
        row = [delegation(name, invited=name, manual=by_hand.get(name)) for name in range(size)]
        return order_delegations(row, Rule())

    for moved, place in moves:
        seen = order()
        if moved >= size:
            continue
        by_hand.update(places_after_move(seen, by_hand, moved, place))
        wanted = [name for name in seen if name != moved]
        wanted.insert(place - 1, moved)
        assert order() == wanted
