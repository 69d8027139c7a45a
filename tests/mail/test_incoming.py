"""A mail that came in, taken apart: what the organiser reads of it."""

import pytest

from app.mail.incoming import take_apart


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("=?utf-8?b?VGjhu6cgxJHDtA==?=\r\n Belarus", "Thủ đô Belarus"),
        ("Re: =?utf-8?q?Th=E1=BB=A7?=\r\n =?utf-8?q?_=C4=91=C3=B4?= Minsk", "Re: Thủ đô Minsk"),
        ("Accepted:\r\n\tRoundtable", "Accepted: Roundtable"),
    ],
)
def test_a_folded_subject_keeps_its_blanks(header, words):
    assert take_apart(f"Subject: {header}\r\n\r\n".encode()).subject == words
