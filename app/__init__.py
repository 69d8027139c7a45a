"""Bàn Tròn: event management and RSVP for online roundtables."""

from collections.abc import Callable
from pathlib import Path

from flask import Flask

from app import models  # noqa: F401  registers the tables
from app.db import db as database
from app.db import engine_options
from app.domain import clock
from app.mail import doorbell
from app.services.mail.deliver import deliver
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
    doorbell.install(flask, _answer(flask), settings)
    wiring.install(flask, settings)
    return flask


def _answer(flask: Flask) -> Callable[[], None]:
    """Return what the doorbell sets off: a delivery in a context of its own."""

    def answer() -> None:
        with flask.app_context():
            deliver(clock=clock.now)

    return answer
