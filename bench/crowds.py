"""The crowd as a figure: how long the slowest hundredth waits, on both databases."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from app import create_app
from app.documents import directory as files
from app.domain.event_facts import EventFacts
from app.domain.event_times import Schedule
from app.domain.policy import SYSTEM
from app.services import schema
from app.services.directory.load import load
from app.services.events import editing, lifecycle
from bench.crowd import PEOPLE, PLACES, Crowd, come, serving
from bench.figure import Figure, Measured
from config import Settings
from tests.plugins import postgresql
from tests.plugins.found import Found

_SECRET = "a key of the benchmark, known to everybody"
_EARLY = 20
"""People who come before, so that no process is new when the crowd comes."""


def p99() -> Measured:
    """Return in how many seconds 99 of 100 requests were answered, on the slower database."""
    with ExitStack() as cleanup:
        crowds = {"SQLite": _gather(f"sqlite:///{_folder(cleanup) / 'bantron.db'}", _folder(cleanup))}
        server = postgresql.find(os.environ, cleanup)
        if isinstance(server, Found):
            url = cleanup.enter_context(_database(server.where))
            crowds["PostgreSQL with 2 processes"] = _gather(url, _folder(cleanup))
    told = ", ".join(f"{name} {crowd.p99:.2f} s" for name, crowd in crowds.items())
    slowest = max(crowd.p99 for crowd in crowds.values())
    return Measured(slowest, f"{PEOPLE} people at once for {PLACES} places, p99: {told}")


def _gather(database_url: str, folder: Path) -> Crowd:
    """Let the crowd come to a new roundtable; raise unless just as many are confirmed as there are places."""
    settings = Settings(
        secret_key=_SECRET, base_url="http://localhost", database_url=database_url, instance=folder
    )
    app = create_app(settings)
    with app.app_context():
        schema.upgrade()
        now = datetime.now(UTC)
        load(
            actor=SYSTEM, organizations=files.read_own_organizations(), sectors=files.read_sectors(), now=now
        )
        before, wanted = _publish(None, now), _publish(PLACES, now)
    with serving(database_url, folder, _SECRET) as port:
        come(port, before, _EARLY)
        crowd = come(port, wanted)
    told = {"Confirmed": PLACES, "Waiting list": PEOPLE - PLACES}
    if crowd.told != told or any(status >= 400 for status in crowd.statuses):
        raise RuntimeError(f"{crowd.told}, {crowd.statuses}")
    return crowd


def _publish(capacity: int | None, now: datetime) -> str:
    day = (now + timedelta(days=30)).date()
    facts = EventFacts(
        titles={"vi": f"Tọa đàm {capacity}"},
        schedule=Schedule(day=day, starts=time(14), ends=time(17), zone="Asia/Ho_Chi_Minh"),
        organizers=("MOFA-VN-DLFA",),
        admits_open_registration=True,
        capacity=capacity,
    )
    slug = editing.create(actor=SYSTEM, command=facts, now=now)
    lifecycle.publish(actor=SYSTEM, slug=slug, now=now)
    return slug


def _folder(cleanup: ExitStack) -> Path:
    return Path(cleanup.enter_context(tempfile.TemporaryDirectory(prefix="bantron-crowd-")))


@contextmanager
def _database(server: str) -> Iterator[str]:
    called = f"bantron_crowd_{os.getpid()}"
    name = sql.Identifier(called)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(name))
        try:
            url = make_url(server).set(database=called)
            yield url.render_as_string(hide_password=False)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


FIGURES = (Figure("crowd", "s", 2.0, p99),)
