"""The overview of a roundtable: numbers, what has to be done, pictures with their tables."""

import re
from datetime import date, datetime, timedelta

import pytest

from app.domain import clock
from app.domain.event_times import Schedule
from app.domain.invitations import Answer, AnswerSource, InvitationState
from app.domain.registrations import DelegateRole, SeatState
from app.models.directory import Organization
from app.models.invitations import Invitation, InvitationAnswer
from app.models.people import Person
from app.models.registrations import Delegate
from app.queries import events
from app.services.transaction import unit_of_work
from tests.roundtables import publish, store_directory


@pytest.fixture
def still(context, now, monkeypatch):
    """Hold the clock of the pages."""
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def slug(still, organizer, now):
    """A published roundtable, 14:00 to 17:00 in Hanoi, whose answers are due on 20 September."""
    store_directory()
    return publish(organizer, now, deadline_date=date(2027, 9, 20))


@pytest.fixture
def read(organizer_client, slug):
    """Read the overview."""

    def words(address=f"/organizer/events/{slug}"):
        answer = organizer_client.get(address)
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    return words


def _plain(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def _invite(slug, organizer, now, *, zone, count, answered=0, state=InvitationState.SENT, language="vi"):
    event_id = events.get(slug, organizer).id
    with unit_of_work() as session:
        before = session.query(Invitation).count()
        for number in range(before, before + count):
            institution = Organization(
                code=f"X-{number}",
                kind="embassy",
                names={"vi": f"Cơ quan {number}"},
                search="x",
                timezone=zone,
            )
            invitation = Invitation(
                event_id=event_id,
                organization=institution,
                position=number,
                quota=3,
                state=state,
                created_at=now,
                sent_at=now,
                language=language,
            )
            if number - before < answered:
                invitation.state = InvitationState.ACCEPTED
                answer = {"answer": Answer.ACCEPTED, "source": AnswerSource.LINK}
                came = now + timedelta(days=number - before)
                invitation.answers.append(InvitationAnswer(**answer, recorded_at=came))
            session.add(invitation)


def _register(slug, organizer, now, *names):
    event_id = events.get(slug, organizer).id
    with unit_of_work() as session:
        for number, name in enumerate(names):
            person = Person(event_id=event_id, full_name=name, sort_name=name)
            session.add(
                Delegate(
                    event_id=event_id,
                    person=person,
                    role=DelegateRole.DELEGATE,
                    state=SeatState.CONFIRMED,
                    request_key=f"form-{number}",
                    registered_at=now,
                    changed_at=now,
                )
            )


def test_the_first_row_counts_days_guests_people_and_failed_mail(read, slug, organizer, now):
    _invite(slug, organizer, now, zone="Asia/Ho_Chi_Minh", count=3, answered=2)
    _register(slug, organizer, now, "Nguyễn Văn A")
    words = _plain(read())
    for told in (
        "56 ngày nữa",
        "3 đã mời",
        "2 đã trả lời",
        "1 đã cử",
        "1 đã xác nhận",
        "0 thư lỗi hoặc chưa rõ",
    ):
        assert told in words, told


def test_what_waits_has_its_act_on_the_overview_too(read, slug, organizer, now):
    _invite(slug, organizer, now, zone=None, count=2, state=InvitationState.UNDELIVERABLE)
    _register(slug, organizer, now, "Nguyễn Văn A", "Nguyễn Văn A", "Trần Thị B")
    page = read()
    assert f'href="/organizer/events/{slug}/board?state=undeliverable#list">Sửa địa chỉ' in page
    assert "1 tên được đăng ký hai lần" in page
    assert f"/organizer/events/{slug}/delegates?q=Nguy" in page


def test_titles_are_missing_in_the_languages_of_those_who_were_written_to(read, slug, organizer, now):
    assert "ngôn ngữ của khách" not in read()
    _invite(slug, organizer, now, zone=None, count=1, language="ru")
    assert "Thêm tên gọi bằng ngôn ngữ của khách" in read()
    assert "Tiếng Nga" in read()


def test_the_answers_climb_towards_the_deadline_and_stand_in_a_table(read, slug, organizer, now):
    assert 'id="answers"' not in read(), "nobody was written to"
    _invite(slug, organizer, now, zone="Asia/Ho_Chi_Minh", count=4, answered=2)
    page = read()
    path = re.search(r'class="came" d="M34.0 130H34.0V100.5H([\d.]+)V71.0H([\d.]+)"', page)
    assert path
    assert 34 < float(path[1]) < 60, "one day of nineteen"
    assert path[2] == path[1], "nothing is said of the days to come"
    words = _plain(page)
    assert "2/4 cơ quan đã trả lời. Còn 19 ngày để trả lời." in words
    assert "01/09/2027 1 1 02/09/2027 1 2" in words


def test_the_picture_says_who_would_sit_at_midnight(read, slug, organizer, now):
    _invite(slug, organizer, now, zone="America/Los_Angeles", count=2)
    _invite(slug, organizer, now, zone="Europe/Moscow", count=5)
    _invite(slug, organizer, now, zone=None, count=1)
    words = _plain(read())
    assert "2 cơ quan sẽ phải dự vào ban đêm: San Francisco." in words
    assert "San Francisco GMT−7 · 2 cơ quan vào ban đêm 27/10, 00:00–03:00" in words
    assert "Moscow GMT+3 · 5 cơ quan trong giờ làm việc 27/10, 10:00–13:00" in words
    assert "1 cơ quan chưa có múi giờ" in words


def test_an_event_without_hours_keeps_the_picture_away(organizer_client, still, organizer, now):
    store_directory()
    slug = publish(organizer, now, schedule=Schedule(day=date(2027, 10, 27)))
    page = organizer_client.get(f"/organizer/events/{slug}").get_data(as_text=True)
    assert 'id="hours"' not in page
    assert 'id="facts"' in page


def test_the_overview_takes_as_many_statements_for_many_guests(read, slug, organizer, now, statements):
    _invite(slug, organizer, now, zone="Asia/Tokyo", count=1, answered=1)
    _register(slug, organizer, now, "Nguyễn Văn A")
    read()
    with statements() as few:
        read()
    _invite(slug, organizer, now, zone="Europe/Moscow", count=30, answered=20)
    _register_more = [f"Người thứ {number}" for number in range(1, 9)]
    with unit_of_work() as session:
        session.query(Delegate).update({"request_key": "first"})
    _register(slug, organizer, now, *_register_more)
    with statements() as many:
        read()
    assert len(many) == len(few)


def test_an_hour_is_chosen_with_one_button_and_is_humane_for_all(
    organizer_client, read, slug, organizer, now
):
    _invite(slug, organizer, now, zone="America/Los_Angeles", count=1)
    page = read(f"/organizer/events/{slug}/hours")
    first = re.search(r'name="starts" value="([^"]+)"', page)
    revision = re.search(r'name="revision" value="(\d+)"', page)
    assert first
    sent = {"starts": first[1], "revision": revision[1]}
    answer = organizer_client.post(f"/organizer/events/{slug}/hours", data=sent)
    assert answer.status_code == 303
    with unit_of_work():
        event = events.get(slug, organizer)
    assert event.starts_at == datetime.fromisoformat(first[1])
    assert event.ends_at - event.starts_at == timedelta(hours=3)
    assert "Không ai phải dự vào ban đêm." in _plain(read())


def test_an_hour_that_nobody_proposed_is_refused(organizer_client, slug):
    answer = organizer_client.post(
        f"/organizer/events/{slug}/hours", data={"starts": "noon", "revision": "1"}
    )
    assert answer.status_code == 422
    assert "Hãy chọn một trong các giờ được đề xuất." in answer.get_data(as_text=True)


def test_an_hour_chosen_on_an_older_state_is_not_taken(organizer_client, slug):
    sent = {"starts": "2027-10-27T02:00:00+00:00", "revision": "99"}
    answer = organizer_client.post(f"/organizer/events/{slug}/hours", data=sent)
    assert answer.status_code == 409


def test_a_reader_sees_the_hours_and_no_button(colleague_client, organizer_client, slug, organizer, now):
    _invite(slug, organizer, now, zone="Europe/Moscow", count=1)
    assert 'name="starts"' not in colleague_client.get(f"/organizer/events/{slug}/hours").text
    assert 'name="starts"' in organizer_client.get(f"/organizer/events/{slug}/hours?day=2027-11-03").text


def test_without_a_day_the_helper_asks_for_one(organizer_client, still, organizer, now):
    store_directory()
    slug = publish(organizer, now, is_archive=False)
    with unit_of_work():
        event = events.get(slug, organizer)
        event.date = event.starts_at = event.ends_at = None
    page = organizer_client.get(f"/organizer/events/{slug}/hours?day=tomorrow").text
    assert "Hãy chọn ngày" in page
