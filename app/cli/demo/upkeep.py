"""The demo's directory as offices leave it: one entry twice, and one that was twice and is one again."""

from datetime import datetime

from app.domain.directory import OrganizationKind
from app.domain.organizations import Details
from app.domain.policy import SYSTEM
from app.queries import directory
from app.queries import organizations as lookup
from app.services.directory import merge, organizations


def build(*, now: datetime) -> None:
    """Enter two organisations a second time, and merge one of them."""
    _enter(
        Details(
            kind=OrganizationKind.FOREIGN_AFFAIRS_DEPARTMENT,
            names={"vi": "Sở NgV tỉnh Quảng Trị"},
            country="VN",
            phones=("+84 233 3852439",),
        ),
        now,
    )
    embassy = Details(kind=OrganizationKind.EMBASSY, names={"vi": "ĐSQ LB Nga"}, country="RU")
    kept, gone = directory.get_by_code("EMB-RU-HAN"), lookup.get(_enter(embassy, now))
    merge.merge(
        actor=SYSTEM,
        kept=kept.public_id,
        gone=gone.public_id,
        kept_revision=kept.revision,
        gone_revision=gone.revision,
        now=now,
    )


def _enter(details: Details, now: datetime) -> str:
    return organizations.create(actor=SYSTEM, code=None, details=details, now=now)
