"""Trees of sites: any shape is shown once, counted once, and never bites its own tail."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import InvalidInput
from app.domain.sites import arranged, below, join_url, require_no_circle, totals


@dataclass(frozen=True)
class Node:
    """A site with its parent."""

    id: int
    parent_id: int | None


@st.composite
def trees(draw):
    """Return nodes in any order; each stands under one made before it, under none, or under a foreign one."""
    size = draw(st.integers(1, 12))
    parents = [draw(st.sampled_from([None, 999, *range(1, number)])) for number in range(1, size + 1)]
    return draw(st.permutations([Node(number, parent) for number, parent in enumerate(parents, 1)]))


@given(trees())
def test_every_site_is_shown_once_after_the_one_it_stands_under(nodes):
    seen = [node for node, _depth in arranged(nodes)]
    assert sorted(node.id for node in seen) == sorted(node.id for node in nodes)
    places = {node.id: place for place, node in enumerate(seen)}
    assert all(places[node.parent_id] < places[node.id] for node in nodes if node.parent_id in places)


@given(trees(), st.data())
def test_c06_the_roots_together_have_counted_everybody_once(nodes, data):
    own = {node.id: data.draw(st.integers(0, 500)) for node in nodes if data.draw(st.booleans())}
    found = totals(nodes, own)
    known = {node.id for node in nodes}
    assert sum(found[node.id] for node in nodes if node.parent_id not in known) == sum(own.values())
    for node in nodes:
        assert found[node.id] == own.get(node.id, 0) + sum(
            own.get(other, 0) for other in below(nodes, node.id)
        )


@given(trees(), st.data())
def test_no_site_comes_to_stand_under_itself(nodes, data):
    site, parent = (data.draw(st.sampled_from(nodes)) for _ in range(2))
    if parent.id == site.id or parent.id in below(nodes, site.id):
        with pytest.raises(InvalidInput, match="site_circle"):
            require_no_circle(nodes, site.id, parent.id)
    else:
        require_no_circle(nodes, site.id, parent.id)
        moved = [Node(node.id, parent.id) if node == site else node for node in nodes]
        assert len(list(arranged(moved))) == len(nodes)


def test_the_link_of_a_site_goes_before_that_of_session_and_event():
    assert join_url("site", "session", "event") == "site"
    assert join_url("", "session", "event") == "session"
    assert join_url(None, None, "event") == "event"
    assert join_url("", None, None) == ""
