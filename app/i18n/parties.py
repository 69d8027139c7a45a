"""Institutions counted in words: "18 địa phương Việt Nam, 5 chủ thể Nga"."""

from collections import Counter
from collections.abc import Iterable

from app.domain.directory import HOME, MISSIONS, OrganizationKind
from app.domain.invitations import Party
from app.i18n.catalogue import NN_, gettext, ngettext
from app.i18n.labels import LABELS
from app.i18n.numbers import format_number
from app.i18n.punctuation import colon

_NAMED = {
    "localities": NN_("{n} Vietnamese locality", "{n} Vietnamese localities"),
    "subjects": NN_("{n} Russian subject", "{n} Russian subjects"),
    "foreign_localities": NN_("{n} foreign locality", "{n} foreign localities"),
    "missions_abroad": NN_("{n} Vietnamese mission abroad", "{n} Vietnamese missions abroad"),
    "diplomatic_corps": NN_("{n} foreign mission", "{n} foreign missions"),
    "associations": NN_("{n} foreign association", "{n} foreign associations"),
    "business_associations": NN_("{n} business association", "{n} business associations"),
    "enterprises": NN_("{n} enterprise", "{n} enterprises"),
}
_KINDS = {
    OrganizationKind.LOCALITY: "localities",
    OrganizationKind.FOREIGN_BUSINESS_ASSOCIATION: "associations",
    OrganizationKind.BUSINESS_ASSOCIATION: "business_associations",
    OrganizationKind.CORPORATION: "enterprises",
    OrganizationKind.ENTERPRISE: "enterprises",
}


def in_words(parties: Iterable[Party], language: str) -> list[str]:
    """Return one phrase per group, in the order in which the groups appear."""
    totals: Counter[str] = Counter()
    for party in parties:
        totals[_group(party)] += party.count
    return [_phrase(group, number, language) for group, number in totals.items()]


def _group(party: Party) -> str:
    if party.kind is OrganizationKind.FOREIGN_LOCALITY:
        return "subjects" if party.country == "RU" else "foreign_localities"
    if party.kind in MISSIONS:
        return "missions_abroad" if party.country == HOME else "diplomatic_corps"
    return _KINDS.get(party.kind, party.kind.value)


def _phrase(group: str, number: int, language: str) -> str:
    if group in _NAMED:
        return ngettext(language, *_NAMED[group], number)
    kind = gettext(language, LABELS["OrganizationKind"][group])
    return f"{kind}{colon(language)} {format_number(number, language)}"
