"""The doorbell and the clock: Huey wakes the courier after a commit, at a later moment, and every minute.

The same clock sees to it that what has run out by then is taken back.

Huey may lose a ring; the outbox is the truth, and the clock finds what a lost ring left behind.
"""

import logging
import math
from collections.abc import Callable
from time import monotonic, sleep
from typing import Any, Final

from flask import Flask, current_app
from huey import Huey, MemoryHuey, PostgresHuey, RedisHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from huey.storage import PostgresStorage

from config import Settings

_log = logging.getLogger(__name__)
_EXTENSION = "bantron-doorbell"
MOMENT: Final = 0.7
"""Seconds between a ring and its answer."""


class Doorbell:
    """A bell that any process may ring and one consumer answers."""

    def __init__(self, huey: Huey, answer: Callable[[], None], each_minute: Callable[[], None]) -> None:
        self.huey = huey
        self._rung_at = -math.inf
        self._deliver = huey.task(name="deliver")(_in_a_moment(answer))
        huey.periodic_task(crontab(minute="*"), name="lapse")(each_minute)
        huey.periodic_task(crontab(minute="*"), name="sweep")(answer)

    def ring(self, *, after_seconds: float = 0) -> None:
        """Ask for a delivery; a bell that is out of order is no error, for the clock comes by.

        Who answers waits a moment, so one ring is enough for all that is committed in that moment.
        """
        now = monotonic()
        try:
            if after_seconds:
                self._deliver.schedule(delay=after_seconds)
            elif now > self._rung_at + MOMENT and self.huey.pending_count() == 0:
                self._deliver()
                self._rung_at = now
        except Exception:  # Redis lost, disk full: the outbox has the message all the same
            _log.warning("the doorbell is out of order; mail leaves at the next full minute", exc_info=True)

    def consumer(self) -> Consumer:
        """Return the one who answers: one worker thread, and the clock."""
        return _Embedded(self.huey, workers=1, periodic=True, initial_delay=0.05, max_delay=0.5)


def _in_a_moment(answer: Callable[[], None]) -> Callable[[], None]:
    """Return the answer to a ring: under a crowd a few of them, not one after every registration."""

    def answered() -> None:
        sleep(MOMENT)
        answer()

    return answered


class _Embedded(Consumer):  # type: ignore[misc]  # huey is untyped
    """A consumer that lives in somebody else's process and leaves its signals alone."""

    def _set_signal_handlers(self) -> None:
        """Leave the signals to the process."""


def _make_huey(settings: Settings) -> Huey:
    """Return the queue for these settings: Redis, else PostgreSQL, else a file beside the database."""
    options: dict[str, Any] = {"results": False}
    if settings.testing:
        return MemoryHuey("bantron", **options)
    if settings.redis_url:
        return RedisHuey("bantron", url=settings.redis_url, **options)
    if settings.database_url.startswith("postgresql"):
        dsn = settings.database_url.replace("+psycopg", "")
        return PostgresHuey("bantron", dsn=dsn, create_tables=False, **options)  # see prepare()
    settings.instance.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("bantron", filename=str(settings.instance / "doorbell.db"), **options)


def install(
    app: Flask, answer: Callable[[], None], settings: Settings, *, each_minute: Callable[[], None]
) -> None:
    """Hang the doorbell beside the application; `answer` is what a ring sets off, as the clock does."""
    app.extensions[_EXTENSION] = Doorbell(_make_huey(settings), answer, each_minute)


def prepare() -> None:
    """Make the queue's tables in PostgreSQL; the upgrade does it, for two web processes would collide."""
    storage = bell().huey.storage
    if isinstance(storage, PostgresStorage):
        storage.initialize_schema()


def ring(*, after_seconds: float = 0) -> None:
    """Ring the doorbell of the running application."""
    bell().ring(after_seconds=after_seconds)


def bell() -> Doorbell:
    """Return the doorbell of the running application."""
    found: Doorbell = current_app.extensions[_EXTENSION]
    return found
