"""Clean text once, at input; fold it for search."""

import re
import unicodedata

# Zero-width joiner and non-joiner stay: emoji and several scripts are written with them.
_KEPT_FORMAT = {"\u200c", "\u200d"}
_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_FOLDED = str.maketrans({"đ": "d", "ё": "е", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe"})


def clean_paragraph(text: str) -> str:
    """Return NFC text with plain line feeds, without controls, bidi marks and zero-width tricks."""
    text = _LINE_BREAKS.sub("\n", text).replace("\t", " ")
    kept = text if text.isprintable() else "".join(char for char in text if char == "\n" or _is_kept(char))
    return unicodedata.normalize("NFC", kept).strip()


def clean_line(text: str) -> str:
    """Return clean text on one line; inner runs of white space become one space."""
    return " ".join(clean_paragraph(text).split())


def lines(text: str) -> tuple[str, ...]:
    """Return the clean lines of a text; empty ones are left out."""
    return tuple(line for part in text.split("\n") if (line := clean_line(part)))


def fold(text: str) -> str:
    """Return the search form: casefolded, without diacritics ("Quảng Trị" and "quang tri" agree)."""
    text = unicodedata.normalize("NFD", text.casefold().translate(_FOLDED))
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).translate(_FOLDED).split())


def words(text: str) -> list[str]:
    """Return the folded words of a text, for search: "BR-VT" gives br, vt."""
    return re.findall(r"\w+", fold(text))


def searched(*texts: str | None) -> str:
    """Return what a search by words looks through: the words of the texts, a space before and after each."""
    return f" {' '.join(words(' '.join(text for text in texts if text)))} "


def _is_kept(char: str) -> bool:
    return char in _KEPT_FORMAT or unicodedata.category(char) not in {
        "Cc",
        "Cf",
        "Cs",
        "Co",
        "Cn",
        "Zl",
        "Zp",
    }
