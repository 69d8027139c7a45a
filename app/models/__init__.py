"""Tables: one file for each noun. Importing this package registers all of them."""

from app.models import (
    accounts,
    audit,
    calls,
    change_requests,
    directory,
    events,
    imports,
    invitations,
    mail,
    people,
    programme,
    registrations,
    reports,
    sites,
    speaking,
    upkeep,
)

__all__ = [
    "accounts",
    "audit",
    "calls",
    "change_requests",
    "directory",
    "events",
    "imports",
    "invitations",
    "mail",
    "people",
    "programme",
    "registrations",
    "reports",
    "sites",
    "speaking",
    "upkeep",
]
