"""The secret addresses that calendars answer to, found in what a mail says of its recipients."""

import re

_MOST = 20


def tokens_in(text: str, pattern: str) -> tuple[str, ...]:
    """Return the tokens of addresses made by `pattern` (`rsvp+{token}@example.vn`), lower-case, in order.

    Servers and calendars change the case of addresses, so it does not count.
    """
    before, _, after = pattern.partition("{token}")
    address = re.compile(
        rf"(?<![\w.+-]){re.escape(before)}([a-z0-9]{{44}}){re.escape(after)}(?![\w-]|\.\w)", re.IGNORECASE
    )
    found = (match[1].lower() for match in address.finditer(text) if match[1].isascii())
    return tuple(dict.fromkeys(found))[:_MOST]


def is_reply_address(address: str, pattern: str) -> bool:
    """Tell whether the address is made by `pattern`, and nothing stands around it."""
    found = tokens_in(address, pattern)
    return len(found) == 1 and len(address) == len(pattern.replace("{token}", found[0]))
