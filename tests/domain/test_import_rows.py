"""What becomes of a row: a state each, and in whatever order rows come no quota is passed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.directory import OrganizationKind
from app.domain.errors import Conflict
from app.domain.import_rows import count_states, judge, require_ready
from app.domain.imports import ImportField as F
from app.domain.imports import KnownDelegate, OfferedSession, Party, Row, RowState, Scene
from app.domain.people import PersonDetails
from app.domain.registrations import DelegateRole, is_counted

FIRST = OfferedSession(public_id="s1", number=1, titles=frozenset({"ket noi vi phat trien"}))
CLOSED = OfferedSession(
    public_id="s2", number=2, titles=frozenset({"hop tac"}), admitted_kinds=("enterprise",)
)


def known(name, email=None, role=DelegateRole.DELEGATE, **person):
    return KnownDelegate(
        public_id=f"id of {name}",
        person=PersonDetails(full_name=name, email=email, **person),
        role=role,
        sessions=frozenset({"s1"}),
    )


def scene(*registered, left=5, only="qt", **more):
    party = Party(
        public_id="qt",
        name="Quảng Trị",
        kind=OrganizationKind.LOCALITY,
        language="vi",
        quota=7,
        left=left,
        known=registered,
    )
    names = {"quang tri": ("qt",), "trung": ("qt", "other")}
    return Scene(
        parties={"qt": party},
        names=names,
        uninvited=frozenset({"hue"}),
        only=only,
        sessions=(FIRST, CLOSED),
        default_sessions=("s1", "s2"),
        **more,
    )


def row(line=2, is_wanted=True, **cells):
    return Row(line, {F(name): text for name, text in cells.items()}, is_wanted)


def judged(*rows, at=None):
    return judge(rows, at or scene())


def told(one):
    return one.state.value, one.reason.code if one.reason else None, one.reason.field if one.reason else None


@pytest.mark.parametrize(
    ("cells", "code", "field"),
    [
        ({"email": "a@x.vn"}, "name_missing", "full_name"),
        ({"full_name": "A", "email": "no address"}, "email_invalid", "email"),
        ({"full_name": "A", "email": "A <a@x.vn>"}, "email_invalid", "email"),
        ({"full_name": "A", "email": "a@x.vn, b@x.vn"}, "email_invalid", "email"),
        ({"full_name": "A" * 201}, "too_long", "full_name"),
        ({"full_name": "A", "phone": "1" * 61}, "too_long", "phone"),
        ({"full_name": "A", "role": "vua"}, "role_unknown", "role"),
        ({"full_name": "A", "language": "elbisch"}, "language_unknown", "language"),
        ({"full_name": "A", "sessions": "7"}, "session_unnamed", "sessions"),
        ({"full_name": "A", "sessions": "2"}, "session_not_admitted", "sessions"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why_and_where(cells, code, field):
    assert told(judged(row(**cells))[0]) == ("error", code, field)


@pytest.mark.parametrize(
    ("institution", "code"),
    [
        ("", "institution_missing"),
        ("Atlantis", "institution_unknown"),
        ("HUẾ", "institution_uninvited"),
        ("Trung", "organization_ambiguous"),
    ],
)
def test_unknown_locality_is_told_from_one_that_is_not_invited(institution, code):
    cells = {"full_name": "A", **({"institution": institution} if institution else {})}
    assert told(judged(row(**cells), at=scene(only=None))[0]) == ("error", code, "institution")
    assert judged(row(full_name="A", institution="quang tri"), at=scene(only=None))[0].state is RowState.NEW


def test_roles_languages_and_sessions_are_read_in_our_languages():
    for said, role in (
        ("Trưởng đoàn", "head_of_delegation"),
        ("interpreter", "interpreter"),
        ("Делегат", "delegate"),
        ("Chef de délégation", "head_of_delegation"),
        ("Délégué", "delegate"),
    ):
        assert judged(row(full_name="A", role=said))[0].wanted.role == role
    assert judged(row(full_name="A", language="Tiếng Nga"))[0].wanted.person.language == "ru"
    for said in ("1", "Phiên 1", "Kết nối vì phát triển", "Tất cả"):
        assert judged(row(full_name="A", sessions=said))[0].wanted.sessions == ("s1",)


def test_who_names_no_session_gets_those_chosen_for_all_as_far_as_they_are_open_to_him():
    assert judged(row(full_name="A"))[0].wanted.sessions == ("s1",)


def test_a_person_stands_once_in_the_table():
    twice = judged(row(2, full_name="Lê An", email="a@x.vn"), row(3, full_name="lê an", email="A@X.vn"))
    assert [told(one)[:2] for one in twice] == [("new", None), ("error", "row_doubled")]
    assert twice[1].reason.params == {"line": 2}
    half = judged(row(2, full_name="Lê An"), row(3, full_name="Lê An", email="a@x.vn"))
    assert half[1].reason.code == "row_doubled"
    assert [one.state for one in judged(row(2, full_name="Tú"), row(3, full_name="Tư"))] == [RowState.NEW] * 2


def test_left_out_rows_count_for_nothing():
    rows = judged(row(2, False, full_name="Lê An"), row(3, full_name="Lê An"), at=scene(left=1))
    assert [one.state for one in rows] == [RowState.LEFT_OUT, RowState.NEW]


def test_who_is_registered_is_the_same_or_changed_and_an_empty_cell_takes_nothing_away():
    at = scene(known("Lê An", "a@x.vn", posts={"vi": "Vụ trưởng"}, phone="1"), left=0)
    assert judged(row(full_name="Lê An", email="a@x.vn", post="Vụ trưởng"), at=at)[0].state is RowState.SAME
    changed = judged(row(full_name="Lê An", post="Cục trưởng", role="diễn giả"), at=at)[0]
    assert (changed.state, set(changed.changes)) == (RowState.CHANGED, {F.POST, F.ROLE})
    assert (changed.wanted.person.email, changed.wanted.person.phone) == ("a@x.vn", "1")


def test_quota_names_its_number_and_those_who_serve_are_not_counted():
    rows = judged(
        row(2, full_name="A"),
        row(3, full_name="B"),
        row(4, full_name="C", role="phiên dịch"),
        at=scene(left=1),
    )
    assert [one.state.value for one in rows] == ["new", "over_quota", "new"]
    assert rows[1].reason.params == {"quota": 7}


def test_one_head_of_delegation():
    two = judged(row(2, full_name="A", role="head"), row(3, full_name="B", role="head"))
    assert told(two[1]) == ("error", "head_exists", "role")
    at = scene(known("Cũ", role=DelegateRole.HEAD_OF_DELEGATION))
    assert told(judged(row(full_name="A", role="head"), at=at)[0]) == ("error", "head_exists", "role")
    swapped = judged(row(2, full_name="Cũ", role="đại biểu"), row(3, full_name="A", role="head"), at=at)
    assert [one.state.value for one in swapped] == ["changed", "new"]


def test_nothing_is_confirmed_while_a_row_waits_or_nothing_would_change():
    with pytest.raises(Conflict, match="import_stuck"):
        require_ready(judged(row(full_name="A"), row(3, email="x")))
    with pytest.raises(Conflict, match="import_empty"):
        require_ready(judged(row(2, False, full_name="A")))
    require_ready(judged(row(full_name="A"), row(3, False, email="x")))


NAMES = st.sampled_from(["Lê An", "lê an", "Le An", "Trần Bé", "Phạm Cư", ""])
CELLS = st.fixed_dictionaries(
    {"full_name": NAMES},
    optional={
        "email": st.sampled_from(["a@x.vn", "b@x.vn", "none"]),
        "role": st.sampled_from(["head", "đại biểu", "phiên dịch", "?"]),
        "sessions": st.sampled_from(["1", "2", "9", "tất cả"]),
    },
)


@given(st.lists(st.tuples(CELLS, st.booleans()), max_size=12), st.integers(0, 4))
def test_c03_whatever_rows_come_the_quota_and_the_one_head_are_kept(rows, left):
    asked = [
        row(line, wanted, **{at: text for at, text in cells.items() if text})
        for line, (cells, wanted) in enumerate(rows, 2)
    ]
    found = judge(asked, scene(known("Trần Bé", "b@x.vn"), left=left))
    assert [one.row for one in found] == asked
    new = [one.wanted for one in found if one.state is RowState.NEW]
    assert sum(is_counted(wanted.role) for wanted in new) <= left
    taken = [one.wanted for one in found if one.state in {RowState.NEW, RowState.CHANGED, RowState.SAME}]
    assert sum(wanted.role is DelegateRole.HEAD_OF_DELEGATION for wanted in taken) <= 1
    assert all(one.reason for one in found if one.state in {RowState.ERROR, RowState.OVER_QUOTA})
    people = [one.delegate for one in found if one.delegate]
    assert len(people) == len(set(people))
    assert count_states(found).total() == len(asked)
