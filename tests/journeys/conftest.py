"""The filled demo, made once for all journeys through it; they only look, so they share it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.cli.demo import command as demo
from tests.plugins.databases import Sites
from tests.site import SETTINGS, ApartClient, close, make_app


@pytest.fixture(scope="session")
def client_of_the_demo(sites: Sites) -> Iterator[ApartClient]:
    """A browser on the filled demo, signed in as its organiser."""
    settings = replace(
        SETTINGS,
        database_url=sites.new_database("sqlite", "demo").url,
        instance=sites.folder / "demo",
        demo=True,
    )
    demo.prepare(settings)
    app = make_app(settings.database_url, settings.instance, demo=True)
    client = app.test_client()
    client.sign_in(demo.ORGANIZER)
    yield client
    close(app)
