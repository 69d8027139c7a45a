"""What every page must hold for whoever opens it: his language alone, as wide as his screen."""

import re
from functools import cache

from playwright.sync_api import Page

from app.i18n.catalogue import texts
from app.web.languages import NAMES

_SAID = """() => {
  const here = document.documentElement.lang;
  const code = "script, style, code, pre, textarea";
  const ours = (part) => part.closest("[lang]").lang === here && !part.closest(code);
  const said = document.title.split(" · ");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) if (ours(node.parentElement)) said.push(node.data);
  for (const name of ["aria-label", "title", "placeholder", "alt", "data-label"]) {
    const parts = [...document.body.querySelectorAll(`[${name}]`)];
    said.push(...parts.filter(ours).map((part) => part.getAttribute(name)));
  }
  const wide = document.documentElement.scrollWidth - innerWidth;
  return [here, wide, said.map((text) => text.replace(/\\s+/g, " ").trim()).filter(Boolean)];
}"""
_ENGLISH = re.compile(
    r"\b(the|and|of|is|are|was|your|you|this|that|with|for|from|has|have|not|please|until|which)\b", re.I
)
_COMMON = {*NAMES.values(), "E-mail"}
"""What is said so in every language, or stood in a table that somebody pasted."""


def read(page: Page, language: str) -> None:
    """Fail when the page speaks another language than the reader's, in whole or in part, or is too wide."""
    spoken, wide, said = page.evaluate(_SAID)
    where = re.sub(r"/[a-z2-9]{30,}", "/…", page.url)
    assert spoken == language, where
    assert wide <= 0, f"{where} is {wide} pixels too wide"
    forgotten = leftovers(said, language)
    assert not forgotten, f"{where} says {forgotten}"


def leftovers(said: list[str], language: str) -> list[str]:
    """Return what is English among the texts that somebody reads in Vietnamese or Russian."""
    if language not in {"vi", "ru"}:
        return []
    return [text for text in said if text in _keys(language) or _ENGLISH.search(text)]


@cache
def _keys(language: str) -> frozenset[str]:
    """Return the English texts of the interface that are said otherwise in the language."""
    known = texts(language)._catalog  # type: ignore[attr-defined]  # the one way to list them
    pairs = [(key if isinstance(key, str) else key[0], said) for key, said in known.items()]
    spoken = {said for _, said in pairs}
    return frozenset(key.split("\x04")[-1] for key, _ in pairs) - spoken - {"", *_COMMON}
