"""An address that calendars answer to is told from every other one."""

import pytest

from app.domain.reply_addresses import is_reply_address, tokens_in

TOKEN = "abcdefghijkl" + "m" * 32
PLUS = "toadam+{token}@Example.vn"


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        (PLUS, f"toadam+{TOKEN}@example.vn"),
        (PLUS, f"TOADAM+{TOKEN.upper()}@EXAMPLE.VN"),
        (PLUS, f"  toadam+{TOKEN}@example.vn "),
        ("rsvp-{token}-x@example.vn", f"rsvp-{TOKEN}-x@example.vn"),
        ("{token}@example.vn", f"{TOKEN}@example.vn"),
    ],
)
def test_the_token_is_found_in_any_case(pattern, address):
    assert tokens_in(address, pattern) == (TOKEN,)
    assert is_reply_address(address.strip(), pattern)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "toadam@example.vn",
        "toadam+@example.vn",
        f"toadam+{TOKEN}@example.com",
        f"toadam+{TOKEN}x@example.vn",
        f"toadam+{TOKEN[:-1]}@example.vn",
        f"toadam+{TOKEN[:-1]}-@example.vn",
        f"toadam+{TOKEN[:-1]}ê@example.vn",
        f"x{TOKEN}@example.vn",
        f"toadam+{TOKEN}@example.vn@example.com",
        f"<toadam+{TOKEN}@example.vn>",
        f"toadam+{TOKEN}@example.vn,toadam+{TOKEN}@example.vn",
    ],
)
def test_any_other_address_is_none_of_ours(address):
    assert not is_reply_address(address, PLUS)
