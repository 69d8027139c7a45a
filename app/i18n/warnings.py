"""Words for what does not fit in a programme."""

from collections.abc import Mapping

from app.domain.clashes import ProgrammeWarning
from app.domain.languages import in_language
from app.i18n.wording import label


def warning_text(warning: ProgrammeWarning, language: str) -> str:
    """Return the sentence for a warning; another event is named beside its session."""
    told = {name: _told(value, language) for name, value in warning.params.items()}
    if told.get("event"):
        told["session"] = f"{told['session']} ({told['event']})"
    return label(warning.code, language).format(**told)


def _told(value: object, language: str) -> object:
    return in_language(value, language) if isinstance(value, Mapping) else value
