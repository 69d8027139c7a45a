"""The guests tab: pick, preview, invite, letters, one guest; rights and scope."""

import re
from collections import Counter

import pytest
import sqlalchemy as sa
import time_machine

from app import site
from app.db import db
from app.domain.mail import MessageState
from app.models.invitations import Invitation, InvitationAnswer
from app.models.mail import OutboxMessage
from tests import guests

BY_LETTER = {"answer": "declined", "source": "letter", "source_date": "2027-09-01"}
HOME = f"/organizer/events/{guests.SLUG}/guests"


@pytest.fixture(autouse=True)
def before_the_deadline(now):
    """Requests happen at the moment of the tests."""
    with time_machine.travel(now):
        yield


@pytest.fixture
def event(app):
    """A roundtable with five localities and two missions in the directory."""
    with app.app_context():
        guests.event()
        return [*guests.localities(5), *guests.missions(2)]


@pytest.fixture
def invited(app, event, now):
    """All of them invited."""
    with app.app_context():
        return guests.invited(event, now)


def scalars(app, query):
    with app.app_context():
        return list(db.session.scalars(query))


def states(app):
    return scalars(app, sa.select(Invitation.state).order_by(Invitation.position))


def shown(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def test_an_empty_list_teaches_whom_to_invite(organizer_client, event):
    assert f'href="{HOME}/add"' in organizer_client.get(HOME).get_data(as_text=True)


def test_groups_are_offered_with_their_counts_on_the_day(organizer_client, event):
    page = shown(organizer_client.get(f"{HOME}/add?q=tinh+03"))
    assert "5 cơ quan" in page
    assert "Tỉnh 03" in page
    assert "Tỉnh 04" not in page


def test_the_preview_names_who_is_new_and_invites_them_once(app, organizer_client, event):
    address = f"{HOME}/add/preview?group=localities&organization={event[5]}"
    assert "6 cơ quan sẽ được đưa vào danh sách" in shown(organizer_client.get(address))
    for _ in range(2):
        answer = organizer_client.post(
            address, data={"quota": "4", "letter_number": "9/GM", "deadline_day": "2027-10-15"}
        )
        assert (answer.status_code, answer.location) == (303, HOME)
    rows = scalars(app, sa.select(Invitation).order_by(Invitation.position))
    assert Counter((row.quota, row.letter_number, row.deadline.isoformat()) for row in rows) == {
        (4, "9/GM", "2027-10-15T10:00:00+00:00"): 6
    }


def test_bad_terms_lose_nothing_and_invite_nobody(app, organizer_client, event):
    answer = organizer_client.post(
        f"{HOME}/add/preview?group=localities", data={"quota": "nhiều", "letter_number": "9/GM"}
    )
    assert answer.status_code == 422
    assert 'value="9/GM"' in answer.get_data(as_text=True)
    assert states(app) == []


def test_the_list_counts_states_and_can_be_narrowed(organizer_client, invited):
    page = shown(organizer_client.get(HOME))
    assert "5 địa phương Việt Nam, 2 cơ quan đại diện Việt Nam ở nước ngoài" in page
    narrowed = shown(organizer_client.get(f"{HOME}?q=tinh+03"))
    assert "Tỉnh 03" in narrowed
    assert "Tỉnh 04" not in narrowed
    assert "Tỉnh 03" not in shown(organizer_client.get(f"{HOME}?state=accepted"))


def test_letters_are_prepared_read_and_sent_by_one_button(app, organizer_client, invited):
    organizer_client.post(f"{HOME}/letters/prepare")
    page = organizer_client.get(f"{HOME}/letters").get_data(as_text=True)
    assert "Gửi 7 thư" in page
    look = re.search(r'<iframe[^>]*src="([^"]+)"', page)[1]
    letter = organizer_client.get(look)
    assert "sandbox" in letter.headers["Content-Security-Policy"]
    assert "/i/" in letter.get_data(as_text=True)
    assert Counter(states(app)) == {"draft": 7}
    answer = organizer_client.post(f"{HOME}/letters/release", data={"expected": "7"})
    assert answer.status_code == 303
    assert Counter(states(app)) == {"sent": 7}


def test_a_stale_button_sends_nothing(app, organizer_client, invited):
    organizer_client.post(f"{HOME}/letters/prepare")
    organizer_client.post(f"{HOME}/letters/release", data={"expected": "6"})
    assert set(scalars(app, sa.select(OutboxMessage.state))) == {MessageState.DRAFT}


def test_a_test_goes_to_the_one_who_asks(app, organizer_client, invited):
    organizer_client.post(f"{HOME}/letters/test", data={"invitation": invited[0]})
    assert scalars(app, sa.select(OutboxMessage.recipient)) == ["organizer@example.vn"]


def test_terms_of_several_guests_are_changed_at_once(app, organizer_client, invited):
    answer = organizer_client.post(f"{HOME}/chosen", data={"act": "terms", "chosen": invited[:3]})
    form = organizer_client.get(answer.location)
    assert "3 khách mời" in shown(form)
    organizer_client.post(answer.location, data={"quota": "9"})
    assert scalars(app, sa.select(Invitation.quota).order_by(Invitation.position)) == [9, 9, 9, 3, 3, 3, 3]


def test_an_answer_by_letter_is_recorded_with_its_source(app, organizer_client, invited):
    answer = organizer_client.post(
        f"{HOME}/{invited[0]}/answer",
        data={**BY_LETTER, "source_reference": "55/SNgV", "note": "Trùng lịch"},
    )
    assert answer.status_code == 303
    page = shown(organizer_client.get(answer.location))
    for told in ("Không tham dự: Trùng lịch", "55/SNgV", "01/09/2027", "Nguyễn Thị Hà"):
        assert told in page


def test_an_answer_without_source_is_shown_again(app, organizer_client, invited):
    answer = organizer_client.post(
        f"{HOME}/{invited[0]}/answer", data={"answer": "declined", "note": "Trùng lịch"}
    )
    assert answer.status_code == 422
    assert "Trùng lịch" in answer.get_data(as_text=True)
    assert scalars(app, sa.select(InvitationAnswer.id)) == []


def test_two_organisers_do_not_overwrite_each_others_terms(app, organizer_client, invited):
    address = f"{HOME}/{invited[0]}/terms"
    revision = re.search(
        r'name="revision"[^>]*value="(\d+)"', organizer_client.get(address).get_data(as_text=True)
    )[1]
    terms = {"revision": revision, "language": "vi", "quota": "5", "email": "a@example.vn"}
    assert organizer_client.post(address, data=terms).status_code == 303
    late = organizer_client.post(address, data={**terms, "quota": "7"})
    assert late.status_code == 409
    assert scalars(app, sa.select(Invitation.quota).order_by(Invitation.position))[0] == 5


def test_the_link_can_be_copied_and_revoked(app, organizer_client, invited):
    def link():
        with app.app_context():
            return site.invitation_url(
                db.session.scalar(sa.select(Invitation).where(Invitation.public_id == invited[0]))
            )

    before = link()
    assert before in organizer_client.get(f"{HOME}/{invited[0]}").get_data(as_text=True)
    organizer_client.post(f"{HOME}/{invited[0]}/revoke")
    page = organizer_client.get(f"{HOME}/{invited[0]}").get_data(as_text=True)
    assert before not in page
    assert link() in page


def test_a_guest_moves_to_another_place_of_the_list(app, organizer_client, invited):
    organizer_client.post(f"{HOME}/{invited[4]}/place", data={"place": "1"})
    order = scalars(app, sa.select(Invitation.public_id).order_by(Invitation.position))
    assert order == [invited[4], *invited[:4], *invited[5:]]


@pytest.mark.parametrize("place", ["99", "99999999999999999999"])
def test_a_place_after_the_last_is_the_last(app, organizer_client, invited, place):
    organizer_client.post(f"{HOME}/{invited[0]}/place", data={"place": place})
    order = scalars(app, sa.select(Invitation.public_id).order_by(Invitation.position))
    assert order == [*invited[1:], invited[0]]


def test_a_guest_of_another_event_is_not_found(app, organizer_client, invited):
    with app.app_context():
        guests.event("other")
    other = f"/organizer/events/other/guests/{invited[0]}"
    assert organizer_client.get(other).status_code == 404
    for act in ("answer", "terms", "send", "revoke", "place", "remove"):
        data = {
            "answer": "declined",
            "source": "letter",
            "source_date": "2027-09-01",
            "language": "vi",
            "quota": "1",
            "revision": "1",
        }
        assert organizer_client.post(f"{other}/{act}", data=data).status_code == 404


def test_readers_see_the_list_and_change_nothing(app, colleague_client, invited):
    assert f"{HOME}/add" not in colleague_client.get(HOME).get_data(as_text=True)
    page = colleague_client.get(f"{HOME}/{invited[0]}")
    assert (page.status_code, "/i/" in page.get_data(as_text=True)) == (200, False)
    for path in (
        "chosen",
        "letters/prepare",
        "letters/release",
        f"{invited[0]}/revoke",
        f"{invited[0]}/send",
    ):
        assert colleague_client.post(f"{HOME}/{path}").status_code == 403
    assert Counter(states(app)) == {"draft": 7}


def test_strangers_are_asked_to_sign_in(client, invited):
    for path in ("", "/add", "/letters", f"/{invited[0]}"):
        assert client.get(HOME + path).status_code == 302


def test_the_list_costs_the_same_statements_for_every_number_of_guests(
    app, organizer_client, event, now, statements
):
    costs = []
    for upto in (1, 7):
        with app.app_context():
            guests.invited(event[:upto], now)
        with statements() as sent:
            organizer_client.get(HOME)
        costs.append(len(sent))
    assert costs[1] <= costs[0] + 1
