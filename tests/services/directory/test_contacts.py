"""Use-cases of contacts and the focal point."""

from dataclasses import replace
from functools import partial

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.contacts import ContactDetails
from app.domain.errors import Conflict, NotAllowed, NotFound
from app.models.directory import Contact
from app.queries import organizations as lookup
from app.services.directory import contacts, organizations
from tests.services.directory.facts import CORPORATION

pytestmark = pytest.mark.usefixtures("context")

HA = ContactDetails(
    full_name="Nguyễn Thu Hà",
    form_of_address="bà",
    post="Chuyên viên",
    email="ha@example.vn",
    is_focal_point=True,
)
NAM = ContactDetails(post="Văn thư", phones=("+84 233 3854745",), is_focal_point=True)


@pytest.fixture
def firm(organizer, now):
    return organizations.create(actor=organizer, code="FIRM", details=CORPORATION, now=now)


def add(actor, firm, details, now):
    return contacts.add_contact(actor=actor, organization=firm, details=details, now=now)


def focal_point(firm):
    found = lookup.find_focal_point(lookup.get(firm))
    return found.public_id if found else None


def test_a_new_focal_point_takes_the_place_of_the_present_one(organizer, firm, now):
    first = add(organizer, firm, HA, now)
    assert focal_point(firm) == first
    second = add(organizer, firm, NAM, now)
    assert focal_point(firm) == second
    contacts.edit_contact(actor=organizer, organization=firm, contact=first, details=HA, revision=2, now=now)
    assert focal_point(firm) == first


def test_an_archived_contact_is_no_focal_point_and_can_be_taken_back(organizer, firm, now):
    contact = add(organizer, firm, HA, now)
    for _ in range(2):
        contacts.archive_contact(actor=organizer, organization=firm, contact=contact, now=now)
    assert focal_point(firm) is None
    contacts.restore_contact(actor=organizer, organization=firm, contact=contact, now=now)
    row = db.session.scalars(sa.select(Contact)).one()
    assert (row.archived_at, row.is_focal_point, row.full_name) == (None, False, "Nguyễn Thu Hà")


def test_an_edit_keeps_what_was_given(organizer, firm, now):
    contact = add(organizer, firm, HA, now)
    changed = replace(HA, phones=("+84 24 1", "+84 24 2"), language="ru", is_focal_point=False)
    edit = partial(contacts.edit_contact, actor=organizer, organization=firm, contact=contact, now=now)
    edit(details=changed, revision=1)
    row = lookup.get_contact(lookup.get(firm), contact)
    with pytest.raises(Conflict, match="changed_meanwhile"):
        edit(details=HA, revision=1)
    assert (row.phones, row.language, row.is_focal_point) == (["+84 24 1", "+84 24 2"], "ru", False)


def test_a_contact_of_another_organisation_is_not_found(organizer, firm, now):
    contact = add(organizer, firm, HA, now)
    other = organizations.create(actor=organizer, code="OTHER", details=CORPORATION, now=now)
    with pytest.raises(NotFound):
        contacts.archive_contact(actor=organizer, organization=other, contact=contact, now=now)


def test_readers_may_not_add_contacts(colleague, firm, now):
    with pytest.raises(NotAllowed):
        add(colleague, firm, HA, now)
