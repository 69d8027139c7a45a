"""Speak SMTP: the only place that opens a connection to a mail server."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from app.domain.mail import Outcome

TIMEOUT_SECONDS = 30


class Unreachable(Exception):
    """The server does not answer, or broke off: nothing is known to be wrong with the message."""


@contextmanager
def connection(url: str) -> Iterator[smtplib.SMTP]:
    """Open a connection to `smtp://`, `smtps://` or `smtp+starttls://`; raise Unreachable."""
    try:
        server = _open(url)
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(str(error)) from error
    try:
        yield server
    finally:
        _close(server)


def transmit(
    server: smtplib.SMTP, sender: str, recipient: str, content: bytes, *, before_data: Callable[[], None]
) -> tuple[Outcome, str]:
    """Give one message to the server and return its word; raise Unreachable when the line breaks.

    `before_data` is called when sender and recipient are accepted, right before the content goes out.
    """
    try:
        for code, reply in (server.mail(sender), server.rcpt(recipient)):
            if not 200 <= code < 300:
                server.rset()
                return _judged(code, reply)
        before_data()
        return _judged(*server.data(content))
    except smtplib.SMTPDataError as error:
        return _judged(error.smtp_code, error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(str(error)) from error


def _judged(code: int, reply: bytes | str) -> tuple[Outcome, str]:
    words = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    outcome = Outcome.TAKEN if 200 <= code < 300 else Outcome.REFUSED if code >= 500 else Outcome.LATER
    return outcome, f"{code} {' '.join(words.split())}"


def _open(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host, port = parts.hostname or "127.0.0.1", parts.port
    tls = None if parts.scheme == "smtp" else ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port or 465, timeout=TIMEOUT_SECONDS, context=tls)
    else:
        server = smtplib.SMTP(host, port or 25, timeout=TIMEOUT_SECONDS)
    try:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=tls)
        server.ehlo_or_helo_if_needed()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _close(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()
