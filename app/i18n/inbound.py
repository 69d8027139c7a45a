"""What became of a mail, in words."""

from app.domain.inbound import Reason, Result
from app.i18n.wording import label


def reason_text(reason: str, language: str) -> str:
    """Return why a mail was treated so; the code itself where it has no words any more."""
    return label(Reason(reason), language) if reason in {one.value for one in Reason} else reason


def result_text(result: Result, reason: str, language: str) -> str:
    """Return what became of a mail and why, in two short sentences."""
    return f"{label(result, language)}. {reason_text(reason, language)}"
