"""The doorbell wakes the courier through a file, PostgreSQL or Redis, and never gets in the way."""

import gc
import threading
from dataclasses import replace

import pytest
from flask import Flask
from huey.storage import RedisStorage

from app.mail import doorbell
from tests.site import SETTINGS


@pytest.fixture
def rung():
    """Set when somebody answered the doorbell."""
    return threading.Event()


def _house(rung, **settings):
    app = Flask("house")
    doorbell.install(app, rung.set, replace(SETTINGS, testing=False, **settings), each_minute=rung.set)
    return app


def _answers(app, rung):
    with app.app_context():
        doorbell.prepare()
        consumer = doorbell.bell().consumer()
        consumer.start()
        try:
            doorbell.ring()
            return rung.wait(10)
        finally:
            consumer.stop(graceful=True)
            _close(doorbell.bell().huey.storage)


def _close(storage):
    """Close what Huey leaves to the end of the process."""
    storage.close()
    if isinstance(storage, RedisStorage):
        storage.conn.close()
    gc.collect()


@pytest.mark.slow
@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # connections of Huey's own threads
def test_a_ring_wakes_the_courier_on_both_databases(site, rung, tmp_path):
    app = _house(rung, database_url=site.database.url, instance=tmp_path)
    assert _answers(app, rung)


@pytest.mark.slow
def test_a_ring_wakes_the_courier_through_redis(redis_url, rung, tmp_path):
    app = _house(rung, redis_url=redis_url, instance=tmp_path)
    assert _answers(app, rung)


def test_many_rings_ask_for_one_delivery(rung, tmp_path):
    app = _house(rung, database_url="sqlite:///x.db", instance=tmp_path)
    with app.app_context():
        for _ in range(20):
            doorbell.ring()
        assert doorbell.bell().huey.pending_count() == 1


def test_rings_of_one_moment_are_one_ring_and_its_answer_comes_after_them(rung, tmp_path, monkeypatch):
    app, now = _house(rung, database_url="sqlite:///x.db", instance=tmp_path), [100.0]
    monkeypatch.setattr(doorbell, "monotonic", lambda: now[0])
    waited: list[float] = []
    monkeypatch.setattr(doorbell, "sleep", waited.append)
    with app.app_context():
        huey = doorbell.bell().huey
        doorbell.ring()
        huey.execute(huey.dequeue())
        assert (rung.is_set(), waited) == (True, [doorbell.MOMENT])
        doorbell.ring()
        assert huey.pending_count() == 0, "who answers the first looks at what the second tells of, too"
        now[0] += doorbell.MOMENT + 0.01
        doorbell.ring()
        assert huey.pending_count() == 1


def test_a_doorbell_that_is_out_of_order_disturbs_nobody(rung, tmp_path, caplog):
    app = _house(rung, redis_url="redis://127.0.0.1:1/0", instance=tmp_path)
    with app.app_context():
        doorbell.ring()
    assert "mail leaves at the next full minute" in caplog.text
