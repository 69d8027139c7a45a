"""What a change request is about, in words: each particular as it was and as it is wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.domain.languages import in_language
from app.domain.registrations import DelegateRole
from app.forms.fields import LANGUAGE_NAMES
from app.i18n.catalogue import N_, gettext
from app.i18n.wording import label
from app.web import languages

if TYPE_CHECKING:
    from app.models.change_requests import ChangeRequest
    from app.models.events import Event

_LABELS = {
    "full_name": N_("Full name, as printed"),
    "role": N_("Role"),
    "form_of_address": N_("Form of address"),
    "ranks": N_("Diplomatic rank"),
    "posts": N_("Post"),
    "native_name": N_("Name in the original script"),
    "email": N_("E-mail"),
    "phone": N_("Telephone"),
    "language": N_("Language of letters"),
    "sessions": N_("Sessions"),
    "is_substitute": N_("Attends as a substitute"),
}
_YES = N_("Yes")


@dataclass(frozen=True, slots=True)
class Change:
    """One particular."""

    label: str
    before: str
    wanted: str


def list_changes(request: "ChangeRequest", event: "Event") -> Sequence[Change]:
    """Return what is asked for, in the order of the form; what stays as it is is left out."""
    language = languages.current()
    found = (
        Change(
            gettext(language, words),
            _words(name, request.before.get(name), event, language),
            _words(name, request.wanted.get(name), event, language),
        )
        for name, words in _LABELS.items()
        if name in request.wanted
    )
    return [one for one in found if one.before != one.wanted]


def _words(name: str, value: Any, event: "Event", language: str) -> str:
    match name, value:
        case _, None | "" | False:
            return ""
        case "is_substitute", _:
            return gettext(language, _YES)
        case "role", _:
            return label(DelegateRole(value), language)
        case "language", _:
            return str(LANGUAGE_NAMES.get(value, value))
        case "sessions", list():
            titles = {row.public_id: in_language(row.titles, language) for row in event.sessions}
            return "; ".join(titles[key] for key in value if key in titles)
        case _, dict():
            return in_language(value, language)
    return str(value)
