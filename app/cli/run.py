"""`bantron run`: the site and its mail delivery in one process."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from multiprocessing import get_context
from types import FrameType

import click
from flask import Flask
from waitress.server import BaseWSGIServer

from app.cli.demo import command as demo
from app.cli.doors import open_doors
from app.cli.environment import demo_environ, remember_port, settings, start
from app.cli.serving import create_server
from app.mail import doorbell, mailbox
from app.queries import health
from config import Settings


@click.command()
@click.option("--demo", "as_demo", is_flag=True, help="Fill the site with the demo and catch its mail.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), envvar="PORT", default=8000, show_default=True)
def run(as_demo: bool, host: str, port: int) -> None:
    """Serve the site and deliver its mail."""
    configured = settings(demo_environ({**os.environ, "PORT": str(port)}) if as_demo else os.environ)
    with ExitStack() as cleanup:
        if as_demo:
            caught = cleanup.enter_context(mailbox.catching(configured.instance / "mailbox"))
            configured = replace(configured, smtp_url=caught)
            _prepare(configured)
        site = start(configured)
        _require_schema(site)
        server = _bind(site, host, port)
        cleanup.enter_context(_delivering(site))
        cleanup.enter_context(open_doors(site))
        if as_demo:
            remember_port(configured.instance, port)
            with site.app_context():
                demo.print_links()
        click.echo(f"Bàn Tròn listens on {configured.base_url} (Ctrl+C ends it).")
        _serve_until_told(server)


def _prepare(configured: Settings) -> None:
    """Fill the demo in a process of its own: what memory that takes, a third of the site's, goes with it."""
    filling = get_context("spawn").Process(target=_fill, args=(configured,))
    filling.start()
    filling.join()
    if filling.exitcode:
        raise click.exceptions.Exit(1)


def _fill(configured: Settings) -> None:
    try:
        demo.prepare(configured)
    except click.ClickException as refusal:
        refusal.show()
        sys.exit(refusal.exit_code)
    except KeyboardInterrupt:
        sys.exit(1)  # the site, which heard it as well, says that it was stopped


def _require_schema(site: Flask) -> None:
    with site.app_context():
        if not health.has_current_schema():
            raise click.ClickException("The database is not at this version's schema; run `bantron upgrade`.")


def _bind(site: Flask, host: str, port: int) -> BaseWSGIServer:
    try:
        return create_server(site, host=host, port=port)
    except OSError as error:
        raise click.ClickException(
            f"Port {port} is taken; choose another one with PORT={port + 1}."
        ) from error


@contextmanager
def _delivering(site: Flask) -> Iterator[None]:
    with site.app_context():
        bell = doorbell.bell()
    consumer = bell.consumer()
    consumer.start()
    bell.ring()  # what the last process left behind
    try:
        yield
    finally:
        consumer.stop(graceful=True)


def _serve_until_told(server: BaseWSGIServer) -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, stop)
    server.run()
    server.close()
