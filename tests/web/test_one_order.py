"""One protocol order feeds page, lists, name plates and files (A16, C07), whatever the rule."""

import re
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from app.domain.events import ProtocolOrder
from app.domain.policy import SYSTEM
from app.services.registrations import protocol_places
from app.services.transaction import unit_of_work
from tests.registration_rows import register_one, store_event
from tests.site_rows import accept

pytestmark = pytest.mark.usefixtures("context")
INVITED = {"vi": ("Hải Phòng", "Đà Nẵng", "An Giang", "Ý Yên", "Đắk Lắk", "Ăng Ten", "Dầu Tiếng")}
INVITED["ru"] = ("Якутия", "Ёлкино", "Вологда", "Елец", "Амур", "Жуковский", "Ладога")
INVITED["en"] = ("Zanzibar", "Österreich", "Angola", "oman", "Peru", "Åland", "Brazil")


@pytest.mark.parametrize(
    ("language", "letter", "expected"),
    [
        ("vi", None, "An Giang, Ăng Ten, Dầu Tiếng, Đà Nẵng, Đắk Lắk, Hải Phòng, Ý Yên"),
        ("vi", "Đ", "Đà Nẵng, Đắk Lắk, Hải Phòng, Ý Yên, An Giang, Ăng Ten, Dầu Tiếng"),
        ("vi", "E", "Hải Phòng, Ý Yên, An Giang, Ăng Ten, Dầu Tiếng, Đà Nẵng, Đắk Lắk"),
        ("ru", None, "Амур, Вологда, Елец, Ёлкино, Жуковский, Ладога, Якутия"),
        ("ru", "Ж", "Жуковский, Ладога, Якутия, Амур, Вологда, Елец, Ёлкино"),
        ("en", "O", "oman, Österreich, Peru, Zanzibar, Åland, Angola, Brazil"),
    ],
)
@pytest.mark.databases("sqlite")
def test_a16_the_alphabet_of_the_language_begins_at_the_drawn_letter_everywhere(
    organizer_client, client, now, language, letter, expected
):
    order = ProtocolOrder.DRAWN_LETTER if letter else ProtocolOrder.ALPHABETICAL
    event = store_event(protocol_order=order, order_language=language, order_letter=letter)
    _invite(event, INVITED[language], now)
    assert_everywhere(organizer_client, client, event, expected.split(", "))


def test_a16_a_place_by_hand_stands_above_the_rule_everywhere(organizer_client, client, now):
    event = store_event(protocol_order=ProtocolOrder.ALPHABETICAL, order_language="vi")
    invited = _invite(event, INVITED["vi"], now)
    move = protocol_places.Move(invitation=invited["Ý Yên"].public_id, place=2)
    protocol_places.set_places(actor=SYSTEM, event=event, wanted={}, now=now, move=move)
    expected = ["An Giang", "Ý Yên", "Ăng Ten", "Dầu Tiếng", "Đà Nẵng", "Đắk Lắk", "Hải Phòng"]
    assert_everywhere(organizer_client, client, event, expected)


def test_a_place_that_cannot_be_is_named_by_its_delegation(organizer_client, now):
    event = store_event(protocol_order=ProtocolOrder.ALPHABETICAL, order_language="vi")
    invited = _invite(event, ["Đà Nẵng", "An Giang"], now)
    field = f"place-{invited['An Giang'].public_id}"
    answer = organizer_client.post(f"/organizer/events/{event.slug}/delegates/order", data={field: "0"})
    assert answer.status_code == 422
    assert f'<a href="#{field}">An Giang</a>: Số phải từ 1' in answer.text
    assert f'aria-describedby="{field}-error"' in answer.text


def _invite(event, names, now):
    invited = {name: accept(event, name=name) for name in names}
    for name, invitation in invited.items():
        register_one(invitation, now, f"Đại biểu {name}")
    with unit_of_work():
        event.admits_open_registration = False
    return invited


def assert_everywhere(organizer, public, event, expected):
    desk = f"/organizer/events/{event.slug}"
    seen = {
        "public page": public.get(f"/events/{event.slug}").text,
        "delegates": organizer.get(f"{desk}/delegates").text,
        "order": organizer.get(f"{desk}/delegates/order").text,
        "plates of people": organizer.get(f"{desk}/delegates/plates").text,
        "plates of institutions": organizer.get(f"{desk}/delegates/plates?of=institutions").text,
        "board": organizer.get(f"{desk}/board").text.partition('id="lines"')[2],
        "list": _cells(organizer.post(f"{desk}/delegates.xlsx").data),
        "saved board": _cells(organizer.post(f"{desk}/board.xlsx").data),
    }
    found = {where: _order_of(expected, text) for where, text in seen.items()}
    assert found == dict.fromkeys(seen, expected)


def _cells(content):
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    return "\n".join(str(cell) for row in rows for cell in row)


def _order_of(names, text):
    """Return the names in the order in which a table, or what is shown last, has them: options come first."""
    body = re.sub(r"<(select|svg|nav)\b.*?</\1>", "", text, flags=re.DOTALL)
    return sorted((name for name in names if name in body), key=body.index)
