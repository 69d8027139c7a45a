"""CSV, or a piece of a sheet that was pasted -> rows of text: encoding and delimiter are guessed."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from app.domain import charsets
from app.domain.errors import InvalidInput
from app.domain.imports import MAX_COLUMNS, MAX_ROWS

Rows = list[tuple[int, list[str]]]
_DELIMITERS = "\t;,"
_LOOKED_AT = 60
_TITLES = 50
_BINARY = re.compile("[\x00-\x08\x0e-\x1f]")
_OTHER_KINDS = ("<", "%PDF", "{\\rtf")


def decode(content: bytes) -> tuple[str, str | None]:
    """Return the text, and the name of the encoding where it had to be guessed.

    Raises InvalidInput("table_unreadable") for what is no text at all.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _decoded(content, encoding), None
    if b"\x00" in content[:200]:
        return _decoded(content, "utf-16-le" if content[1:2] == b"\x00" else "utf-16-be"), None
    try:
        return content.decode("utf-8"), None
    except UnicodeDecodeError:
        encoding = charsets.guess(content)
        return _decoded(content, encoding), encoding


def read(text: str, at: str) -> Rows:
    """Return (line, cells) of the rows that hold anything; raise InvalidInput("table_unreadable")."""
    text = text.removeprefix("\ufeff")
    if _BINARY.search(text) or text.lstrip().startswith(_OTHER_KINDS):
        raise _unreadable(at)
    delimiter = _find_delimiter(text)
    try:
        return list(_rows(text, delimiter, quoted=True))
    except csv.Error:
        pass  # a quotation mark that opens and never closes: then it is a letter like others
    try:
        return list(_rows(text, delimiter, quoted=False))
    except csv.Error as error:
        raise _unreadable(at) from error


def _rows(text: str, delimiter: str, *, quoted: bool) -> Iterator[tuple[int, list[str]]]:
    """Yield rows until there are more, or wider ones, than anybody takes: the caller counts and refuses."""
    found = 0
    for line, cells in enumerate(_reader(text, delimiter, quoted=quoted), 1):
        if any(cell.strip() for cell in cells):
            found += 1
            yield line, cells
            if found > MAX_ROWS + _TITLES or len(cells) > MAX_COLUMNS:
                return


def _reader(text: str, delimiter: str, *, quoted: bool) -> Iterator[list[str]]:
    lines = io.StringIO(text, newline="")
    if quoted:
        return csv.reader(lines, delimiter=delimiter, strict=True)
    return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)


def _find_delimiter(text: str) -> str:
    """Return the delimiter that cuts most of the first rows into the same number of cells."""
    return max(_DELIMITERS, key=lambda delimiter: _agreement(text, delimiter))


def _agreement(text: str, delimiter: str) -> tuple[float, int]:
    widths = []
    for lines in text.splitlines()[:_LOOKED_AT]:
        widths.append(len(next(csv.reader([lines], delimiter=delimiter), [])))
    if not widths:
        return 0, 0
    width, times = Counter(widths).most_common(1)[0]
    return (times / len(widths), width) if width > 1 else (0, sum(widths))


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable("file") from error


def _unreadable(at: str) -> InvalidInput:
    return InvalidInput("table_unreadable", field=at)
