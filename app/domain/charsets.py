"""Text from bytes that strangers labelled: only character sets that letters are written in."""

import codecs
import re
from collections.abc import Iterable
from statistics import mean

_KNOWN = re.compile(
    r"utf-8|utf-16(-[lb]e)?|ascii|iso8859-\d+|cp125\d|cp874|koi8-[rut]"
    r"|gb18030|gbk|gb2312|big5|shift_jis|euc_jp|euc_kr|iso2022_jp"
)
"""Python's names of them; other codecs can cost more time than a letter is worth."""

_WIDE = ("utf-", "iso2022")
_HIGH = re.compile(rb"[\x80-\xff]+")
_CYRILLIC_RUN = 2.5
"""Letters beyond ASCII in a row: whole words in Russian, one or two in Vietnamese."""


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


def decode_unlabelled(content: bytes, charsets: Iterable[str]) -> str:
    """Return a text whose own character set is not told, though perhaps that of what stands beside it."""
    labelled = [name for charset in charsets if not (name := known(charset)).startswith((*_WIDE, "ascii"))]
    for name in ("utf-8", *labelled[:1], guess(content)):
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def guess(content: bytes) -> str:
    """Return the likely old encoding: Russian, else Vietnamese, whose accents are where French has them."""
    runs = [len(run) for run in _HIGH.findall(content)]
    return "cp1251" if runs and mean(runs) > _CYRILLIC_RUN else "cp1258"
