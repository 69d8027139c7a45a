"""The sender of a mail: one address, or none that could be believed."""

import pytest

from app.domain.addresses import domain_of, sole_address
from app.domain.reply_addresses import tokens_in

TOKEN = "abcdefghijkl" + "a2" * 16


@pytest.mark.parametrize(
    "header",
    [
        "An@Example.vn",
        "<an@example.vn>",
        '"Lê, Văn An" <an@example.vn>',
        '"x@y (Google Calendar)" <an@example.vn>',
        "Lê Văn An (Sở Ngoại vụ) <an@example.vn>",
        "an@example.vn (An)",
        "Le\n Van An <an@example.vn>",
    ],
)
def test_one_address_is_found_in_what_mail_programs_write(header):
    assert sole_address(header) == "an@example.vn"


@pytest.mark.parametrize(
    "header",
    [
        "",
        "undisclosed-recipients:;",
        "an@example.vn, evil@example.com",
        "an@example.vn <evil@example.com>, x <y@z.example>",
        "an@example.vn evil@example.com",
        "<an@example.vn> <evil@example.com>",
        "Group: an@example.vn;",
        "<an@example.vn",
        '"an@example.vn',
        "(" * 500 + "an@example.vn",
        "a" * 2000 + "@example.vn",
    ],
)
def test_what_two_readers_could_read_differently_is_no_sender(header):
    assert sole_address(header) is None


def test_a_domain_is_compared_without_case():
    assert domain_of("An@Example.VN") == "example.vn"


@pytest.mark.parametrize(
    "text",
    [
        f"rsvp+{TOKEN}@mofa.example",
        f"RSVP+{TOKEN.upper()}@MOFA.example",
        f'"Tọa đàm" <rsvp+{TOKEN}@mofa.example>, other@mofa.example',
        f"mailto:rsvp+{TOKEN}@mofa.example.",
    ],
)
def test_the_secret_address_is_found_whatever_its_case(text):
    assert tokens_in(text, "rsvp+{token}@mofa.example") == (TOKEN,)


@pytest.mark.parametrize(
    "text",
    [
        f"rsvp+{TOKEN}@mofa.example.evil.com",
        f"rsvp+{TOKEN}@mofaxexample",
        f"x.rsvp+{TOKEN}@mofa.example",
        f"rsvp+{TOKEN}a@mofa.example",
        f"{TOKEN}@mofa.example",
    ],
)
def test_an_address_that_only_looks_like_it_is_none(text):
    assert tokens_in(text, "rsvp+{token}@mofa.example") == ()
