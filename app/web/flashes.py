"""What the next page says about the act that led to it."""

from flask import flash

from app.i18n.catalogue import gettext, ngettext
from app.web import languages


def done(message: str, /, **params: object) -> None:
    """Say in the reader's language that something was done; mark the message with N_()."""
    flash(gettext(languages.current(), message, **params), "done")


def undoable(message: str, undo: str, /, **fields: object) -> None:
    """Say that something was done, with a button that takes it back: a POST of the fields to `undo`."""
    told = {"text": gettext(languages.current(), message), "undo": undo, "fields": fields}
    flash(told, "done")  # type: ignore[arg-type]  # the session keeps whatever JSON can say


def counted(messages: tuple[str, str], n: int, /, **params: object) -> None:
    """Say how many were done; mark the messages with NN_(). Nothing is said of none."""
    if n:
        flash(ngettext(languages.current(), *messages, n, **params), "done")


def refused(message: str) -> None:
    """Say why something was not done; the message is in the reader's language already."""
    flash(message, "error")
