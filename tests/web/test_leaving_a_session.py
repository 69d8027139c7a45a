"""A delegate gives one of his sessions back on his page, after reading what follows."""

import pytest

from app import site
from app.db import db
from app.domain.registrations import SeatState
from app.models.registrations import Delegate
from tests.registration_rows import register_one, session_ids, store_event, store_invitation


@pytest.fixture
def one(app, now):
    """A delegate with seats in two sessions."""
    with app.app_context():
        event = store_event()
        delegate = register_one(store_invitation(event), now, sessions=session_ids(event))
        link = site.delegate_url(delegate).removeprefix("http://localhost")
        return delegate.id, link, session_ids(event)


def states(app, number):
    with app.app_context():
        return [seat.state for seat in db.session.get(Delegate, number).seats]


def test_one_of_several_sessions_can_be_given_back_by_a_button(app, client, one):
    number, link, (first, _) = one
    page = f"{link}/sessions/{first}/leave"
    assert f'href="{page}"' in client.get(link).text
    assert "Kết nối vì phát triển" in client.get(page).text
    assert states(app, number) == [SeatState.CONFIRMED, SeatState.CONFIRMED]
    done = client.post(page)
    assert (done.status_code, done.location) == (303, link)
    assert states(app, number) == [SeatState.WITHDRAWN, SeatState.CONFIRMED]
    assert "Quý vị đã trả lại chỗ ở phiên này" in client.get(page).text
    assert client.post(page).status_code == 303


def test_the_last_session_is_left_by_withdrawing_from_the_event(app, client, one):
    number, link, (first, second) = one
    client.post(f"{link}/sessions/{first}/leave")
    assert "/leave" not in client.get(link).text
    refused = client.post(f"{link}/sessions/{second}/leave")
    assert refused.status_code == 422
    assert "Đây là phiên duy nhất của Quý vị" in refused.text
    assert states(app, number) == [SeatState.WITHDRAWN, SeatState.CONFIRMED]


def test_a_session_in_which_he_has_no_seat_is_not_found(client, one):
    assert client.get(f"{one[1]}/sessions/zzzzzzzzzzzz/leave").status_code == 404
