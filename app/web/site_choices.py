"""What forms of connection sites offer: delegates with where they join from, sites with headcounts."""

from typing import TYPE_CHECKING

from app.domain.languages import in_language
from app.forms.sites import PeopleForm
from app.i18n.catalogue import N_, gettext
from app.i18n.wording import label
from app.queries import sites
from app.web import languages

if TYPE_CHECKING:
    from app.models.registrations import Delegate
    from app.models.sites import Site
    from app.queries.sites import SiteTree


def people_form(site: "Site") -> PeopleForm:
    """Return the form that asks who joins from a site; of each it is said who sits at another one."""
    language, people = languages.current(), sites.list_people(site)
    seated = [one.public_id for one in people if one.site_id == site.id]
    return PeopleForm.at(seated, [(one.public_id, " · ".join(_words(one, site, language))) for one in people])


def headcount_lines(tree: "SiteTree") -> list[tuple[str, str, int | None]]:
    """Return public id, name and present headcount of each site."""
    language = languages.current()
    shown = (line.site for line in tree.lines)
    return [(site.public_id, in_language(site.shown_names, language), site.counted) for site in shown]


def _words(delegate: "Delegate", site: "Site", language: str) -> list[str]:
    words = [delegate.person.full_name]
    if site.invitation_id is None and delegate.invitation is not None:
        words.append(in_language(delegate.invitation.organization.names, language))
    else:
        words.append(label(delegate.role, language))
    if delegate.site is not None and delegate.site_id != site.id:
        place = in_language(delegate.site.shown_names, language)
        words.append(gettext(language, N_("now at {site}"), site=place))
    return words
