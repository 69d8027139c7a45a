"""A mail that came in, taken apart: what the organiser reads of it."""

import pytest

from app.mail.incoming import take_apart
from tests.inbound.test_hostile import vietnamese_1258


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


@pytest.mark.parametrize(
    ("subject", "written", "charset"),
    [
        ("Chấp nhận: Tọa đàm", "utf-8", ""),
        ("Chấp nhận: Tọa đàm", "utf-8", "iso-8859-1"),
        ("Réponse : table ronde à Hanoï", "iso-8859-1", "iso-8859-1"),
        ("Réponse : table ronde – Hanoï", "windows-1252", "windows-1252"),
        ("Réponse : table ronde – Hanoï", "windows-1252", ""),
        ("Réponse : table ronde – Hanoï", "windows-1252", "utf-8"),
        ("Принято: круглый стол", "windows-1251", "windows-1251"),
        ("Принято: круглый стол", "koi8-r", "koi8-r"),
        ("Принято: круглый стол", "windows-1251", ""),
        ("Принято: круглый стол", "windows-1251", "utf-16"),
    ],
)
@pytest.mark.parametrize("place", ["whole", "part"])
def test_a_subject_that_is_written_as_it_comes_is_read(subject, written, charset, place):
    kind = f"Content-Type: text/plain; charset={charset}" if charset else "Content-Type: text/plain"
    if place == "whole":
        rest = f"\r\n{kind}\r\n\r\nOK"
    else:
        rest = f"\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n{kind}\r\n\r\nOK\r\n--b--\r\n"
    raw = b"Subject: " + subject.encode(written) + rest.encode()
    assert take_apart(raw).subject == subject


def test_a_subject_of_old_vietnamese_windows_is_read_with_its_tones():
    raw = b"Subject: " + vietnamese_1258("Sẽ đến dự tọa đàm") + b"\r\n\r\n"
    assert take_apart(raw).subject == "Sẽ đến dự tọa đàm"


def test_words_as_they_come_stand_beside_encoded_ones():
    raw = (
        "Subject: Re (cảm ơn): =?utf-8?q?T=E1=BB=8Da?=\r\n =?utf-8?q?_=C4=91=C3=A0m?= ở Huế\r\n\r\n".encode()
    )
    assert take_apart(raw).subject == "Re (cảm ơn): Tọa đàm ở Huế"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00\x81", b"\x9d" * 400, bytes(range(128, 256))])
def test_bytes_that_are_no_letters_leave_a_subject(content):
    assert "\ufffd" not in take_apart(b"Subject: A " + content + b"\r\n\r\n").subject
