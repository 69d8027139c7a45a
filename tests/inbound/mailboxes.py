"""A person's look into a mailbox: what lies where, marked how."""

import imaplib
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit


@contextmanager
def looking(url: str, folder: str = "INBOX") -> Iterator[imaplib.IMAP4]:
    """Open a folder; another one is made when it is missing."""
    parts = urlsplit(url)
    server = imaplib.IMAP4(parts.hostname, parts.port, timeout=30)
    server.login(unquote(parts.username), parts.password)
    if folder != "INBOX":
        server.create(folder)
    assert server.select(folder)[0] == "OK"
    try:
        yield server
    finally:
        server.logout()


def put(url: str, *mails: bytes, folder: str = "INBOX") -> None:
    """Let mails arrive."""
    with looking(url, folder) as server:
        for mail in mails:
            assert server.append(folder, None, None, mail)[0] == "OK"


def contents(url: str, folder: str) -> list[tuple[bytes, set[str]]]:
    """Return the mails of a folder with their flags."""
    with looking(url, folder) as server:
        _, told = server.search(None, "ALL")
        found = [server.fetch(number, "(FLAGS BODY.PEEK[])")[1] for number in told[0].decode().split()]
    return [
        (one[0][1], _flags(b" ".join(part if isinstance(part, bytes) else part[0] for part in one)))
        for one in found
    ]


def _flags(line: bytes) -> set[str]:
    return {flag.decode() for flag in imaplib.ParseFlags(line)} - {r"\Recent"}
