"""The organiser's first page: what comes next and what has to be done, each with the way to do it."""

import re
from datetime import timedelta

import pytest

from app.domain import clock
from app.domain.event_times import Schedule
from app.domain.invitations import Invite
from app.domain.programme import SessionDetails
from app.models.directory import Organization
from app.models.invitations import Invitation
from app.services.invitations import invite, letters
from app.services.programme import sessions
from app.services.transaction import unit_of_work
from tests.roundtables import create, publish, store_directory


@pytest.fixture
def still(context, now, monkeypatch):
    """Hold the clock of the pages."""
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def desk(still, organizer_client):
    """Read the desk."""

    def read(client=organizer_client):
        answer = client.get("/organizer/")
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    return read


def _invited(slug, organizer, now):
    province = next(one.public_id for one in _provinces())
    command = Invite(organizations=(province,))
    invite.invite(actor=organizer, slug=slug, command=command, now=now)
    with unit_of_work() as session:
        session.query(Invitation).update({"sent_at": now, "state": "sent"})


def _provinces():
    with unit_of_work() as session:
        return session.query(Organization).filter_by(code="VN-25").all()


def test_a_fresh_installation_teaches_the_first_act(desk):
    page = desk()
    assert 'class="empty"' in page
    assert 'href="/organizer/directory"' in page


def test_with_a_directory_the_next_act_is_a_roundtable(desk):
    store_directory()
    assert 'class="act" href="/organizer/events/new"' in desk()


def test_a_reader_is_offered_no_act(desk, colleague_client):
    store_directory()
    assert "/organizer/events/new" not in desk(colleague_client)


def test_c10_a_reader_reads_how_things_stand_and_not_what_others_have_to_do(
    desk, organizer, colleague_client, now
):
    store_directory()
    slug = create(organizer, now, schedule=Schedule(), organizers=())
    address = f"/organizer/events/{slug}"
    assert f"{address}/edit" in desk()
    page = desk(colleague_client)
    assert f'href="{address}"' in page
    assert f"{address}/edit" not in page
    assert f"{address}/edit" not in colleague_client.get(address).text


def test_the_next_roundtable_stands_on_top_in_numbers(desk, organizer, now):
    store_directory()
    slug = publish(organizer, now)
    _invited(slug, organizer, now)
    words = " ".join(re.sub(r"<[^>]+>", " ", desk()).split())
    assert "56 ngày nữa" in words
    assert "1 đã mời" in words
    assert "0 đã trả lời" in words


def test_a_draft_says_what_it_lacks(desk, organizer, now):
    store_directory()
    create(organizer, now, schedule=Schedule(), organizers=())
    page = desk()
    assert "Hoàn thiện bản thảo" in page
    assert "ngày" in page


def test_a_session_without_speaker_waits(desk, organizer, now):
    store_directory()
    slug = publish(organizer, now)
    details = SessionDetails(titles={"vi": "Phiên"})
    sessions.add_session(actor=organizer, slug=slug, command=details, now=now)
    assert "Mời diễn giả cho 1 phiên" in desk()
    assert f'href="/organizer/events/{slug}/programme"' in desk()


def test_the_silent_are_chased_when_the_deadline_is_near(desk, organizer, now):
    store_directory()
    slug = publish(organizer, now, deadline_date=(now + timedelta(days=5)).date())
    _invited(slug, organizer, now)
    assert "Nhắc 1 cơ quan chưa trả lời" in desk()


def test_nobody_is_chased_long_before_the_deadline(desk, organizer, now):
    store_directory()
    slug = publish(organizer, now, deadline_date=(now + timedelta(days=30)).date())
    _invited(slug, organizer, now)
    assert "chưa trả lời" not in desk()


def test_a_published_roundtable_without_guests_asks_whom_to_invite(desk, organizer, organizer_client, now):
    store_directory()
    slug = publish(organizer, now)
    base = f"/organizer/events/{slug}"
    for page in (desk(), organizer_client.get(base).text):
        assert re.search(rf'<a [^>]*href="{base}/guests/add">Chọn khách mời</a>', page)
    _invited(slug, organizer, now)
    for page in (desk(), organizer_client.get(base).text):
        assert f"{base}/guests/add" not in page


def test_guests_whose_letters_were_never_prepared_wait(desk, organizer, organizer_client, now):
    store_directory()
    slug = publish(organizer, now)
    base = f"/organizer/events/{slug}"
    provinces = (next(one.public_id for one in _provinces()),)
    invite.invite(actor=organizer, slug=slug, command=Invite(organizations=provinces), now=now)
    assert "Soạn 1 thư" not in desk(), "there is no address to write to"
    with unit_of_work() as session:
        session.query(Invitation).update({"email": "qt@example.vn"})
    for page in (desk(), organizer_client.get(base).text):
        assert re.search(rf'<a [^>]*href="{base}/guests/letters">Soạn 1 thư</a>', page)
    letters.prepare(actor=organizer, slug=slug, now=now)
    assert "Soạn 1 thư" not in desk()
    assert "Cho gửi 1 thư đang chờ" in desk()


def test_a_roundtable_that_is_over_invites_nobody_any_more(still, organizer, organizer_client, now):
    store_directory()
    slug = publish(organizer, now, schedule=Schedule(day=(now - timedelta(days=2)).date()))
    assert "Chọn khách mời" not in organizer_client.get(f"/organizer/events/{slug}").text
