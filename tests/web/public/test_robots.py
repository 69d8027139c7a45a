"""Fixed addresses: robots stay away from secret links, calendars are let in."""

from urllib.robotparser import RobotFileParser

import pytest

from tests.site import close, make_app


def test_robots_stay_away_from_secret_links_and_calendars_come_in(client):
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").get_data(as_text=True).splitlines())
    for path in ("/i/abc", "/d/abc", "/a/abc", "/organizer/", "/mailbox"):
        assert not rules.can_fetch("Googlebot", path), path
    for path in (
        "/",
        "/events/toa-dam",
        "/events/toa-dam.ics",
        "/events/toa-dam/sessions/1.ics",
        "/feeds/a.ics",
    ):
        assert rules.can_fetch("Google-Calendar-Importer", path), path


def test_feeds_beside_secret_pages_are_let_in_by_their_ending(client):
    """RFC 9309 section 2.2.3; the longest rule counts, so a page under the same link stays shut."""
    rules = client.get("/robots.txt").text.splitlines()
    assert {"Allow: /i/*.ics", "Allow: /d/*.ics", "Disallow: /i/", "Disallow: /d/"} <= set(rules)


@pytest.mark.databases("sqlite")
def test_flaws_are_told_to_the_contact_of_the_site(client, tmp_path):
    assert client.get("/.well-known/security.txt").status_code == 404
    site = make_app(f"sqlite:///{tmp_path / 'a.db'}", tmp_path, contact="an-ninh@example.vn")
    text = site.test_client().get("/.well-known/security.txt").get_data(as_text=True)
    close(site)
    assert "Contact: mailto:an-ninh@example.vn" in text
    assert "Expires: 20" in text


def test_the_mark_is_found_where_browsers_look(client):
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.location) == (301, "/static/mark.svg")
