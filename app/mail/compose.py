"""Turn the templates of a message into a subject, a text and an HTML part in the recipient's language."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from app import site
from app.domain.mail import MessageKind
from app.domain.text import clean_line
from app.i18n import jinja

_TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
_SUBJECT_LENGTH = 300
_language: ContextVar[str] = ContextVar("mail_language")


@dataclass(frozen=True)
class Letter:
    """What a mail says."""

    subject: str
    text: str
    html: str


def compose(kind: MessageKind, language: str, context: Mapping[str, Any]) -> Letter:
    """Return the letter of this kind; the templates are email/<kind>/{subject.txt,body.txt,body.html}."""
    spoken = _language.set(language)
    try:
        told = {"office": site.settings().office, "contact": site.settings().contact, **context}
        subject, text, html = (
            _environment().get_template(f"email/{kind}/{part}").render(told, kind=kind)
            for part in ("subject.txt", "body.txt", "body.html")
        )
    finally:
        _language.reset(spoken)
    return Letter(clean_line(subject)[:_SUBJECT_LENGTH], text.strip() + "\n", html)


@cache
def _environment() -> Environment:
    environment = jinja.PlainGlobals(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    jinja.install(environment, _language.get)
    return environment
