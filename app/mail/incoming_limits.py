"""Look over the bytes of a mail before anything parses them: what would cost the parser dear is refused.

Measured in CPython's email package: 3,000 nested multiparts end in RecursionError, 500,000 parts take
half a minute, and a Content-Type of 100,000 semicolons after a quotation mark takes minutes.
"""

import re
from typing import Final

MAX_LINES: Final = 60_000
MAX_DELIMITERS: Final = 2_000
MAX_NESTED: Final = 40
"""Boundaries and enclosed messages that are announced, thus the depth as well."""
MAX_PARTS: Final = 100
MAX_HEAD: Final = 128 * 1024
MAX_HEADERS: Final = 500
MAX_CONTENT_HEADER: Final = 2_000

_CONTENT_HEADER = re.compile(rb"^content-[a-z-]+[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*", re.I | re.M)


def with_plain_lines(raw: bytes) -> bytes:
    """Return the mail with line feeds alone, so that everybody sees the same lines in it."""
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def is_too_complex(mail: bytes) -> bool:
    """Tell whether parsing the mail (with plain lines) may cost more than it should."""
    lowered = mail.lower()
    head = mail.partition(b"\n\n")[0]
    return (
        mail.count(b"\n") > MAX_LINES
        or mail.count(b"\n--") > MAX_DELIMITERS
        or lowered.count(b"boundary") + lowered.count(b"message/") > MAX_NESTED
        or len(head) > MAX_HEAD
        or head.count(b"\n") > MAX_HEADERS * 10
        or len(re.findall(rb"^[^\s:]+[ \t]*:", head, re.M)) > MAX_HEADERS
        or any(len(found[0]) > MAX_CONTENT_HEADER for found in _CONTENT_HEADER.finditer(mail))
    )
