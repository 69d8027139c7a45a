"""Damage a mail at random, where it hurts: bytes, lines, parts, values that readers stumble over."""

from collections.abc import Callable
from random import Random

_VALUES = (
    b"",
    b"\0",
    b"\xff\xfe",
    b"\r",
    b"\n",
    b"\r\n ",
    b"%s%n",
    b"\xe2\x80\xae",
    b"=?utf-8?b?////?=",
    b'"',
    b"\\",
    b"((((",
    b"99999999999999999999",
    b"-1",
    b"20270230T256199Z",
    b"00000000T000000Z",
    b"99991231T235959Z",
    b"TZID=Mars/Olympus:",
    b"mailto:",
    b"MAILTO:a@b.example",
    b"DECLINED",
    b"DELEGATED",
    b"X-NEVER",
    b"CANCEL",
    b"COUNTER",
    b"REFRESH",
    b"utf-16",
    b"utf-7",
    b"punycode",
    b"windows-1258",
    b"unicode_escape",
    b"base64",
    b"quoted-printable",
    b"x-uuencode",
    b"message/rfc822",
    b"multipart/report",
    b"message/delivery-status",
    b"multipart/mixed; boundary=b",
    b"text/calendar",
    b"BEGIN:VEVENT\r\n",
    b"END:VEVENT\r\n",
    b"END:VCALENDAR\r\n",
    b"RRULE:FREQ=SECONDLY\r\n",
    b"RECURRENCE-ID:20270101\r\n",
    b";VALUE=PERIOD",
    b";VALUE=BINARY;ENCODING=BASE64",
    b"Auto-Submitted: auto-replied\r\n",
    b"From: x@y.example\r\n",
    b"DTSTAMP;TZID=Asia/Ho_Chi_Minh:20270901T000000\r\n",
    b"SEQUENCE:2\r\n",
    b"UID:x\r\n",
)


def damaged(raw: bytes, seed: int) -> bytes:
    """Return the mail with one to five things wrong with it; the same seed damages the same way."""
    random = Random(seed)
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 5))):
        raw = random.choice(_WAYS)(raw, random)
    return raw[:200_000]


def _flip(raw: bytes, random: Random) -> bytes:
    at = random.randrange(len(raw) + 1)
    return raw[:at] + bytes([random.randrange(256)]) + raw[at + 1 :]


def _cut(raw: bytes, random: Random) -> bytes:
    at, to = sorted((random.randrange(len(raw) + 1), random.randrange(len(raw) + 1)))
    return raw[:at] + raw[min(to, at + 200) :] if random.random() < 0.8 else raw[:at]


def _insert(raw: bytes, random: Random) -> bytes:
    at = random.randrange(len(raw) + 1)
    return raw[:at] + random.choice(_VALUES) * random.choice((1, 1, 1, 3, 50)) + raw[at:]


def _swap_value(raw: bytes, random: Random) -> bytes:
    """Put something else where a line has its value."""
    lines = raw.split(b"\n")
    at = random.randrange(len(lines))
    name, mark, _ = lines[at].partition(random.choice((b":", b"=", b";")))
    lines[at] = name + mark + random.choice(_VALUES)
    return b"\n".join(lines)


def _move_line(raw: bytes, random: Random) -> bytes:
    lines = raw.split(b"\n")
    line = lines.pop(random.randrange(len(lines)))
    lines.insert(random.randrange(len(lines) + 1), line)
    if random.random() < 0.5:
        lines.insert(random.randrange(len(lines) + 1), line)
    return b"\n".join(lines)


def _double(raw: bytes, random: Random) -> bytes:
    at, to = sorted((random.randrange(len(raw) + 1), random.randrange(len(raw) + 1)))
    return raw[:to] + raw[at:to] * random.choice((1, 1, 20)) + raw[to:]


_WAYS: tuple[Callable[[bytes, Random], bytes], ...] = (_flip, _cut, _insert, _swap_value, _move_line, _double)
