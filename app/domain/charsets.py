"""Text from bytes that strangers labelled: only character sets that letters are written in."""

import codecs
import re

_KNOWN = re.compile(
    r"utf-8|utf-16(-[lb]e)?|ascii|iso8859-\d+|cp125\d|cp874|koi8-[rut]"
    r"|gb18030|gbk|gb2312|big5|shift_jis|euc_jp|euc_kr|iso2022_jp"
)
"""Python's names of them; other codecs can cost more time than a letter is worth."""


def decode(content: bytes, charset: str) -> str:
    """Return the text; what is right as UTF-8 is UTF-8, whatever it is labelled."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(known(charset), "replace")


def known(charset: str) -> str:
    """Return Python's name of a character set; that of UTF-8 for what is not known, or not wanted."""
    try:
        name = codecs.lookup(charset[:40].strip() or "utf-8").name
    except (LookupError, ValueError):
        return "utf-8"
    return name if _KNOWN.fullmatch(name) else "utf-8"
