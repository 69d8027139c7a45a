"""CPU of a page, a calendar file and a whole registration against the floor; the slowest page of the demo."""

import re
import statistics
from collections import deque
from collections.abc import Callable
from functools import cache, partial
from itertools import count
from typing import NamedTuple
from urllib.parse import urlsplit
from wsgiref.types import WSGIApplication

import sqlalchemy as sa

from app import site
from app.db import db
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from bench.figure import Figure, Measured
from bench.floor import SLUG
from bench.forms import fields_of
from bench.product import Product, empty, floor, path_of, product
from bench.requests import Browser, cpu_of

_numbers = count(1)
_LOOKED_AT_AGAIN = 40


def page() -> Measured:
    """The public page of a roundtable with two sessions."""
    return _ratio(partial(_anonymous().get, product().open_event), partial(floor().get, f"/events/{SLUG}"))


def ics() -> Measured:
    """Its calendar file."""
    ours = partial(_anonymous().get, f"{product().open_event}.ics")
    return _ratio(ours, partial(floor().get, f"/events/{SLUG}.ics"))


def unchanged_feed() -> Measured:
    """The private feed of an institution or a delegate, the dearer, asked for by a calendar that has it."""
    cpu = cpu_of(
        {**{name: _asker(path) for name, path in _feeds().items()}, "empty": partial(empty().get, "/")}
    )
    dearest = max(cpu[name] for name in _feeds())
    return Measured(
        dearest / cpu["empty"],
        f"an empty Flask view, {cpu['empty'] * 1e6:.3g} µs CPU; ours {dearest * 1e6:.3g} µs",
    )


def registration() -> Measured:
    """Form, sending, receipt: three requests of a new reader."""
    ours = partial(register, product().app.wsgi_app, f"{product().open_event}/register")
    return _ratio(ours, partial(register, floor().application, f"/events/{SLUG}/register"))


def statements() -> Measured:
    """SQL statements of the three requests of a registration; the BEGIN that SQLite wants said is none."""
    executed: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            executed.append(statement)

    with product().app.app_context():
        engine = db.engine
    register(product().app.wsgi_app, f"{product().open_event}/register")  # warm
    sa.event.listen(engine, "before_cursor_execute", note)
    register(product().app.wsgi_app, f"{product().open_event}/register")
    sa.event.remove(engine, "before_cursor_execute", note)
    return Measured(len(executed), "Indico 98, pretix 257")


def slowest_page() -> Measured:
    """The slowest page of the demo, for whomever it is: every page once, the slowest of them five times."""
    found = _every_page(product())
    slow = sorted(found, key=lambda page: -page.seconds)[:_LOOKED_AT_AGAIN]
    medians = {page.path: statistics.median(_cpu(page) for _ in range(5)) for page in slow}
    slowest = max(medians, key=medians.__getitem__)
    middle = statistics.median(page.seconds for page in found)
    return Measured(
        medians[slowest] * 1e3,
        f"CPU of {len(found)} pages, half of them below {middle * 1e3:.3g} ms; this is {slowest}",
    )


def register(application: WSGIApplication, path: str) -> str:
    """Register somebody new as a reader would, and return the receipt page."""
    browser, number = Browser(application), next(_numbers)
    form = fields_of(browser.get(path))
    for name in form:
        if "email" in name:
            form[name] = f"delegate{number}@example.vn"
        elif not form[name]:
            form[name] = f"Nguyễn Văn {number}"
    return browser.get(browser.post(path, form))


@cache
def _feeds() -> dict[str, str]:
    """Return the paths of the demo's first feeds."""
    with product().app.app_context():
        delegate = db.session.scalars(sa.select(Delegate).order_by(Delegate.id)).first()
        invitation = db.session.scalars(sa.select(Invitation).order_by(Invitation.id)).first()
        if delegate is None or invitation is None:
            raise RuntimeError("the demo has no guests")
        feeds = {
            "delegate": site.delegate_feed_url(delegate),
            "institution": site.invitation_feed_url(invitation),
        }
    return {name: urlsplit(url).path for name, url in feeds.items()}


def _asker(path: str) -> Callable[[], None]:
    browser = Browser(product().app.wsgi_app)
    browser.remember(path)
    return partial(browser.ask_again, path)


@cache
def _anonymous() -> Browser:
    return Browser(product().app.wsgi_app)


def _ratio(ours: Callable[[], object], floors: Callable[[], object]) -> Measured:
    cpu = cpu_of({"ours": ours, "floor": floors, "empty": partial(empty().get, "/")})
    return Measured(
        cpu["ours"] / cpu["floor"],
        f"floor {cpu['floor'] * 1e3:.3g} ms CPU, ours {cpu['ours'] * 1e3:.3g} ms, "
        f"{cpu['ours'] / cpu['empty']:.3g} × an empty Flask view; WSGI called in-process",
    )


class _Page(NamedTuple):
    browser: Browser
    path: str
    seconds: float


def _cpu(page: _Page) -> float:
    before = Browser.spent
    page.browser.get(page.path)
    return Browser.spent - before


def _every_page(demo: Product) -> list[_Page]:
    """Follow every link from the demo's addresses, signed in as its organiser."""
    browser = Browser(demo.app.wsgi_app)
    organizer = demo.links["organizer"]
    browser.submit("/organizer/sign-in", {name: organizer[name] for name in ("email", "password")})
    starts = [
        "/",
        "/organizer/",
        *map(path_of, demo.links["focal_points"]),
        *map(path_of, demo.links["delegates"]),
    ]
    waiting, seen = deque(starts), set(starts)
    found = []
    while waiting:
        path, before = waiting.popleft(), Browser.spent
        answer = browser.look(path)
        if answer is None:
            continue
        found.append(_Page(browser, path, Browser.spent - before))
        for link in re.findall(r'href="(/[^"#]*)', answer):
            if link.partition("?")[0] not in seen and "static" not in link and "lang=" not in link:
                seen.add(link.partition("?")[0])
                waiting.append(link.replace("&amp;", "&"))
    return found


FIGURES = (
    Figure("page", "× floor", 1.0, page),
    Figure("ics", "× floor", 1.0, ics),
    Figure("feed-304", "× empty", 2.0, unchanged_feed),
    Figure("slowest-page", "ms", 50, slowest_page),  # before the registrations: the demo as it comes
    Figure("registration", "× floor", 2.0, registration),
    Figure("statements", "SQL statements", 15, statements),
)
