"""What becomes of two organisations that are one: what the kept one takes over, and its other names."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.domain.text import words

TAKEN_OVER = (
    "names", "short_names", "kind_labels", "abbreviation", "country", "host_country", "city", "region",
    "timezone", "address", "phones", "fax", "email", "website", "precedence", "credentials_at",
)  # fmt: skip
"""Facts that the kept one takes over where it has none; its own stay, lists are joined."""


def taken_over(kept: Mapping[str, Any], gone: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that change on the kept one, language by language."""
    merged = {name: _filled(kept[name], gone[name]) for name in TAKEN_OVER}
    return {name: value for name, value in merged.items() if value != kept[name]}


def other_names(kept: Iterable[str], gone: Iterable[str], *, longest: int) -> list[str]:
    """Return the names of the gone one that the kept one does not bear yet; they become its aliases."""
    known = {tuple(words(name)) for name in kept}
    found: list[str] = []
    for name in gone:
        if len(name) <= longest and (read := tuple(words(name))) and read not in known:
            known.add(read)
            found.append(name)
    return found


def _filled(kept: Any, gone: Any) -> Any:
    if isinstance(kept, Mapping) and isinstance(gone, Mapping):
        return {**gone, **{language: text for language, text in kept.items() if text}}
    if isinstance(kept, list):
        return [*kept, *(one for one in gone if one not in kept)]
    return gone if kept in (None, "") else kept
