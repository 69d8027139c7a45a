"""Forms for news reports, statements and outcomes."""

from collections.abc import Iterable

from wtforms.fields import SelectChoice

from app.domain.languages import CONTENT
from app.domain.reports import NewsReportDetails, OutcomeDetails, StatementDetails
from app.forms.fields import (
    LANGUAGE_NAMES,
    Choice,
    Clock,
    Day,
    Line,
    TranslatedLine,
    TranslatedParagraph,
)
from app.forms.versions import VersionedForm
from app.i18n.catalogue import N_

Offered = Iterable[tuple[str, str]]


class NewsReportForm(VersionedForm):
    """A report as it was published."""

    headline = Line(
        N_("Headline"), hint=N_("As printed; it may differ from the title of the event."), length=400
    )
    language = Choice(N_("Language"), [(code, LANGUAGE_NAMES[code]) for code in CONTENT])
    publisher = Line(
        N_("Publisher"),
        hint=N_("Name, abbreviation or code in the directory; choose from the list while typing."),
        list="organizations",
        autocomplete="off",
    )
    section = Line(N_("Section of the site"), length=120)
    day = Day(N_("Day of publication"))
    clock = Clock(N_("Hour of publication"))
    news_source = Line(N_("News source"), hint=N_("As printed: HTQT, TTXVN."), length=120)
    author = Line(N_("Author"), hint=N_("As printed: P.V."), length=120)
    photo_caption = Line(N_("Caption of the picture"), length=400)
    photo_credit = Line(N_("Credit of the picture"), hint=N_("Lâm Khánh/TTXVN"))

    def command(self) -> NewsReportDetails:
        """Return what was typed."""
        return NewsReportDetails(
            headline=self.headline.data,
            language=self.language.data or CONTENT[0],
            publisher=self.publisher.data,
            section=self.section.data,
            day=self.day.data,
            clock=self.clock.data,
            news_source=self.news_source.data,
            author=self.author.data,
            photo_caption=self.photo_caption.data,
            photo_credit=self.photo_credit.data,
        )


class StatementForm(VersionedForm):
    """What somebody said."""

    texts = TranslatedParagraph(N_("What was said"), required="vi")
    person = Choice(
        N_("Who said it"),
        (),
        blank=N_("A group, described below"),
        hint=N_("People on the programme; appoint the speaker first where he is missing."),
    )
    attribution = TranslatedLine(N_("A group in words"), hint=N_("các diễn giả, the speakers"))
    sector = Choice(N_("Field of cooperation"), (), blank=N_("Not given"))

    def offer(self, people: Offered, sectors: Offered) -> "StatementForm":
        """Offer the people of the event and the sectors."""
        self.person.choices = [*self.person.choices, *(SelectChoice(*pair) for pair in people)]
        self.sector.choices = [*self.sector.choices, *(SelectChoice(*pair) for pair in sectors)]
        return self

    def command(self) -> StatementDetails:
        """Return what was typed."""
        return StatementDetails(
            texts=self.texts.data,
            person=self.person.data,
            attribution=self.attribution.data,
            sector=self.sector.data,
        )


class OutcomeForm(VersionedForm):
    """A result of the event."""

    texts = TranslatedParagraph(N_("Outcome"), required="vi")

    def command(self) -> OutcomeDetails:
        """Return what was typed."""
        return OutcomeDetails(texts=self.texts.data)
