"""Every page of the demo, as organiser, focal point, delegate and everybody find them by links."""

import html
import re

import pytest

from tests.architecture.tree import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]
_FOREIGN = re.compile(
    r"<(script|style|pre|textarea)\b[\s\S]*?</\1>|<(\w+)[^>]* lang=\"(?!fr)\w+\"[^>]*>[\s\S]*?</\2>"
)
_SAID = re.compile(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"')
_QUOTING = {
    "organizer_directory.show": "where the organisation was found, as it was noted",
    "organizer_mail.message": "the subject, in the language of its reader",
}
_REACHED_OTHERWISE = {
    "delegate_approvals.ask": "where the head of the institution approves its delegation",
    "delegate_approvals.decide": "by a mailed link",
    "delegate_change_requests.ask": "after the deadline",
    "delegate_sites.note_headcounts": "on the day of the roundtable",
    "health.process": "monitors ask for it",
    "health.ready": "monitors ask for it",
    "robots.favicon": "browsers ask for it",
    "robots.robots": "search engines ask for it",
    "robots.security": "who finds a flaw asks for it",
    "calendars.delegate_feed": "calendars subscribe to it (webcal:)",
    "calendars.desk_feed": "calendars subscribe to it (webcal:)",
    "organizer_calendar_previews.of_letter": "when letters wait as drafts",
    "security.reset_password": "by a mailed link",
    "security.verify": "by an act that wants the password again",
    "organizer_approvals.decide": "after choosing delegates",
    "organizer_event_acts.discard": "from a draft",
    "organizer_event_acts.resume": "from a postponed roundtable",
    "organizer_invitations.add": "after choosing whom to invite",
    "organizer_invitations.change_terms": "after choosing guests",
    **{
        f"{audience}_imports.{step}": "after sending a table"
        for audience in ("delegate", "organizer")
        for step in ("columns", "preview", "row")
    },
    "organizer_imports.result": "after confirming a table",
    "delegate_members.ask": "members get it from their association",
    "delegate_members.asked": "after a member asked to come",
    "organizer_letters.look": "when letters wait as drafts",
    "organizer_directory_imports.columns": "after sending a table",
    "organizer_directory_imports.preview": "after sending a table",
    "organizer_directory_imports.result": "after an import",
    "organizer_mail.drafts": "when letters wait as drafts",
    "organizer_saved_filters.rename": "after keeping a filter",
    "public_components.show": "who builds pages asks for it",
    "public_links.asked": "after asking for a link",
    "public_links.new": "from a link that is no longer valid",
    "public_registrations.receipt": "after registering",
    "mailbox.mail": "when mail was delivered",
    "mailbox.raw": "when mail was delivered",
    "mailbox.look": "when mail was delivered",
    "mailbox.attachment": "when mail was delivered",
}


def test_every_link_leads_to_a_page(visits):
    broken = [visit for visit in visits if visit.status not in {200, 302, 303}]
    assert {(visit.seen_on, visit.path): (visit.status, visit.failure) for visit in broken} == {}


def test_no_get_writes(visits):
    assert {visit.path: visit.writes for visit in visits if visit.writes} == {}


def test_every_page_has_one_heading_a_title_and_a_language(visits):
    language = r'<html lang="(?:vi|en|ru|fr)"'
    expected = (r"<h1\b", r"<title>[^<]+</title>(?=[\s\S]*</head>)", language, r"<main\b")
    pages = {visit.path: visit.text for visit in visits if visit.is_page}
    counts = {path: [len(re.findall(part, text)) for part in expected] for path, text in pages.items()}
    assert {path: counted for path, counted in counts.items() if counted != [1] * len(expected)} == {}


@pytest.mark.parametrize("language", ["en", "ru", "fr"])
def test_every_page_speaks_the_other_languages(client_of_the_demo, visits, language):
    one_of_each = {visit.endpoint: visit.path for visit in visits if visit.is_page}
    spoken = {}
    for path in one_of_each.values():
        answer = client_of_the_demo.get(f"{path}{'&' if '?' in path else '?'}lang={language}")
        if answer.status_code == 200:  # who is signed in is led on from the sign-in
            spoken[path] = re.findall(r'<html lang="(\w+)"', answer.get_data(as_text=True))
    assert {path: found for path, found in spoken.items() if found != [language]} == {}


def test_french_pages_keep_a_space_before_the_colon(client_of_the_demo, visits):
    one_of_each = {visit.endpoint: visit.path for visit in visits if visit.is_page}
    tight = {}
    for path in {one_of_each[endpoint] for endpoint in one_of_each.keys() - _QUOTING.keys()}:
        answer = client_of_the_demo.get(f"{path}{'&' if '?' in path else '?'}lang=fr")
        if answer.status_code != 200:
            continue
        page = html.unescape(_FOREIGN.sub(" ", answer.get_data(as_text=True)))
        said = [*_SAID.findall(page), *re.findall(r">([^<]+)<", page)]
        if found := [words.strip() for words in said if re.search(r"[^\W\d]\)?:(?:\s|$)", words)]:
            tight[path] = found
    assert tight == {}


def test_no_page_shows_what_was_not_filled_in(visits):
    leftover = re.compile(r"\bNone\b|%\(\w+\)s|\{\w+\}|&lt;[a-z]+\.[A-Z]\w+")
    shown = {visit.path: re.sub(r"<[^>]*>", " ", visit.text) for visit in visits if visit.is_page}
    assert {path: leftover.findall(text) for path, text in shown.items() if leftover.search(text)} == {}


def test_every_page_can_be_reached_by_links(visits):
    routes = (ROOT / "tests" / "architecture" / "routes.txt").read_text().splitlines()
    pages = {line.rsplit(maxsplit=2)[1] for line in routes if "GET" in line.split()[0]}
    unreached = pages - {visit.endpoint for visit in visits} - _REACHED_OTHERWISE.keys()
    assert sorted(unreached) == []
