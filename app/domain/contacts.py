"""Contacts of an organisation."""

from dataclasses import dataclass

from app.domain.errors import InvalidInput


@dataclass(frozen=True, kw_only=True)
class ContactDetails:
    """Whom the office writes to; a focal point may be an office without a person's name."""

    full_name: str = ""
    form_of_address: str = ""
    post: str = ""
    email: str | None = None
    phones: tuple[str, ...] = ()
    language: str = "vi"
    is_focal_point: bool = False

    def __post_init__(self) -> None:
        """Raise InvalidInput when there is nobody to write to or no way to reach them."""
        if not (self.full_name or self.post):
            raise InvalidInput("contact_unnamed", field="full_name")
        if not (self.email or self.phones):
            raise InvalidInput("contact_unreachable", field="email")
        if any(len(phone) > 60 for phone in self.phones):
            raise InvalidInput("too_long", field="phones", length=60)
