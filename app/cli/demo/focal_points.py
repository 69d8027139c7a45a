"""Whom the demo writes to: an invented address for every institution; those of "lost" refuse their mail."""

import sys
from datetime import date, datetime

import click

from app.domain.contacts import ContactDetails
from app.domain.languages import of_country
from app.domain.policy import SYSTEM
from app.queries import directory
from app.services.directory import contacts

DOMAIN = "demo.example"
LOST = ("EMB-CU-HAN",)
"""Institutions whose address does not exist, so that undeliverable mail can be seen."""
_GROUPS = (
    "localities",
    "diplomatic_corps_hanoi",
    "missions_abroad",
    "foreign_associations",
    "business_associations",
)
_POSTS = {
    "vi": "Phòng Hợp tác quốc tế",
    "en": "Protocol Office",
    "ru": "Протокольный отдел",
    "fr": "Service du protocole",
}


def build(*, day: date, now: datetime) -> None:
    """Give the institutions that exist on `day` a focal point each."""
    chosen = _chosen(day)
    with click.progressbar(length=len(chosen), label="Focal points", file=sys.stderr) as bar:
        for public_id, code, language in chosen:
            who = "lost" if code in LOST else code.lower()
            details = ContactDetails(
                post=_POSTS[language],
                email=f"{who}@{DOMAIN}",
                phones=("+84 24 3000 0000",),
                language=language,
                is_focal_point=True,
            )
            contacts.add_contact(actor=SYSTEM, organization=public_id, details=details, now=now)
            bar.update(1)


def _chosen(day: date) -> list[tuple[str, str, str]]:
    members = [member for group in _GROUPS for member in directory.list_members(group, on=day)]
    return [(row.public_id, row.code, of_country(row.country)) for row in members]
