"""Fixtures of the whole suite; its servers and databases are in plugins/."""

from datetime import UTC, datetime

import pytest
from hypothesis import settings

# The suite has no timed tests: machines are busy, and a slow example proves nothing.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

_PLUGINS = ("surroundings", "databases", "people", "directory", "browser", "statements")
pytest_plugins = [f"tests.plugins.{name}" for name in _PLUGINS]


@pytest.fixture
def now() -> datetime:
    """The moment at which tests happen: 1 September 2027, 09:00 in Hanoi."""
    return datetime(2027, 9, 1, 2, 0, tzinfo=UTC)
