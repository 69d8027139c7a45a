"""Mails made to hurt: refused by what they would cost, before they cost it; their texts arrive clean."""

import pytest

from app.domain.inbound import MAX_BYTES, Door, Result
from app.ical import contents
from app.ical.parse import Unreadable, parse_reply
from app.mail import incoming_limits as limits
from app.mail.incoming import TooComplex, take_apart
from app.services.inbound.ingest import receive
from tests.inbound import corpus
from tests.inbound.invited import institution, mails, tables, take

HEAD = b"From: a@b.example\r\nMIME-Version: 1.0\r\n"


def nested(depth: int) -> bytes:
    """Return multiparts within multiparts."""
    opened = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth)
    )
    return HEAD + opened


WORST = {
    "nested multiparts": nested(3000),
    "nested multiparts as deep as is allowed": nested(limits.MAX_NESTED + 1),
    "enclosed messages": HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 3000,
    "many parts": HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 150_000,
    "more parts than are read": HEAD
    + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    + b"--b\r\n\r\nx\r\n" * (limits.MAX_PARTS + 1),
    "a parameter full of semicolons": HEAD + b'Content-Type: text/plain; a="' + b";" * 100_000 + b"\r\n\r\n",
    "the same, folded": HEAD + b'Content-Type: text/plain; a="' + b";\r\n " * 30_000 + b"\r\n\r\n",
    "the same, folded by carriage returns": HEAD + b'Content-Type: a/b; a="' + b";\r " * 30_000 + b"\r\n\r\n",
    "a file name full of semicolons": HEAD + b'Content-Disposition: a; a="' + b";" * 100_000 + b"\r\n\r\n",
    "many headers": HEAD + b"A: b\r\n" * 20_000 + b"\r\n",
    "a long header": HEAD + b"A: " + b"b" * 200_000 + b"\r\n\r\n",
    "many lines": HEAD + b"\r\n" + b"\r\n" * 1_000_000,
}


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("kind", WORST)
def test_what_would_cost_the_parser_dear_is_rejected(context, now, kind):
    assert len(WORST[kind]) <= MAX_BYTES
    done = take(WORST[kind], now)
    assert (done.result, done.reason) == (Result.REJECT, "too_complex")


def test_a_mail_as_deep_as_is_allowed_is_still_read():
    assert take_apart(nested(limits.MAX_NESTED)).sender == "a@b.example"
    with pytest.raises(TooComplex):
        take_apart(nested(limits.MAX_NESTED + 1))


def test_a_mail_that_is_too_large_is_not_even_kept(context, now):
    raw = HEAD + b"\r\n" + b"x" * MAX_BYTES
    assert take(raw, now).reason == "too_large"
    receive(raw=raw + b"y", envelope_to="", door=Door.LISTENER, now=now)
    assert [(mail.sealed, mail.reason) for mail in mails()] == [(None, "too_large")] * 2


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize(
    "raw", [b"", b"\n", b"\0" * 1000, b"hello", b"\xff\xfe" * 100, b":\n\n", b"From:\n\n"]
)
def test_what_is_no_mail_is_answered_all_the_same(context, now, raw):
    assert take(raw, now).result in {Result.REJECT, Result.IGNORE}


@pytest.mark.parametrize(
    "content",
    [
        b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * (contents.MAX_COMPONENTS + 1),
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + b"UID:x\n" * contents.MAX_LINES,
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:" + b"x" * contents.MAX_BYTES,
    ],
)
def test_a_calendar_beyond_the_limits_is_not_parsed(content):
    with pytest.raises(contents.TooLarge):
        parse_reply(content)


def test_a_calendar_within_the_limits_hands_the_parser_little():
    rule = b"BEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nRRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\n"
    long = b"DESCRIPTION:" + b"x" * 500_000 + b"\nATTENDEE;CN=" + b'"' * 100_000 + b":mailto:a@b.example\n"
    alarm = b"BEGIN:VALARM\nREPEAT:999999999\nUID:of the alarm\nEND:VALARM\n"
    entry = b"BEGIN:VEVENT\nUID:x\n" + long + alarm + b"END:VEVENT\n"
    lines = contents.lines_that_count(b"BEGIN:VCALENDAR\n" + rule + entry + b"END:VCALENDAR\n", "utf-8")
    assert [line[:20] for line in lines] == [
        "BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:x", 'ATTENDEE;CN=""""""""', "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    assert max(map(len, lines)) == contents.MAX_LINE


# the last one is a task of a calendar (RFC 5545, 3.6.2), which answers nothing
@pytest.mark.parametrize(
    "content", [b"", b"END:VEVENT", b"BEGIN:VCALENDAR\nEND:VCALENDAR", b"BEGIN:VTODO\nUID:x"]
)
def test_what_holds_no_entry_is_unreadable(content):
    with pytest.raises(Unreadable):
        parse_reply(content)


CHARSETS = ["utf-8", "utf-8-sig", "utf-16", "windows-1258", "windows-1251", "koi8-r", "iso-8859-1"]
WORDS = {"windows-1251": "Придём", "koi8-r": "Придём", "iso-8859-1": "Nous venons, café"}


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("charset", CHARSETS)
def test_a_comment_is_read_in_every_character_set(context, now, charset):
    one = institution(now)
    comment = WORDS.get(charset, "Sẽ đến, cảm ơn")
    answer = corpus.Answer(one.request, "ACCEPTED", comment=comment)
    decomposed = {"windows-1258": vietnamese_1258}.get(charset, lambda text: text.encode(charset))
    body = corpus.base64(decomposed("\r\n".join(answer.lines(dropped=("SUMMARY",)))))
    label = charset.removesuffix("-sig")
    kind = f"text/calendar; method=REPLY; charset={label}"
    done = one.receive(corpus.mail(answer, kind, body, "Content-Transfer-Encoding: base64"), now)
    assert (done.reason, mails()[0].comment) == ("answered", comment)


def vietnamese_1258(text: str) -> bytes:
    """Encode as old Windows does: the tone after its vowel, as a character of its own."""
    from unicodedata import normalize

    tones = "\u0300\u0301\u0303\u0309\u0323"
    kept = ""
    for char in text:
        apart = normalize("NFD", char)
        tone = "".join(mark for mark in apart if mark in tones)
        kept += normalize("NFC", "".join(mark for mark in apart if mark not in tones)) + tone
    return kept.encode("windows-1258")


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("label", ["us-ascii", "iso-8859-1", "x-unknown", "punycode", "zip", ""])
def test_a_wrong_label_does_not_spoil_right_letters(context, now, label):
    one = institution(now)
    answer = corpus.Answer(one.request, "ACCEPTED", comment="Sẽ đến")
    kind = f"text/calendar; method=REPLY; charset={label}"
    one.receive(corpus.mail(answer, kind, corpus.text(answer.lines())), now)
    assert mails()[0].comment == "Sẽ đến"


def test_bytes_that_are_no_letters_do_not_stop_the_answer(context, now):
    one = institution(now)
    raw = one.reply(comment="@@@").replace(b"@@@", b"\xff\xfe\x00")
    assert one.receive(raw, now).reason == "answered"


HOSTILE = {
    "markup": ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    "a formula": ('=HYPERLINK("http://evil.example")', '=HYPERLINK("http://evil.example")'),
    "separators": ("one\u2028two\x85three", "one\ntwo\nthree"),
    "bidi": ("abc\u202egnp.exe\u2066", "abcgnp.exe"),
    "controls": ("a\x1b[31m\x07b", "a[31mb"),
    "line breaks": ("one\\nBcc: evil@example.com", "one\nBcc: evil@example.com"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_are_cleaned_and_cut(context, now, kind):
    one = institution(now)
    written, read = HOSTILE[kind]
    one.receive(one.reply(comment=written), now)
    assert mails()[0].comment == read
    assert one.guest.answers[0].note == read


def test_long_words_are_cut_to_what_a_row_holds(context, now):
    one = institution(now)
    long = "x" * 7000
    raw = one.reply(comment=long, parameters=f";CN={long[:900]}", headers=(f"Subject: {long[:3000]}",))
    assert one.receive(raw, now).reason == "answered"
    (mail,) = mails()
    assert (len(mail.comment), len(mail.subject), len(one.guest.answers[0].answered_by)) == (2000, 300, 200)


def test_no_header_can_be_smuggled_into_what_is_kept(context, now):
    one = institution(now)
    subject = "Subject: =?utf-8?q?a=0D=0ABcc:_evil@example.com=00?="
    before = tables()
    one.receive(one.reply(headers=(subject,), attendee="x@evil.example"), now)
    assert mails()[0].subject == "a Bcc: evil@example.com"
    assert tables() == before


@pytest.mark.parametrize(
    "written", ["", "no time", "20270230T256199Z", "20271027", "P1D", "10000101T000000Z"]
)
def test_a_time_that_is_none_does_not_spoil_the_answer(context, now, written):
    one = institution(now)
    raw = one.reply().replace(b"DTSTART:20271027T070000Z", b"DTSTART:" + written.encode())
    raw = raw.replace(
        b"DTSTAMP:20270831T020000Z", b"DTSTAMP:" + (written if written[:1] != "1" else "").encode()
    )
    assert one.receive(raw, now).reason == "answered"


@pytest.mark.parametrize("name", ["DTSTART", "DTSTAMP", "DTEND"])
def test_the_name_of_a_zone_is_no_path_to_a_file(name):
    entry = f"BEGIN:VEVENT\nUID:x\n{name};TZID=Asia/{{}}:20271027T140000\nEND:VEVENT\n"
    for zone in ("x" * 300, "../../../../etc/passwd", "x\x00y", "/etc/passwd", "." * 50):
        assert parse_reply(entry.format(zone).encode()).uids == ("x",)
