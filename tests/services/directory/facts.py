"""Facts for tests of the directory."""

from dataclasses import fields

from app.domain.directory import OrganizationKind
from app.domain.organizations import Details

CORPORATION = Details(
    kind=OrganizationKind.CORPORATION,
    names={"vi": "Tập đoàn Dệt May Việt Nam", "en": "Viet Nam Textile Group"},
    abbreviation="VINATEX",
    country="VN",
    timezone="Asia/Ho_Chi_Minh",
)


def details_of(facts):
    """Return what people edit of the facts of a file."""
    return Details(**{entry.name: getattr(facts, entry.name) for entry in fields(Details)})
