"""The search of the desk: everything by a few words, without diacritics, nothing that one may not see."""

import re

import pytest

from app.domain.contacts import ContactDetails
from app.domain.people import PersonDetails
from app.domain.registrations import CorrectOwnData, EditDelegate
from app.domain.text import fold
from app.queries import search
from app.services.directory import contacts
from app.services.registrations import edit
from tests.registration_rows import FOCAL_POINT, register_one, store_event, store_invitation

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def guest(now):
    """An institution of a roundtable, with a delegate."""
    invitation = store_invitation(
        store_event(search=fold("Tọa đàm Việt – Nga")),
        name="Tỉnh Quảng Trị",
        search=" tinh quang tri ",
        quota=20,
    )
    register_one(invitation, now, "Nguyễn Hoàng Ẩn")
    return invitation


def _invite(event, name):
    return store_invitation(event, name=name, search=f" {fold(name)} ")


@pytest.fixture
def find(organizer_client):
    """Search, and return the words of what was found."""

    def found(text, client=organizer_client):
        page = client.get("/organizer/search", query_string={"q": text, "lang": "vi"})
        assert page.status_code == 200
        (part,) = re.findall(r'<div id="found".*?</div>', page.get_data(as_text=True), re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", " ", part).split())

    return found


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("viet nga", "Tọa đàm Việt – Nga"),
        ("quang tri", "Tỉnh Quảng Trị"),
        ("QUẢNG tr", "Tỉnh Quảng Trị"),
        ("hoang an", "Nguyễn Hoàng Ẩn"),
        ("danh ba", "Danh bạ"),
    ],
)
def test_a19_everything_is_found_by_the_beginnings_of_words_without_diacritics(find, guest, text, named):
    assert named in find(text)


def test_all_words_must_be_there(find, guest):
    assert "Không tìm thấy" in find("hoang cuong")


def test_without_words_the_page_says_where_one_can_go_and_names_nobody(find, guest):
    assert "Danh bạ" in (words := find(""))
    assert "Ẩn" not in words


def test_pages_that_one_may_not_open_are_not_offered(find, colleague_client):
    assert "Thêm tổ chức" not in find("", colleague_client)
    assert "Thêm tổ chức" in find("")


def test_a_contact_is_found_until_he_is_put_aside(find, guest, now, organizer):
    details = ContactDetails(full_name="Trần Thị Bé", email="be@example.vn", language="vi")
    organization = guest.organization.public_id
    acts = {"actor": organizer, "organization": organization, "now": now}
    contact = contacts.add_contact(details=details, **acts)
    assert "Trần Thị Bé" in find("tran be")
    assert "Trần Thị Bé" in find("be@example")
    contacts.archive_contact(contact=contact, **acts)
    assert "Trần Thị Bé" not in find("tran be")


def test_only_the_first_of_many_are_shown(find, guest, now):
    for number in range(search.MOST + 2):
        _invite(guest.event, f"Huyện Quảng Trị {number}")
    assert find("quang tri").count("Quảng Trị") == search.MOST


def test_strangers_are_asked_to_sign_in(client):
    assert client.get("/organizer/search?q=a").status_code == 302


def test_a_corrected_name_is_found_and_the_old_one_is_not(find, guest, now):
    delegate = register_one(guest, now, "Lê Văn An", email="cu@example.vn")
    own = {"native_name": "Ле Ван Ан", "form_of_address": "", "language": "vi", "phone": ""}
    command = CorrectOwnData(full_name="Văn Ân Lê", revision=delegate.revision, **own)
    edit.correct_own_data(actor=FOCAL_POINT, delegate=delegate, command=command, now=now)
    assert "Văn Ân Lê" in find("ле ван")
    person = PersonDetails(full_name="Lê Văn Ân", email="le@example.vn")
    change = EditDelegate(person=person, role=delegate.role, sessions=(), revision=delegate.revision)
    edit.edit_delegate(actor=FOCAL_POINT, delegate=delegate, command=change, now=now)
    assert [("Lê Văn Ân" in find(text)) for text in ("van an", "le@example", "cu@", "ле")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_a_corrected_contact_is_found_by_what_he_is_called_now(find, guest, now, organizer):
    acts = {"actor": organizer, "organization": guest.organization.public_id, "now": now}
    details = ContactDetails(full_name="Trần Thị Bé", email="be@example.vn")
    contact = contacts.add_contact(details=details, **acts)
    details = ContactDetails(post="Chánh Văn phòng", email="vp@example.vn")
    contacts.edit_contact(contact=contact, details=details, revision=1, **acts)
    assert "Chánh Văn phòng" in find("chanh van")
    assert "Không tìm thấy" in find("tran be")


def test_people_are_looked_for_in_the_database_and_no_more_are_read_than_shown(find, guest, now, statements):
    for number in range(search.MOST + 2):
        register_one(guest, now, f"Nguyễn Văn {number}")
    with statements() as sent:
        assert find("nguyen van").count("Nguyễn Văn") == search.MOST
    read = [one for one in sent if "FROM contacts" in one or "FROM delegates" in one]
    assert len(read) == 2
    assert all("LIMIT" in one for one in read)
