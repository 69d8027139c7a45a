"""Open registration: consent, one person once, nothing told to strangers."""

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.directory import OrganizationKind
from app.domain.identifiers import reference
from app.domain.registrations import CONSENT_VERSION, SeatState
from app.models.directory import Organization
from app.models.registrations import Delegate
from app.services.transaction import unit_of_work
from tests.registration_rows import list_written_mails, session_ids, store_event

SENT = {
    "full_name": "Phạm Minh Châu",
    "email": "chau@example.vn",
    "organization_name": "vasep",
    "language": "vi",
    "consent": "y",
    "request_key": "one",
}


@pytest.fixture
def page(app) -> str:
    """The page of an event that admits open registration."""
    with app.app_context():
        return f"/events/{store_event(admits_open_registration=True, capacity=1).slug}/register"


def rows() -> list[Delegate]:
    return list(db.session.scalars(sa.select(Delegate).order_by(Delegate.id)))


def test_person_registers_alone_with_consent_that_is_not_ticked_beforehand(app, client, page):
    with app.app_context(), unit_of_work() as session:
        session.add(
            Organization(
                code="VASEP",
                kind=OrganizationKind.BUSINESS_ASSOCIATION,
                names={"vi": "Hiệp hội Chế biến và Xuất khẩu Thủy sản Việt Nam"},
                abbreviation="VASEP",
                country="VN",
                search="hiep hoi che bien va xuat khau thuy san viet nam vasep",
            )
        )
    shown = client.get(page).text
    assert 'name="consent"' in shown
    assert "checked" not in shown
    assert "11/2026" in shown
    refused = client.post(page, data={key: value for key, value in SENT.items() if key != "consent"})
    assert (refused.status_code, 'value="Phạm Minh Châu"' in refused.text) == (422, True)
    answer = client.post(page, data=SENT)
    receipt = client.get(answer.headers["Location"]).text
    with app.app_context():
        (delegate,) = rows()
        assert (delegate.consent_version, delegate.consented_at) == (CONSENT_VERSION, delegate.registered_at)
        assert (delegate.person.organization.code, delegate.person.organization_name) == ("VASEP", "vasep")
        assert delegate.person.sort_name == "Châu Phạm Minh"
        assert reference(delegate.public_id) in receipt
        assert list_written_mails() == [("registration", "chau@example.vn")]
    assert "/d/" not in receipt


def test_second_registration_of_a_person_looks_the_same_and_writes_nothing(app, client, page):
    first = client.get(client.post(page, data=SENT).headers["Location"]).text
    stranger = app.test_client()
    again = {**SENT, "full_name": "PHẠM MINH CHÂU", "request_key": "another"}
    assert stranger.get(stranger.post(page, data=again).headers["Location"]).text == first
    with app.app_context():
        assert (len(rows()), len(list_written_mails())) == (1, 1)


def test_full_event_puts_the_next_on_the_waiting_list(app, client, page):
    client.post(page, data=SENT)
    other = {**SENT, "email": "other@example.vn", "full_name": "Người Khác", "request_key": "two"}
    answer = client.post(page, data=other)
    assert "danh sách chờ" in client.get(answer.headers["Location"]).text
    with app.app_context():
        assert [delegate.state for delegate in rows()] == [SeatState.CONFIRMED, SeatState.WAITING]


def test_receipt_is_for_the_browser_that_registered(app, client, page):
    answer = client.post(page, data=SENT)
    stranger = app.test_client().get(answer.headers["Location"])
    assert (stranger.status_code, stranger.headers["Location"]) == (302, page)


def test_event_by_invitation_has_no_open_registration(app, client):
    with app.app_context():
        slug = store_event().slug
    assert client.get(f"/events/{slug}/register").status_code == 404
    assert client.post(f"/events/{slug}/register", data=SENT).status_code == 404
    assert client.get("/events/nothing/register").status_code == 404


@pytest.mark.databases("sqlite")
def test_whole_open_registration_takes_at_most_fifteen_statements(app, client, page):
    executed = []
    with app.app_context():
        engine = db.engine
        ids = session_ids(rows()[0].event) if rows() else ()
    assert not ids
    note = lambda _c, _cursor, statement, *_: executed.append(statement)  # noqa: E731  one line says it
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        client.get(page)
        assert client.get(client.post(page, data=SENT).headers["Location"]).status_code == 200
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    assert len(executed) <= 15, "\n".join(executed)
