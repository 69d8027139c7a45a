"""Accounts of the organiser's desk."""

from enum import StrEnum
from typing import Final

UNICODE_FORM: Final = "NFKD"
"""The Unicode form of every password before it is hashed or compared: keyboards spell "ố" in several ways."""


class Role(StrEnum):
    """What an account may do; see policy.py."""

    ADMINISTRATOR = "administrator"
    ORGANIZER = "organizer"
    READER = "reader"
