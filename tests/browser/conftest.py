"""What the journeys share: a site whose clock shows a day of 2025, and a roundtable that is under way."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from app.domain import clock
from tests.browser import story
from tests.browser.ways import DELEGATION, QUOTA, SILENT, WAYS, Running
from tests.plugins.browser import Served


@pytest.fixture
def site_of_2025(served: Served, monkeypatch: pytest.MonkeyPatch) -> Served:
    """The empty site, on the morning of the story; the product reads one clock, and it goes on."""
    _set_clock(monkeypatch)
    return served


@pytest.fixture(scope="module")
def running(server: Served) -> Iterator[Running]:
    """One roundtable for all journeys of a module, on the morning of the story."""
    with pytest.MonkeyPatch.context() as patch:
        _set_clock(patch)
        with server.app.app_context():
            story.set_scene()
            guests = [code for way in WAYS for code in (way.focal_point, way.technician)]
            slug = story.send_letters(DELEGATION, SILENT, *guests, quota=QUOTA)
        story.carry_mail(server)
        found = Running(server, slug)
        found.open_bridge()
        yield found
    server.empty()


def _set_clock(patch: pytest.MonkeyPatch) -> None:
    began = datetime.now(UTC)
    patch.setattr(clock, "now", lambda: story.NOW + (datetime.now(UTC) - began))
