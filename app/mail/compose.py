"""Turn the templates of a message into a subject, a text and an HTML part in the recipient's language."""

import re
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app import site
from app.domain.mail import MessageKind
from app.domain.text import clean_line
from app.i18n import jinja

_TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
_SUBJECT_LENGTH = 300
_GAPS = re.compile(r"\n{3,}")
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
        contact = "" if _names_whom_to_ask(context) else site.settings().contact
        told = {"office": site.settings().office, "contact": contact, **context}
        subject, text, sender, html = (
            _environment(part.endswith(".html")).get_template(f"email/{part}").render(told, kind=kind)
            for part in (f"{kind}/subject.txt", f"{kind}/body.txt", "sender.txt", f"{kind}/body.html")
        )
    finally:
        _language.reset(spoken)
    text = _GAPS.sub("\n\n", f"{text}\n\n{sender}").strip()
    return Letter(clean_line(subject)[:_SUBJECT_LENGTH], text + "\n", html)


def _names_whom_to_ask(context: Mapping[str, Any]) -> bool:
    """Tell whether the letter itself says whom to ask about its event."""
    event = context.get("event")
    if event is None:
        return any(context.get("event_contact", ()))
    return any((event.contact_name, event.contact_phone, event.contact_email))


@cache
def _environment(is_html: bool) -> Environment:
    """Return where a part is made. The part decides what is escaped, not the file that lends a sentence."""
    environment = jinja.PlainGlobals(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=is_html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    jinja.install(environment, _language.get)
    return environment
