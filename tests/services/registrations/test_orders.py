"""Any order of acts: nothing is oversold, no seat is lost or given twice, turns and quotas are kept.

BANTRON_TEST_ORDERS=20000 makes a longer run of it.
"""

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from app.domain.registrations import SeatState
from tests.services.registrations.orders import Orders

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("context")]
_ORDERS = int(os.environ.get("BANTRON_TEST_ORDERS", "60"))
_STEPS = 16
_RUNS = 5
"""So often at most: one run of a few orders may by chance never offer a place to anybody."""


@pytest.mark.databases("sqlite")
def test_c03_places_turns_and_quotas_hold_after_any_order_of_acts(site, monkeypatch):
    Orders.prepare(site, monkeypatch)
    for _ in range(_RUNS):
        run_state_machine_as_test(
            Orders,
            settings=settings(
                max_examples=_ORDERS,
                stateful_step_count=_STEPS,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
        if Orders.met == set(SeatState):
            break
    assert Orders.met == set(SeatState)
