"""What was said and published about an event: news reports, statements, outcomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import ClassVar

from app.domain.errors import InvalidInput


class ReportKind(StrEnum):
    """What may be recorded of an event when it is over."""

    NEWS = "news"
    STATEMENT = "statement"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsReportDetails:
    """A report as published; source, author and publisher are three different things (B29).

    `publisher` names an organisation of the directory; day and clock are those of the event's zone.
    """

    kind: ClassVar = ReportKind.NEWS

    headline: str = ""
    language: str = "vi"
    publisher: str = ""
    section: str = ""
    day: date | None = None
    clock: time | None = None
    news_source: str = ""
    author: str = ""
    photo_caption: str = ""
    photo_credit: str = ""

    def __post_init__(self) -> None:
        """Refuse a report of which nothing is known, and an hour without its day."""
        if not (self.headline or self.publisher or self.news_source or self.author):
            raise InvalidInput("report_empty", field="headline")
        if self.clock is not None and self.day is None:
            raise InvalidInput("day_missing", field="day")
        if self.day is not None and self.clock is None:
            raise InvalidInput("clock_missing", field="clock")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDetails:
    """What a person said, or a group that `attribution` describes (B22); `person` is a public id."""

    kind: ClassVar = ReportKind.STATEMENT

    texts: Mapping[str, str]
    person: str | None = None
    attribution: Mapping[str, str] = field(default_factory=dict)
    sector: str | None = None

    def __post_init__(self) -> None:
        """Refuse a statement without words, or of nobody."""
        if not any(self.texts.values()):
            raise InvalidInput("text_missing", field="texts")
        if self.person is None and not any(self.attribution.values()):
            raise InvalidInput("speaker_missing", field="person")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeDetails:
    """A result of the event, in words (B27)."""

    kind: ClassVar = ReportKind.OUTCOME

    texts: Mapping[str, str]

    def __post_init__(self) -> None:
        """Refuse an outcome without words."""
        if not any(self.texts.values()):
            raise InvalidInput("text_missing", field="texts")


ReportDetails = NewsReportDetails | StatementDetails | OutcomeDetails
