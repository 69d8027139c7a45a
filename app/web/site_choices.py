"""What forms of connection sites offer: delegates with where they join from, sites with headcounts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.domain.languages import in_language
from app.i18n.wording import label
from app.web import languages

if TYPE_CHECKING:
    from app.models.registrations import Delegate
    from app.models.sites import Site
    from app.queries.sites import SiteTree


def people_pairs(people: "Sequence[Delegate]", site: "Site") -> list[tuple[str, str]]:
    """Return public id and words of each delegate; who sits at another site is said."""
    language = languages.current()
    return [(one.public_id, " · ".join(_words(one, site, language))) for one in people]


def headcount_lines(tree: "SiteTree") -> list[tuple[str, str, int | None]]:
    """Return public id, name and present headcount of each site."""
    language = languages.current()
    sites = (line.site for line in tree.lines)
    return [(site.public_id, in_language(site.shown_names, language), site.counted) for site in sites]


def _words(delegate: "Delegate", site: "Site", language: str) -> list[str]:
    words = [delegate.person.full_name, label(delegate.role, language)]
    if delegate.site is not None and delegate.site_id != site.id:
        words.append(in_language(delegate.site.shown_names, language))
    return words
