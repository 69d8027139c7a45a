"""Take mail from the office's own mail server, by LMTP (RFC 2033) or SMTP on one port.

It is no relay: it knows the addresses that calendars answer to, and no others. A mail is acknowledged when it
is stored. One recipient at a time: who has several is asked to come again, so that a mail has one envelope.
"""

import asyncio
import errno
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from aiosmtpd.controller import Controller, UnixSocketController
from aiosmtpd.smtp import SMTP, Envelope, Session, syntax

from app.domain.inbound import MAX_BYTES

_log = logging.getLogger(__name__)
MOST_CONNECTIONS = 20
IDLE_SECONDS = 60
_AT_ONCE = 2
"""Mails that are stored at the same time: the database has one writer anyway."""
Take = Callable[[bytes, str], object]
Accepts = Callable[[str], bool]


class Taken(Exception):
    """Somebody else listens there already."""


class _Server(SMTP):
    """One connection: SMTP that understands LHLO as well, within a bounded number of others."""

    line_length_limit = 64 * 1024
    """Of bytes: what mail servers let through is longer than what RFC 5321 allows."""

    def __init__(self, handler: "_Handler", connections: set[SMTP], loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(
            handler,
            data_size_limit=MAX_BYTES,
            enable_SMTPUTF8=True,
            hostname="localhost",
            ident="mail",
            timeout=IDLE_SECONDS,
            loop=loop,
        )
        self._connections = connections
        self._is_in = False

    @syntax("LHLO hostname")
    async def smtp_LHLO(self, hostname: str) -> None:  # noqa: N802  the name aiosmtpd calls
        """Greet as EHLO does."""
        await self.smtp_EHLO(hostname)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # TCP or a UNIX socket
        """Let it in while there is room."""
        self._is_in = len(self._connections) < MOST_CONNECTIONS
        if not self._is_in:
            transport.write(b"421 4.3.2 too many connections, come again\r\n")
            transport.close()
            return
        self._connections.add(self)
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        """Hear who is in."""
        if self._is_in:
            super().data_received(data)

    def eof_received(self) -> bool | None:
        """Close for who is not in, else as usual."""
        return super().eof_received() if self._is_in else False

    def connection_lost(self, error: Exception | None) -> None:
        """Make room."""
        self._connections.discard(self)
        if self._is_in:
            super().connection_lost(error)


class _Handler:
    """What a connection may do: bring one mail to one guest's address."""

    def __init__(self, accepts: Accepts, take: Take, pool: ThreadPoolExecutor) -> None:
        self._accepts, self._take, self._pool = accepts, take, pool

    async def handle_RCPT(  # noqa: N802  the name aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Accept an address of a guest, whether or not it is still good: that is judged with the mail."""
        if not self._accepts(address):
            return "550 5.1.1 no such mailbox here"
        if envelope.rcpt_tos:
            return "452 4.5.3 one recipient at a time"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  the name aiosmtpd calls
        """Acknowledge the mail when it is stored."""
        sender = (envelope.mail_from or "").strip("<>")  # of a bounce it is "<>"
        returns_to = f"Return-Path: <{sender}>\r\n".encode(errors="replace")
        mail = returns_to + (envelope.original_content or b"")
        try:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._pool, self._take, mail, envelope.rcpt_tos[0])
        except Exception:  # whatever it is, the mail server keeps the mail and comes again
            _log.exception("a mail could not be taken in")
            return "451 4.3.0 cannot be stored now, come again"
        return "250 2.0.0 taken in"


@contextmanager
def listening(address: str, *, accepts: Accepts, take: Take) -> Iterator[None]:
    """Listen at `address:port` or `unix:/path` while the context lasts.

    `take` stores a mail (raw, envelope recipient); it runs in threads. Raises Taken, OSError.
    """
    with ThreadPoolExecutor(_AT_ONCE, "listener") as pool:
        handler, path = _Handler(accepts, take, pool), _path(address)
        controller = _OnSocket(handler, unix_socket=str(path)) if path else _on_port(handler, address)
        try:
            controller.start()
        except OSError as error:
            controller.loop.close()
            raise Taken(address) if error.errno == errno.EADDRINUSE else error from error
        try:
            if path:
                path.chmod(0o666)  # as open as a port of the loopback; who may reach it, its folder says
            yield
        finally:
            controller.stop()


class _Bounded:
    """Make servers that know how many there are."""

    handler: _Handler
    loop: asyncio.AbstractEventLoop

    def factory(self) -> _Server:
        """Return a server for one connection."""
        return _Server(self.handler, self._connections, self.loop)

    @cached_property
    def _connections(self) -> set[SMTP]:
        return set()


class _OnPort(_Bounded, Controller):
    """Listen on an address and a port."""


class _OnSocket(_Bounded, UnixSocketController):
    """Listen on a socket of this machine."""


def _on_port(handler: _Handler, address: str) -> _OnPort:
    host, _, port = address.rpartition(":")
    return _OnPort(handler, hostname=host.strip("[]"), port=int(port))


def _path(address: str) -> Path | None:
    return Path(address.removeprefix("unix:")) if address.startswith("unix:") else None
