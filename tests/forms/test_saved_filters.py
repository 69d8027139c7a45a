"""The address of a list as it is kept: in one order, and nothing that narrows nothing."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.saved_filters import FilteredList
from app.forms.saved_filters import may_be_everywhere, query

L = FilteredList


@pytest.mark.parametrize(
    ("shown_on", "wishes", "kept"),
    [
        (L.BOARD, {"state": "declined", "q": " quang  tri "}, "q=quang+tri&state=declined"),
        (L.BOARD, {"state": "nonsense", "page": "3", "chase": "1", "lang": "ru"}, ""),
        (L.BOARD, {"by": "kind"}, ""),
        (L.BOARD, {"by": "kind", "state": "declined"}, "state=declined&by=kind"),
        (L.GUESTS, {"kind": "embassy", "state": "sent", "next": "//x.example"}, "state=sent&kind=embassy"),
        (L.DELEGATES, {"role": "speaker?", "session": "abc"}, "session=abc"),
        (L.EVENTS, {"shelf": "upcoming"}, ""),
        (L.EVENTS, {"shelf": "drafts"}, ""),
        (L.EVENTS, {"shelf": "drafts", "q": "Nga"}, "q=Nga&shelf=drafts"),
        (L.EVENTS, {"shelf": "all", "year": "2021"}, "year=2021"),
        (L.DIRECTORY, {"on": "any", "order": "-name", "region": "VN-HN"}, "region=VN-HN&on=any&order=-name"),
        (L.DIRECTORY, {"order": "name", "on": "yesterday"}, ""),
        (L.MAIL, {"state": "failed"}, "state=failed"),
        (L.MAIL, {"state": "x"}, ""),
    ],
)  # fmt: skip
def test_only_what_narrows_the_list_is_kept_in_one_order(shown_on, wishes, kept):
    assert query(shown_on, wishes) == kept


@given(st.sampled_from(L), st.dictionaries(st.sampled_from(["q", "state", "kind", "on", "side"]), st.text()))
def test_what_is_kept_is_kept_the_same_again(shown_on, wishes):
    once = query(shown_on, wishes)
    assert query(shown_on, dict(parse_qsl(once))) == once


def test_a_side_or_a_session_belongs_to_one_event():
    assert may_be_everywhere(L.BOARD, {"state": "declined"})
    assert not may_be_everywhere(L.BOARD, {"state": "declined", "side": "abc"})
    assert not may_be_everywhere(L.DIRECTORY, {"kind": "embassy"})
