"""Names of folders on the wire: modified UTF-7 in quotation marks (RFC 3501 section 5.1.3)."""

import base64
from itertools import groupby


def quoted(name: str) -> str:
    """Return the name as an IMAP string."""
    written = "".join(_run("".join(chars), is_plain) for is_plain, chars in groupby(name, _is_plain))
    return '"' + written.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _run(chars: str, is_plain: bool) -> str:
    if is_plain:
        return chars.replace("&", "&-")
    packed = base64.b64encode(chars.encode("utf-16-be")).decode().rstrip("=")
    return f"&{packed.replace('/', ',')}-"


def _is_plain(char: str) -> bool:
    return " " <= char <= "~"
