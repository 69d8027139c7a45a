"""ETags of calendar files: known before a file is built, so that a calendar that has it already gets none.

A tag is a digest of all that the file is made of: the rows of app.queries.calendar_facts, the link, the
language, and the program that builds it. Private feeds, which are asked for most, are answered before Flask
begins; whatever is not plainly "unchanged" takes the long way, with its guards, limits and errors.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import sqlalchemy as sa
from flask import Flask

from app.domain import tokens
from app.domain.languages import INTERFACE
from app.queries import calendar_facts
from app.queries.calendar_facts import Holder
from config import Settings

SECONDS_FRESH: Final = 900
_FEEDS: Final[dict[str, Holder]] = {
    "i": "invitation",
    "d": "delegate",
    "feeds": "delegate-feed",
    "feeds/desk": "desk-feed",
}
"""Whose feeds lie where, by the first part of the path."""
_READING: Final = {"GET", "HEAD"}
_PATH: Final = re.compile(r"/(\w+(?:/desk)?)/(\w+)\.ics")
_PROGRAM: Final = ("domain", "i18n", "ical", "queries", "translations")


def tag(settings: Settings, about: Sequence[object], facts: Sequence[object]) -> str:
    """Return the opaque part of an ETag: of what is asked for, and of the rows it is made of."""
    told = repr((_program(settings.base_url, settings.secret_key), *about, *facts))
    return sha256(told.encode()).hexdigest()[:32]


def headers(etag: str, *, cache_control: str = "private", vary: str = "Accept-Encoding") -> dict[str, str]:
    """Return what every answer about a file says; the tag is weak: zipped and plain are the same calendar."""
    return {
        "ETag": f'W/"{etag}"',
        "Cache-Control": f"{cache_control}, max-age={SECONDS_FRESH}",
        "Vary": vary,
    }


def install(app: Flask, settings: Settings) -> None:
    """Answer for private feeds that did not change before the application begins."""

    app.wsgi_app = UnchangedFeeds(app.wsgi_app, settings, calendar_facts.Front(app.app_context))  # type: ignore[method-assign]  # as Flask documents it


class UnchangedFeeds:
    """WSGI application in front of another: says of private feeds that they did not change."""

    def __init__(self, behind: WSGIApplication, settings: Settings, front: calendar_facts.Front) -> None:
        """Keep what is asked where the short answer is not the right one."""
        self._behind, self._settings, self._front = behind, settings, front

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer 304, or ask the application behind."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        etag = self._find(environ) if known and environ["REQUEST_METHOD"] in _READING else None
        if known and etag and f'"{etag}"' in known:
            said = {**headers(etag), "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
            start_response("304 NOT MODIFIED", list(said.items()))
            return ()
        return self._behind(environ, start_response)

    def _find(self, environ: WSGIEnvironment) -> str | None:
        """Return the tag of a feed whose link is right."""
        place, token = found.groups() if (found := _PATH.fullmatch(environ["PATH_INFO"])) else ("", "")
        holder, public_id = _FEEDS.get(place), tokens.public_id_of(token)
        if holder is None or public_id is None:
            return None
        try:
            facts = self._front.find_of_holder(holder, public_id)
        except sa.exc.SQLAlchemyError:
            return None  # the long way has the words for it
        keys = self._settings.secret_keys
        if facts is None or not tokens.matches(token, keys, holder, public_id, facts[0]):
            return None
        language = _asked_language(environ.get("QUERY_STRING", ""))
        return tag(self._settings, (holder, token.lower(), language), facts[1])


def _asked_language(query: str) -> str | None:
    asked = parse_qs(query).get("lang", [""])[0] if query else ""
    return asked if asked in INTERFACE else None


@cache
def _program(base_url: str, key: str) -> str:
    """Return a digest of the program and its words: a new release may write the same rows otherwise."""
    here = Path(__file__).parents[1]
    written = sha256(f"{base_url}\x00{key}".encode())
    for folder in _PROGRAM:
        for path in sorted((here / folder).rglob("*.p[yo]")):
            written.update(path.read_bytes())
    return written.hexdigest()
