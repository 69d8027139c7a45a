"""Whatever a mail says: it is judged, and nothing but an answer that counts changes anything."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.inbound import Result
from tests.fuzz.mutations import damaged
from tests.inbound.corpus import CLIENTS
from tests.inbound.invited import colleague_of, copy_of, delegate, institution, tables, take

pytestmark = pytest.mark.databases("sqlite")
_SETTINGS = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
_SEEDS = st.integers(0, 2**32)


@pytest.fixture
def one(context, now):
    """An institution that is asked."""
    return institution(now)


@_SETTINGS
@given(raw=st.binary(max_size=2000), envelope_to=st.text(max_size=40))
def test_no_bytes_raise_or_change_a_table(one, now, raw, envelope_to):
    before = tables()
    done = take(raw, now, envelope_to)
    assert done.result in {Result.IGNORE, Result.REJECT}
    assert tables() == before


@_SETTINGS
@given(
    client=st.sampled_from(sorted(CLIENTS)), seed=_SEEDS, partstat=st.sampled_from(["ACCEPTED", "DECLINED"])
)
def test_no_damaged_answer_raises_and_only_what_counts_changes_a_table(one, now, client, seed, partstat):
    before = tables()
    done = one.receive(damaged(one.reply(partstat, client), seed), now)
    assert done.reason != "failed"
    assert (tables() == before) or done.result is Result.APPLY


@pytest.fixture
def two(context, now):
    """Two delegates of one institution."""
    first = delegate(now)
    return first, colleague_of(first, now)


@_SETTINGS
@given(seed=_SEEDS)
def test_no_damaged_answer_touches_another_guest(two, now, seed):
    one, other = two
    take(damaged(other.reply("DECLINED"), seed), now, one.request.organizer)
    assert (copy_of(other).replied_at, copy_of(other).partstat) == (None, "NEEDS-ACTION")
