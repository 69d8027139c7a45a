"""What our own mail server says about a sender: Authentication-Results (RFC 8601), read with distrust."""

import re
from collections.abc import Iterator, Sequence
from enum import Enum

_LONGEST = 10_000
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s;="()]+|[;=]')


class Proof(Enum):
    """What is known of the domain in From."""

    PASSED = "passed"
    FAILED = "failed"
    NONE = "none"


def dmarc(headers: Sequence[str], authserv_id: str, domain: str) -> Proof:
    """Return what our server found for `domain`; `headers` are all Authentication-Results from top to bottom.

    Anybody may write such a header; ours stands on top. Where the topmost is another's, ours did not speak.
    """
    if not authserv_id or not headers or len(headers[0]) > _LONGEST:
        return Proof.NONE
    results = _resinfos(headers[0])
    if next(results, [])[:1] != [authserv_id.casefold()]:
        return Proof.NONE
    found = [words for words in results if words[:2] == ["dmarc", "="]]
    if not found:
        return Proof.NONE
    verdicts = {words[2] if len(words) > 2 else "" for words in found}
    if verdicts == {"pass"}:
        return (
            Proof.PASSED if all(_header_from(words) == domain.casefold() for words in found) else Proof.NONE
        )
    return Proof.FAILED if "fail" in verdicts else Proof.NONE


def _resinfos(header: str) -> Iterator[list[str]]:
    """Yield the words of the authserv-id, then of each result, casefolded, comments left out."""
    words: list[str] = []
    for word in _TOKEN.findall(_without_comments(header)):
        if word == ";":
            yield words
            words = []
        else:
            words.append(_unquoted(word).casefold())
    yield words


def _header_from(words: list[str]) -> str:
    """Return the domain that header.from names; "" for none."""
    places = [
        at for at, word in enumerate(words) if word == "header.from" and words[at + 1 : at + 2] == ["="]
    ]
    named = {words[at + 2] if at + 2 < len(words) else "" for at in places}
    return named.pop().rpartition("@")[2] if len(named) == 1 else ""


def _unquoted(word: str) -> str:
    return re.sub(r"\\(.)", r"\1", word[1:-1]) if word.startswith('"') and len(word) > 1 else word


def _without_comments(text: str) -> str:
    kept, depth, quoted, escaped = [], 0, False, False
    for char in text:
        if escaped:
            escaped = False
        elif char == "\\" and (quoted or depth):
            escaped = True
        elif char == '"' and not depth:
            quoted = not quoted
        elif char == "(" and not quoted:
            depth += 1
        elif char == ")" and depth:
            depth -= 1
            kept.append(" ")
            continue
        if not depth:
            kept.append(char)
    return "".join(kept)
