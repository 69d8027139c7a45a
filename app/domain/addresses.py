"""Mail addresses in headers, read strictly: what two readers would understand differently is no address."""

import re
from collections.abc import Iterator

from app.domain.mail import is_address

_LONGEST = 1000


def sole_address(header: str) -> str | None:
    """Return the one address of a From header, casefolded; None when there is none, or more than one."""
    if len(header) > _LONGEST:
        return None
    bare = "".join(_outside_quotes_and_comments(" ".join(header.split()))).strip()
    match = re.fullmatch(r"[^<>,;:]*<([^<>]*)>", bare)
    address = match[1] if match else bare
    return address.strip().casefold() if is_address(address.strip()) else None


def domain_of(address: str) -> str:
    """Return what stands after the @, casefolded."""
    return address.rpartition("@")[2].casefold()


def _outside_quotes_and_comments(text: str) -> Iterator[str]:
    """Yield what is neither in double quotes nor in (nested) parentheses."""
    depth, quoted, escaped = 0, False, False
    for char in text:
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = True
        elif quoted:
            quoted = char != '"'
        elif char == '"' and not depth:
            quoted = True
        elif char == "(":
            depth += 1
        elif char == ")" and depth:
            depth -= 1
        elif not depth:
            yield char
