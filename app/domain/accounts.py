"""Accounts of the organiser's desk."""

from enum import StrEnum


class Role(StrEnum):
    """What an account may do; see policy.py."""

    ADMINISTRATOR = "administrator"
    ORGANIZER = "organizer"
    READER = "reader"
