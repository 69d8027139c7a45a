"""The application as the environment configures it, for commands."""

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask

import config
from app import create_app

_KEY_FILE = "secret_key"
_PORT_FILE = "demo_port"


@contextmanager
def application(environ: Mapping[str, str] = os.environ) -> Iterator[Flask]:
    """Enter the application's context; a wrong configuration ends the command with one sentence.

    Where nothing is configured and the folder holds a demo, that is meant, and said. The connections to the
    database are closed when the command is done.
    """
    if not environ.get("BANTRON_SECRET_KEY") and (kept := _folder(environ) / _KEY_FILE).is_file():
        click.echo(f"Nothing is configured: this is about the demo in {kept.parent}.", err=True)
        environ = demo_environ(environ)
    with start(settings(environ)).app_context() as context:
        try:
            yield context.app
        finally:
            database = context.app.extensions["sqlalchemy"]
            database.session.remove()
            database.engine.dispose()


def start(configured: config.Settings) -> Flask:
    """Return the application for these settings."""
    return create_app(configured)


def settings(environ: Mapping[str, str] = os.environ) -> config.Settings:
    """Return the settings of the environment; a wrong one ends the command with one sentence."""
    try:
        return config.load(environ)
    except config.ConfigurationError as error:
        raise click.ClickException(str(error)) from error


def demo_environ(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment of the demo: what is not set is chosen, the key is made once and kept."""
    folder = _folder(environ)
    chosen = {
        "BANTRON_BASE_URL": f"http://127.0.0.1:{environ.get('PORT') or _last_port(folder)}",
        "BANTRON_OFFICE": "Cục Ngoại vụ, Bộ Ngoại giao",
        "BANTRON_MAIL_FROM": "Cục Ngoại vụ, Bộ Ngoại giao <toadam@demo.example>",
        "BANTRON_CONTACT": "toadam@demo.example",
        **environ,
        "BANTRON_DEMO": "1",
    }
    if not chosen.get("BANTRON_SECRET_KEY"):
        chosen["BANTRON_SECRET_KEY"] = _kept_secret(folder / _KEY_FILE)
    return chosen


def _folder(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("BANTRON_INSTANCE") or config.ROOT / "instance")


def remember_port(folder: Path, port: int) -> None:
    """Let `bantron demo` name the port at which the demo was served last."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _PORT_FILE).write_text(f"{port}\n")


def _last_port(folder: Path) -> str:
    try:
        kept = (folder / _PORT_FILE).read_text().strip()
    except FileNotFoundError:
        kept = ""
    return kept if kept.isdecimal() else "8000"


def _kept_secret(path: Path) -> str:
    """Return the key of the file; make it when there is none, so that two commands agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:  # noqa: PTH123  created with its mode
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text().strip()
