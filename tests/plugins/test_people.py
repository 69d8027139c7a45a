"""The fixtures keep what they promise: empty databases, requests apart, named people, real tokens."""

import sqlalchemy as sa

from app.db import Base, db
from app.domain.accounts import Role


def test_each_test_begins_with_an_empty_database(context):
    counted = {
        table.name: db.session.scalar(sa.select(sa.func.count()).select_from(table))
        for table in Base.metadata.sorted_tables
    }
    assert {name: rows for name, rows in counted.items() if rows} == {}


def test_named_people_are_accounts_with_fixed_rights(organizer, colleague, administrator):
    assert [actor.role for actor in (organizer, colleague, administrator)] == [
        Role.ORGANIZER,
        Role.READER,
        Role.ADMINISTRATOR,
    ]


def test_a_signed_in_browser_is_let_in_and_its_form_carries_a_token(organizer_client):
    assert organizer_client.get("/organizer/sign-in").status_code == 302
    assert organizer_client.post("/organizer/sign-out").status_code == 302
    with organizer_client.session_transaction() as session:
        assert "_user_id" not in session
