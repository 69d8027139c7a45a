"""Two people at one text: what is recorded now beside what was typed, so that nobody overwrites unseen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.i18n.catalogue import gettext
from app.web import languages

if TYPE_CHECKING:
    from app.forms.fields import Form


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which two people said different things."""

    label: str
    recorded: str
    typed: str


def differences(typed: "Form", recorded: "Form") -> Sequence[Difference]:
    """Return where two forms of one kind differ, in the order of their fields; hidden ones are left out."""
    return [
        Difference(gettext(languages.current(), mine.label.text), _words(theirs), _words(mine))
        for mine in typed
        if not mine.type.endswith(("HiddenField", "CSRFTokenField"))
        and (theirs := recorded[mine.name]) is not None
        and _words(mine) != _words(theirs)
    ]


def _words(field: Any) -> str:
    """Return what a field says, as its reader sees it."""
    if hasattr(field, "iter_choices"):
        chosen = (choice.label for choice in field.iter_choices() if choice.selected)
        return "; ".join(gettext(languages.current(), label) for label in chosen)
    return "" if field.data is None else str(field.data)
