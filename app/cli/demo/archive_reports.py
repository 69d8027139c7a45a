"""What was said at the roundtables of 2021, what came of them and who reported."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain.policy import SYSTEM
from app.domain.reports import NewsReportDetails, OutcomeDetails, StatementDetails
from app.services import reports


def enter(slug: str, told: Mapping[str, Any], people: Mapping[str, str | None], *, now: datetime) -> None:
    """Enter statements, outcomes and reports; `people` are the public ids of those who spoke, by key."""
    for each in told["statements"]:
        statement = StatementDetails(
            texts=each["texts"],
            person=people.get(each.get("person", "")),
            attribution=each.get("attribution", {}),
            sector=each.get("sector"),
        )
        reports.add(actor=SYSTEM, slug=slug, command=statement, now=now)
    for each in told["outcomes"]:
        reports.add(actor=SYSTEM, slug=slug, command=OutcomeDetails(**each), now=now)
    for each in told["reports"]:
        reports.add(actor=SYSTEM, slug=slug, command=_news(each), now=now)


def _news(told: Mapping[str, Any]) -> NewsReportDetails:
    at = datetime.fromisoformat(told["published_at"]) if told["published_at"] else None
    words = ("section", "news_source", "author", "photo_caption", "photo_credit")
    return NewsReportDetails(
        headline=told["headline"] or "",
        publisher=told["publisher"] or "",
        day=at.date() if at else None,
        clock=at.time() if at else None,
        **{name: told[name] for name in words},
    )
