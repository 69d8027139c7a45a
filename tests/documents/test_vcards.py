"""Address cards: every way to reach an office, nothing that breaks out of its line."""

import vobject
from hypothesis import given
from hypothesis import strategies as st

from app.documents.vcards import Card, write

QUANG_TRI = Card(
    name="Sở Ngoại vụ Quảng Trị",
    address="20 Lê Đại Hành - TP.Đông Hà - tỉnh Quảng Trị - Việt Nam",
    phones=["+84 233 3550383", "+84 233 3854745", "+84 233 3852439"],
    fax="+84 233 3851200",
    email="songoaivu@quangtri.gov.vn",
    website="Hệ thống cổng thông tin điện tử tỉnh Quảng Trị",
)


def read(card):
    return vobject.readOne(write(card).decode())


def test_a35_a_card_has_all_ways_to_reach_the_office():
    card = read(QUANG_TRI)
    assert card.fn.value == QUANG_TRI.name
    assert card.adr.value.street == QUANG_TRI.address
    assert [tel.value for tel in card.contents["tel"]] == [*QUANG_TRI.phones, QUANG_TRI.fax]
    assert card.email.value == QUANG_TRI.email
    assert card.note.value == QUANG_TRI.website


def test_lines_are_no_longer_than_75_octets_and_whole_in_every_script():
    card = Card(name="Управление внешних региональных связей Министерства иностранных дел Вьетнама")
    content = write(card)
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert read(card).fn.value == card.name


@given(st.text(min_size=1))
def test_no_value_can_begin_a_line_of_its_own(text):
    lines = write(Card(name=text, address=text, phones=[text], email="a@b.vn", website=text)).decode()
    unfolded = lines.replace("\r\n ", "").split("\r\n")
    assert len(unfolded) == 11
    assert all("\n" not in line and "\r" not in line for line in unfolded)
