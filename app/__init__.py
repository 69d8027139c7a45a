"""Bàn Tròn: event management and RSVP for online roundtables."""

from collections.abc import Callable
from pathlib import Path

from flask import Flask

from app import models  # noqa: F401  registers the tables
from app.db import db as database
from app.db import engine_options
from app.domain import clock
from app.mail import doorbell
from app.services.directory import work
from app.services.imports import drafts
from app.services.inbound import ingest, retention
from app.services.mail.deliver import deliver
from app.services.registrations import offers, reservations
from app.web import wiring
from config import Settings

ROOT = Path(__file__).resolve().parents[1]


def create_app(settings: Settings) -> Flask:
    """Return the application for these settings: the only wiring place."""
    flask = Flask("app", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "app" / "static"))
    flask.extensions["bantron"] = settings
    flask.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
    )
    database.init_app(flask)
    doorbell.install(flask, _in_context(flask, _answer), settings, each_minute=_in_context(flask, _lapse))
    wiring.install(flask, settings)
    return flask


def _answer() -> None:
    """Do what the doorbell asks for."""
    ingest.work_off(clock=clock.now)
    deliver(clock=clock.now)
    work.work_off(now=clock.now())  # last: a large import takes seconds, and mail shall not wait for it


def _lapse() -> None:
    """Take back what was kept until now."""
    offers.expire_due(now=clock.now())
    reservations.release_lapsed(now=clock.now())
    drafts.sweep(now=clock.now())
    retention.sweep(now=clock.now())


def _in_context(flask: Flask, act: Callable[[], None]) -> Callable[[], None]:
    """Return the act as one that brings a context of its own."""

    def done() -> None:
        with flask.app_context():
            act()

    return done
