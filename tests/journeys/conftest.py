"""The filled demo, made once for all journeys through it; they only look, so they share it."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from app.cli.demo import command as demo
from tests.journeys.crawl import Visit, crawl
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


@pytest.fixture(scope="session")
def visits(client_of_the_demo: ApartClient) -> list[Visit]:
    """All visits of two walks through the demo: the organiser's, and that of somebody without account."""
    app = client_of_the_demo.application
    with app.app_context():
        links = demo.describe()
    secret = [
        entry[key]
        for entry in (*links["focal_points"][:6], *links["delegates"][:6])
        for key in ("url", "ics")
        if key in entry
    ]
    stranger = crawl(app, app.test_client(), _paths("/", *secret, links["organizer"]["url"]))
    return [*stranger, *crawl(app, client_of_the_demo, _paths("/organizer/", links["mailbox"]))]


def _paths(*addresses: str) -> list[str]:
    return [urlsplit(address).path for address in addresses]
