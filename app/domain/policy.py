"""Who may do what: one table."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.accounts import Role
from app.domain.errors import NotAllowed


class Permission(StrEnum):
    """An act that is allowed or not."""

    READ = "read"
    MANAGE_EVENTS = "manage_events"
    MANAGE_DIRECTORY = "manage_directory"
    SEND_MAIL = "send_mail"
    EXPORT = "export"
    MANAGE_ACCOUNTS = "manage_accounts"


@dataclass(frozen=True)
class Actor:
    """Who acts: an account with a role, an institution or a delegate by link, or the system itself."""

    kind: str  # "account" | "institution" | "delegate" | "public" | "system"
    name: str
    account_id: int | None = None
    role: Role | None = None


SYSTEM = Actor("system", "system")
PUBLIC = Actor("public", "")

_P = Permission
_TABLE: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.ORGANIZER: frozenset({_P.READ, _P.MANAGE_EVENTS, _P.MANAGE_DIRECTORY, _P.SEND_MAIL, _P.EXPORT}),
    Role.READER: frozenset({_P.READ, _P.EXPORT}),
}


def may(actor: Actor, permission: Permission) -> bool:
    """Tell whether the actor may; the system may everything, links and the public nothing of the desk."""
    if actor.kind == "system":
        return True
    return actor.role is not None and permission in _TABLE[actor.role]


def require(actor: Actor, permission: Permission) -> None:
    """Raise NotAllowed unless the actor may."""
    if not may(actor, permission):
        raise NotAllowed("not_allowed", permission=permission)
