"""The product under measurement: the demo on SQLite in a temporary folder, called in this process."""

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

from app import create_app
from app.cli.demo import command as demo
from bench.floor import create_empty, create_floor
from bench.requests import Browser
from config import Settings


@dataclass(frozen=True)
class Product:
    """The demo's application and its addresses."""

    app: Flask
    links: dict[str, Any]

    @property
    def open_event(self) -> str:
        """Return the path of the event that admits open registration: the live one."""
        return next(path for path in map(path_of, self.links["events"]) if self._admits(path))

    def _admits(self, path: str) -> bool:
        return self.app.test_client().get(f"{path}/register").status_code == 200


def settings_of(name: str, *, is_demo: bool = False, **known: str) -> Settings:
    """Return settings for a site without rows: SQLite in a temporary folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix=f"bantron-{name}-"))
    return Settings(
        secret_key="a key of the benchmark, known to everybody",
        base_url="http://localhost",
        database_url=f"sqlite:///{folder / 'bantron.db'}",
        instance=folder,
        demo=is_demo,
        **known,
    )


@cache
def product() -> Product:
    """Return the demo, filled once for all figures."""
    settings = settings_of("demo", is_demo=True)
    demo.prepare(settings)
    app = create_app(settings)
    with app.app_context():
        return Product(app, demo.describe())


@cache
def floor() -> Browser:
    """Return a browser on the floor."""
    return Browser(create_floor(Path(tempfile.mkdtemp(prefix="bantron-floor-"))).wsgi_app)


@cache
def empty() -> Browser:
    """Return a browser on an empty Flask view."""
    return Browser(create_empty().wsgi_app)


def path_of(entry: dict[str, str]) -> str:
    """Return the path of an entry's address."""
    return urlsplit(entry["url"]).path
