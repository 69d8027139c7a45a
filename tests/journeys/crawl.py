"""Follow every link of the demo as somebody would: organiser, focal point, delegate, everybody."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import sqlalchemy as sa
from flask import Flask
from werkzeug.exceptions import HTTPException

from app.db import db
from tests.site import ApartClient

_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER)\b", re.IGNORECASE)
_PER_ROUTE = 7
"""How many pages of one route are looked at: the guests are one page 163 times."""


@dataclass
class Visit:
    """One answer to a GET."""

    path: str
    endpoint: str
    status: int
    content_type: str
    text: str
    writes: list[str] = field(default_factory=list)
    leads_to: str = ""
    seen_on: str = ""
    failure: str = ""

    @property
    def is_page(self) -> bool:
        """Tell whether this is a page of the site, not a file."""
        return self.status == 200 and self.content_type.startswith("text/html")


def crawl(app: Flask, client: ApartClient, starts: Iterable[str], *, language: str = "vi") -> list[Visit]:
    """Return a visit for each page that can be reached by links from `starts`, a few of each route."""
    waiting = deque((path, "the beginning") for path in starts)
    seen, per_route, visits = {path for path, _ in waiting}, Counter[str](), []
    with Writes(app) as writes:
        while waiting:
            path, origin = waiting.popleft()
            endpoint = _endpoint(app, path)
            per_route[endpoint] += 1
            if per_route[endpoint] > _PER_ROUTE and origin != "the beginning":
                continue
            writes.clear()
            visit = _visit(client, path, endpoint, language)
            visit.writes, visit.seen_on = list(writes), origin
            visits.append(visit)
            for link in links(visit):
                if link not in seen:
                    seen.add(link)
                    waiting.append((link, path))
    return visits


def links(visit: Visit) -> Iterator[str]:
    """Yield the addresses of this site that a page leads to or shows, without language switches."""
    parser = _Links()
    parser.feed(visit.text)
    for address in (*parser.found, visit.leads_to):
        parts = urlsplit(urljoin(f"http://localhost{visit.path}", address))
        if parts.netloc == "localhost" and parts.scheme in {"http", "https"} and "lang=" not in parts.query:
            yield parts.path + (f"?{parts.query}" if parts.query else "")


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Take up what is fetched or may be clicked."""
        self.found += [value for name, value in attributes if name in {"href", "src"} and value]


class Writes:
    """Collect the writing statements of an application's engine while it is entered."""

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            self._engine = db.engine
        self._found: list[str] = []

    def __enter__(self) -> list[str]:
        sa.event.listen(self._engine, "before_cursor_execute", self._note)
        return self._found

    def __exit__(self, *_error: object) -> None:
        sa.event.remove(self._engine, "before_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if _WRITES.match(statement):
            self._found.append(statement)


def _visit(client: ApartClient, path: str, endpoint: str, language: str) -> Visit:
    try:
        answer = client.get(path, headers={"Accept-Language": language})
    except Exception as error:  # told with all others, by the page it happened on
        return Visit(path, endpoint, 500, "", "", failure=repr(error))
    text = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
    answer.close()
    leads_to = answer.headers.get("Location", "")
    return Visit(path, endpoint, answer.status_code, answer.content_type or "", text, leads_to=leads_to)


def _endpoint(app: Flask, path: str) -> str:
    try:
        return app.url_map.bind("localhost").match(urlsplit(path).path, method="GET")[0]
    except HTTPException as error:
        return f"no route ({error.code})"
