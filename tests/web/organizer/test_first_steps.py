"""A newcomer's roundtable: the strip of first steps, and pages that say the next act while they are empty."""

import re
from html import unescape

import pytest
import time_machine

from app.domain.event_times import Schedule
from app.domain.policy import SYSTEM
from app.services.invitations import letters
from tests import guests
from tests.roundtables import create, store_directory

EVENT = f"/organizer/events/{guests.SLUG}"


@pytest.fixture(autouse=True)
def before_the_deadline(now):
    """Requests happen at the moment of the tests."""
    with time_machine.travel(now):
        yield


def text(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.get_data(as_text=True))


def strip(client, path=EVENT):
    """Return the words of the steps that are done, and of the next one."""
    part = re.search(r'<ol class="stepper".*?</ol>', text(client, path), re.DOTALL)
    steps = re.findall(r'<li class="(\w+)"[^>]*><span><a [^>]*>([^<]+)</a>', part[0] if part else "")
    return [words for look, words in steps if look == "past"], [
        words for look, words in steps if look == "now"
    ]


def test_a_draft_with_a_title_asks_for_its_date(app, organizer_client, organizer, now):
    with app.app_context():
        store_directory()
        slug = create(organizer, now, schedule=Schedule())
    assert strip(organizer_client, f"/organizer/events/{slug}") == ([], ["Ngày và cơ quan tổ chức"])


def test_the_strip_follows_the_facts_and_goes_with_the_first_letter(app, organizer_client, now):
    with app.app_context():
        guests.event()
        guests.invited(guests.localities(2), now)
    assert strip(organizer_client)[1] == ["Ngày và cơ quan tổ chức"]
    with app.app_context():
        letters.prepare(actor=SYSTEM, slug=guests.SLUG, now=now)
    assert strip(organizer_client)[0] == ["Khách mời", "Công bố", "Thư mời"]
    with app.app_context():
        letters.release(actor=SYSTEM, slug=guests.SLUG, expected=2, now=now)
    assert strip(organizer_client) == ([], [])


def test_who_may_only_read_is_shown_no_steps(app, colleague_client):
    with app.app_context():
        guests.event()
    assert strip(colleague_client) == ([], [])


@pytest.mark.parametrize(
    ("page", "sentence", "leads_to"),
    [
        ("guests/letters", "hiện chưa mời cơ quan nào", f"{EVENT}/guests/add"),
        ("delegates", "hiện chưa mời cơ quan nào", f"{EVENT}/guests/add"),
        ("mail", "Hãy mời khách trước", f"{EVENT}/guests"),
        ("board/chase", "Chưa gửi thư cho cơ quan nào", f"{EVENT}/guests"),
        ("guests/add", "Danh bạ còn trống", "/organizer/directory"),
    ],
)
def test_a_page_without_guests_says_what_comes_first(app, organizer_client, page, sentence, leads_to):
    with app.app_context():
        guests.event()
    found = text(organizer_client, f"{EVENT}/{page}")
    assert sentence in found
    assert f'<a class="act" href="{leads_to}">' in found


def test_guests_without_an_address_are_a_task_and_get_one(app, organizer_client, now):
    with app.app_context():
        guests.event()
        (invitation,) = guests.invited(guests.localities(1, email=None), now)
    page = text(organizer_client, f"{EVENT}/guests/letters")
    assert "đều đã được gửi thư" not in page
    assert f'<a class="act" href="{EVENT}/guests/{invitation}/terms">' in page
    assert "Bổ sung địa chỉ thư điện tử của 1 cơ quan chưa có" in text(organizer_client, "/organizer/")
    assert f'<a class="act" href="{EVENT}/guests/letters">' in text(organizer_client, f"{EVENT}/mail")


@pytest.mark.parametrize("page", ["/organizer/events?shelf=past", "/organizer/events?shelf=archive"])
def test_an_empty_shelf_leads_somewhere(organizer_client, page):
    assert re.search(r'class="empty".*?<a class="act"', text(organizer_client, page), re.DOTALL)


def test_groups_of_an_empty_directory_lead_to_it(organizer_client):
    assert '<a class="act" href="/organizer/directory">' in text(
        organizer_client, "/organizer/directory/groups"
    )


def test_how_many_letters_left_is_said_once(app, organizer_client, now):
    with app.app_context():
        guests.event()
        guests.invited(guests.localities(2), now)
        letters.prepare(actor=SYSTEM, slug=guests.SLUG, now=now)
        letters.release(actor=SYSTEM, slug=guests.SLUG, expected=2, now=now)
    assert "Giấy mời đã gửi" not in text(organizer_client, EVENT)
