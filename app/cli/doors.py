"""The doors by which answers come home: those that are configured are opened beside the deliveries."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import click
from flask import Flask

from app.domain import clock
from app.domain.inbound import Door
from app.domain.reply_addresses import is_reply_address
from app.mail import imap, listener
from app.mail.watch import Watch
from app.services.inbound import mailbox as mailboxes
from app.services.inbound.ingest import receive
from config import Settings

_log = logging.getLogger(__name__)


@contextmanager
def open_doors(site: Flask) -> Iterator[None]:
    """Listen and watch the mailbox while the context lasts; what comes is stored, and read by the worker."""
    settings: Settings = site.extensions["bantron"]
    with ExitStack() as cleanup:
        if settings.listen_lmtp:
            _listen(site, settings, settings.listen_lmtp, cleanup)
        if settings.imap_url:
            watch = Watch(settings.imap_url, lambda mailbox: _take_in(site, mailbox))
            watch.start()
            cleanup.callback(watch.stop)
        yield


def _listen(site: Flask, settings: Settings, address: str, cleanup: ExitStack) -> None:
    def take(raw: bytes, envelope_to: str) -> None:
        with site.app_context():
            _store(raw, envelope_to, Door.LISTENER)

    def accepts(to: str) -> bool:
        return is_reply_address(to, settings.reply_pattern)

    try:
        cleanup.enter_context(listener.listening(address, accepts=accepts, take=take))
    except listener.Taken:
        _log.warning("%s is in use, by another worker as it seems: that one takes the mail in", address)
    except OSError as error:
        raise click.ClickException(
            f"BANTRON_LISTEN_LMTP: {address} cannot be listened at: {error}."
        ) from error


def _take_in(site: Flask, mailbox: imap.Mailbox) -> None:
    with site.app_context():
        mailboxes.fetch(mailbox, take=lambda raw, to: _store(raw, to, Door.MAILBOX))


def _store(raw: bytes, envelope_to: str, door: Door) -> None:
    receive(raw=raw, envelope_to=envelope_to, door=door, now=clock.now())
