"""Filters kept above the lists of the desk: saved, opened, deleted and brought back, found by Ctrl+K."""

import re
from html import unescape

import pytest
import time_machine

from app.db import db
from app.domain.policy import SYSTEM
from app.models.invitations import Invitation
from app.services.invitations import letters
from tests import guests
from tests.registration_rows import register_one

EVENT = f"/organizer/events/{guests.SLUG}"
SAVING = f"{EVENT}/filters/board"


@pytest.fixture(autouse=True)
def before_the_deadline(now):
    """Requests happen at the moment of the tests."""
    with time_machine.travel(now):
        yield


@pytest.fixture
def event(app, now):
    """A roundtable with two guests."""
    with app.app_context():
        made = guests.event(sides=("B",))
        guests.invited(guests.localities(2), now)
        return made.sides[0].public_id


def text(answer):
    return unescape(answer.get_data(as_text=True))


def bar(answer):
    """Return what stands above the list for its kept filters."""
    found = re.search(
        r'<div class="acts" role="group" aria-label="Bộ lọc đã lưu">.*?</div>', text(answer), re.S
    )
    return found[0] if found else ""


def links(part):
    return re.findall(r'<a href="([^"]+)"( aria-current="true")?>([^<]+)</a>', part)


def save(client, path=f"{SAVING}?state=declined", **typed):
    return client.post(path, data={"name": "Từ chối", **typed})


@pytest.mark.parametrize(
    ("page", "saving", "wishes"),
    [
        (f"{EVENT}/board", f"{EVENT}/filters/board", "state=declined"),
        (f"{EVENT}/guests", f"{EVENT}/filters/guests", "kind=locality"),
        (f"{EVENT}/delegates", f"{EVENT}/filters/delegates", "state=confirmed"),
        (f"{EVENT}/mail", f"{EVENT}/filters/mail", "state=failed"),
        ("/organizer/events", "/organizer/filters/events", "status=draft"),
        ("/organizer/directory", "/organizer/filters/directory", "kind=locality"),
    ],
)
def test_every_list_offers_to_keep_what_narrows_it_and_then_the_kept_one(
    app, organizer_client, event, now, page, saving, wishes
):
    with app.app_context():
        register_one(db.session.query(Invitation).first(), now)
        letters.prepare(actor=SYSTEM, slug=guests.SLUG, now=now)
    assert bar(organizer_client.get(page)) == ""
    assert f'href="{saving}?{wishes}"' in bar(organizer_client.get(f"{page}?{wishes}&page=1"))
    answer = organizer_client.post(f"{saving}?{wishes}", data={"name": "Của tôi"})
    assert (answer.status_code, answer.location.split("#")[0]) == (303, f"{page}?{wishes}")
    ((address, current, name),) = links(bar(organizer_client.get(page)))
    assert (address.split("#")[0], current, name) == (f"{page}?{wishes}", "", "Của tôi")
    now_open = bar(organizer_client.get(f"{page}?{wishes}&page=1"))
    assert links(now_open)[0][1]
    assert f"{saving}?" not in now_open


def test_a_kept_filter_is_deleted_and_brought_back_by_the_message(organizer_client, event):
    save(organizer_client, is_everywhere="y")
    here = f"{EVENT}/board?state=declined"
    (delete,) = re.findall(r'action="([^"]+/delete)"', bar(organizer_client.get(here)))
    answer = organizer_client.post(delete, data={"event": guests.SLUG})
    assert answer.location.split("#")[0] == here
    page = text(organizer_client.get(here))
    assert links(bar(organizer_client.get(here))) == []
    toast = re.search(r'<form class="inline" method="post" action="([^"]+)".*?</form>', page, re.DOTALL)
    fields = dict(re.findall(r'name="(name|is_everywhere)" value="([^"]*)"', toast[0]))
    assert fields == {"name": "Từ chối", "is_everywhere": "y"}
    assert organizer_client.post(toast[1], data=fields).status_code == 303
    assert [name for *_, name in links(bar(organizer_client.get(here)))] == ["Từ chối"]


def test_a_name_that_the_list_offers_already_is_refused_at_the_field(organizer_client, event):
    save(organizer_client)
    answer = save(organizer_client, f"{SAVING}?state=accepted")
    assert answer.status_code == 422
    assert "“Từ chối”" in text(answer)
    assert 'aria-invalid="true"' in text(answer)


def test_ctrl_k_finds_kept_filters_by_their_words_without_diacritics(
    organizer_client, colleague_client, event
):
    save(organizer_client, is_everywhere="y")
    for words in ("", "tu ch"):
        found = text(organizer_client.get("/organizer/search", query_string={"q": words}))
        assert f'href="{EVENT}/board?state=declined#list">Từ chối</a>' in found
    assert "Từ chối</a>" not in text(organizer_client.get("/organizer/search?q=nhan"))
    assert "Từ chối</a>" not in text(colleague_client.get("/organizer/search?q=tu"))


def test_what_names_a_side_is_of_this_event_alone(organizer_client, event):
    wishes = f"{SAVING}?state=declined&side={event}"
    assert 'name="is_everywhere"' in text(organizer_client.get(f"{SAVING}?state=declined"))
    assert 'name="is_everywhere"' not in text(organizer_client.get(wishes))
    save(organizer_client, wishes, is_everywhere="y")
    found = text(organizer_client.get("/organizer/search?q=tu"))
    assert f"side={event}" in found


def test_an_address_of_elsewhere_is_not_kept(organizer_client, event):
    answer = save(organizer_client, f"{SAVING}?state=declined&next=//elsewhere.example&_external=1&_scheme=x")
    assert answer.location == f"{EVENT}/board?state=declined#list"


def test_without_a_wish_the_page_says_what_to_do_first(organizer_client, event):
    assert "Danh sách chưa được lọc" in text(organizer_client.get(SAVING))
    assert save(organizer_client, SAVING).status_code == 422


def test_strangers_and_other_events_are_refused(client, organizer_client, event):
    assert client.get(SAVING).status_code == 302
    assert organizer_client.get("/organizer/events/khong-co/filters/board?state=declined").status_code == 404
    assert organizer_client.post("/organizer/filters/khongco/delete").status_code == 404


def test_a_kept_filter_gets_another_name_and_the_list_opens_again(organizer_client, event):
    save(organizer_client, is_everywhere="y")
    save(organizer_client, f"{SAVING}?state=accepted", name="Nhận lời")
    here = f"{EVENT}/board?state=declined"
    (rename,) = re.findall(r'href="([^"]+/name[^"]*)"', bar(organizer_client.get(here)))
    page = text(organizer_client.get(rename))
    assert 'value="Từ chối"' in page
    assert 'name="is_everywhere"' not in page
    refused = organizer_client.post(rename, data={"name": "Nhận lời"})
    assert (refused.status_code, "“Nhận lời”" in text(refused)) == (422, True)
    answer = organizer_client.post(rename, data={"name": "Không dự"})
    assert (answer.status_code, answer.location.split("#")[0]) == (303, here)
    assert [name for *_, name in links(bar(organizer_client.get(here)))] == ["Không dự", "Nhận lời"]


def test_nobody_renames_what_another_keeps(organizer_client, colleague_client, event):
    save(organizer_client, "/organizer/filters/directory?kind=locality")
    (rename,) = re.findall(
        r'href="([^"]+/name[^"]*)"', bar(organizer_client.get("/organizer/directory?kind=locality"))
    )
    assert organizer_client.get(rename).status_code == 200
    assert colleague_client.get(rename).status_code == 404
    assert colleague_client.post(rename, data={"name": "Của tôi"}).status_code == 404
