"""Errors that people can be told about: a code for the wording, parameters for its placeholders."""


class DomainError(Exception):
    """Refuse an act; `code` is a key of app.i18n.wording.ERRORS, `field` the input it belongs to."""

    def __init__(self, code: str, *, field: str | None = None, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.params = params


class NotFound(DomainError):
    """What was asked for is not there, or not for this actor."""


class NotAllowed(DomainError):
    """The actor may not do this."""


class Conflict(DomainError):
    """Somebody else changed it meanwhile, or a limit was reached."""


class InvalidInput(DomainError):
    """The input breaks a rule; `field` names the input."""
