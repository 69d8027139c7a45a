"""What the journeys share: a site whose clock shows a day of 2025."""

from datetime import UTC, datetime

import pytest

from app.domain import clock
from tests.browser.story import NOW
from tests.plugins.browser import Served


@pytest.fixture
def site_of_2025(served: Served, monkeypatch: pytest.MonkeyPatch) -> Served:
    """The empty site, on the morning of the story; the product reads one clock, and it goes on."""
    began = datetime.now(UTC)
    monkeypatch.setattr(clock, "now", lambda: NOW + (datetime.now(UTC) - began))
    return served
