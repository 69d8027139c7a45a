"""Where an entry of the directory is known from, in the reader's words.

The directory that comes with the product notes its sources in short English: "seed 1; French name: courtesy
translation". What stands in no table below (addresses, names of data sets, what was typed) is shown as it is.
"""

import re
from collections.abc import Mapping

from app.i18n import wording
from app.i18n.catalogue import N_, gettext

_SAYS: Mapping[str, str] = {
    "seed 1": N_("the news report of the roundtable of 27 October 2021"),
    "seed 4": N_("the news report of the meeting of 13 December 2021"),
    "general knowledge": N_("general knowledge"),
    "general knowledge, public name": N_("general knowledge"),
    "verify current name and contact": N_("check the present name and contact"),
    "general knowledge, to be verified against the MOFA diplomatic list": N_(
        "general knowledge, to be checked against the ministry's diplomatic list"
    ),
    "general knowledge, to be verified against the MOFA list of missions": N_(
        "general knowledge, to be checked against the ministry's list of missions"
    ),
    "Vietnamese kind words follow seed 1": N_(
        "Vietnamese words for the kind as in the news report of the roundtable of 27 October 2021"
    ),
}
_OF_NAMES: Mapping[str, str] = {
    "courtesy translation": N_("courtesy translation of the name: {languages}"),
    "general knowledge": N_("name as generally known: {languages}"),
}
_LANGUAGES: Mapping[str, str] = {"English": "en", "French": "fr", "Russian": "ru", "Vietnamese": "vi"}
_NAMES = re.compile(r"(\w+)(?: and (\w+))? names?: (.+)")
_WITH_A_PLACE: Mapping[re.Pattern[str], str] = {
    re.compile(r"GSO codes?(?: and names)?: (?P<place>.+)"): N_(
        "codes of the General Statistics Office: {place}"
    ),
    re.compile(r"mergers: National Assembly Resolution (?P<number>\S+), plan text (?P<place>\S+)"): N_(
        "mergers: Resolution {number} of the National Assembly, by the plan at {place}"
    ),
}
_REMARK = re.compile(r"(seed \d) \(.*\)")


def in_words(source: str, language: str) -> str:
    """Return the source, part by part, as far as there are words for it."""
    return "; ".join(_part(part.strip(), language) for part in source.split(";"))


def _part(part: str, language: str) -> str:
    bare = _REMARK.sub(r"\1", part)
    if bare in _SAYS:
        return gettext(language, _SAYS[bare])
    named = _NAMES.fullmatch(part)
    if named and {named[1], named[2] or named[1]} <= _LANGUAGES.keys():
        names = ", ".join(
            wording.language_name(_LANGUAGES[word], language) for word in named.groups()[:2] if word
        )
        if named[3] in _OF_NAMES:
            return gettext(language, _OF_NAMES[named[3]], languages=names)
        return gettext(language, N_("name in {languages}: {place}"), languages=names, place=named[3])
    for pattern, words in _WITH_A_PLACE.items():
        if found := pattern.fullmatch(part):
            return gettext(language, words, **found.groupdict())
    return part
