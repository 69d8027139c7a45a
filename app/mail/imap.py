"""Speak IMAP: the only place that opens a mailbox.

Nothing is remembered between connections: what lies in the folder and is not marked waits, so that a mailbox
that was moved or rebuilt (another UIDVALIDITY) is read like any other.
"""

import imaplib
import re
import select
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event
from urllib.parse import unquote, urlsplit

from app.mail.imap_names import quoted

TIMEOUT_SECONDS = 30
TAKEN = "BantronTaken"
"""Keyword of a mail that was taken in and could not be moved away."""
_PUT_AWAY = "Processed"
_LOOK_SECONDS = 0.5
_BATCH = 200
_SIZE = re.compile(rb"UID (\d+).* RFC822\.SIZE (\d+)|RFC822\.SIZE (\d+).* UID (\d+)")
_IDLE = b"BT1"


class Unreachable(Exception):
    """The server does not answer, refuses the account or has no such folder."""


class Mailbox:
    """One folder of a mailbox, open on one connection."""

    def __init__(self, server: imaplib.IMAP4, folder: str) -> None:
        self._server, self._folder = server, folder
        self._stuck: set[int] = set()
        """What was taken in but can be neither moved nor marked: not to be read again by this connection."""
        self._marks = _permanent(server)

    def list_waiting(self) -> list[tuple[int, int]]:
        """Return (UID, size in bytes) of every mail that was not taken in yet."""
        unmarked = ("UNKEYWORD", TAKEN) if self._marks else ()
        _, found = self._do("SEARCH", "UNDELETED", *unmarked)
        told = found[0] if isinstance(found[0], bytes) else b""
        uids = [uid for uid in map(int, told.split()) if uid not in self._stuck]
        return [pair for start in range(0, len(uids), _BATCH) for pair in self._sizes(uids[start:][:_BATCH])]

    def fetch(self, uid: int, *, at_most: int) -> bytes | None:
        """Return the first bytes of a mail, unseen as it was; None when it is gone."""
        _, found = self._do("FETCH", str(uid), f"(BODY.PEEK[]<0.{at_most}>)")
        return next((part[1] for part in found if isinstance(part, tuple)), None)

    def put_away(self, uid: int, *, for_people: bool = False) -> None:
        """Move a mail to the folder of what was processed, else mark it; `for_people` lets it stand out."""
        self._do("STORE", str(uid), "+FLAGS.SILENT", r"(\Flagged)" if for_people else r"(\Seen)")
        if not any(self._move(uid, folder) for folder in self._aims()):
            self._mark(uid)

    def wait(self, seconds: float, stop: Event) -> None:
        """Return when something arrives (RFC 2177), after `seconds`, or when told to stop."""
        if "IDLE" not in self._server.capabilities or not self._begin_idle():
            stop.wait(seconds)
            return
        left = seconds
        while left > 0 and not stop.is_set():
            left -= _LOOK_SECONDS
            if self._hears() and b" EXISTS" in self._line():
                break
        self._server.send(b"DONE\r\n")
        while not self._line().startswith(_IDLE):
            pass

    def _sizes(self, uids: list[int]) -> list[tuple[int, int]]:
        _, found = self._do("FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)")
        told = [_SIZE.search(line) for line in found if isinstance(line, bytes)]
        return [(int(one[1] or one[4]), int(one[2] or one[3])) for one in told if one]

    def _aims(self) -> Iterator[str]:
        """Name the folder for what was processed: beside the others, or below ours where it must be."""
        yield _PUT_AWAY
        _, found = self._server.list('""', '""')
        told = re.search(rb'\) "?([^" ])"? ', found[0]) if found and isinstance(found[0], bytes) else None
        if told:
            yield f"{self._folder}{told[1].decode()}{_PUT_AWAY}"

    def _move(self, uid: int, folder: str) -> bool:
        """Move, making the folder when it is missing; tell whether that was possible."""
        if self._tried(uid, folder):
            return True
        made, _ = self._server.create(quoted(folder))
        return made == "OK" and self._tried(uid, folder)

    def _tried(self, uid: int, folder: str) -> bool:
        if "MOVE" in self._server.capabilities:
            return self._do("MOVE", str(uid), quoted(folder), must=False)[0] == "OK"
        if self._do("COPY", str(uid), quoted(folder), must=False)[0] != "OK":
            return False
        self._do("STORE", str(uid), "+FLAGS.SILENT", r"(\Deleted)")
        if (
            "UIDPLUS" in self._server.capabilities
        ):  # else it stays there, deleted: others' mails are not ours to expunge
            self._do("EXPUNGE", str(uid), must=False)
        return True

    def _mark(self, uid: int) -> None:
        self._stuck.add(uid)
        if self._marks:
            self._do("STORE", str(uid), "+FLAGS.SILENT", f"({TAKEN})", must=False)

    def _begin_idle(self) -> bool:
        self._server.send(_IDLE + b" IDLE\r\n")
        while not (line := self._line()).startswith(b"+"):
            if line.startswith(_IDLE):
                return False
        return True

    def _hears(self) -> bool:
        """Look for a moment whether the server speaks; what TLS keeps back is found by the next poll."""
        return bool(select.select([self._server.socket()], [], [], _LOOK_SECONDS)[0])

    def _line(self) -> bytes:
        line: bytes = self._server.readline()
        if not line:
            raise imaplib.IMAP4.abort("the server closed the connection")
        return line

    def _do(
        self, command: str, *words: str, must: bool = True
    ) -> tuple[str, list[bytes | tuple[bytes, bytes]]]:
        said, found = self._server.uid(command, *words)
        if must and said != "OK":
            raise imaplib.IMAP4.error(f"{command} is refused: {found[0]!r}")
        return said, found


@contextmanager
def opened(url: str) -> Iterator[Mailbox]:
    """Open the folder of `imaps://`, `imap+starttls://` or `imap://`; raise Unreachable, also later."""
    try:
        server = _connect(url)
        try:
            _log_in(server, url)
            folder = unquote(urlsplit(url).path.strip("/")) or "INBOX"
            said, words = server.select(quoted(folder))
            if said != "OK":
                raise Unreachable(f"the folder {folder} cannot be opened: {_words(words)}")
            yield Mailbox(server, folder)
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                server.logout()
    except (OSError, imaplib.IMAP4.error, EOFError) as error:
        raise Unreachable(str(error) or type(error).__name__) from error


def _connect(url: str) -> imaplib.IMAP4:
    parts = urlsplit(url)
    host, port = parts.hostname or "127.0.0.1", parts.port
    tls = ssl.create_default_context()
    if parts.scheme == "imaps":
        return imaplib.IMAP4_SSL(host, port or 993, ssl_context=tls, timeout=TIMEOUT_SECONDS)
    server = imaplib.IMAP4(host, port or 143, timeout=TIMEOUT_SECONDS)
    if parts.scheme == "imap+starttls":
        try:
            server.starttls(ssl_context=tls)
        except BaseException:
            with suppress(OSError):
                server.shutdown()
            raise
    return server


def _log_in(server: imaplib.IMAP4, url: str) -> None:
    """Sign in; PLAIN takes any letter, LOGIN only ASCII."""
    parts = urlsplit(url)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    try:
        if "AUTH=PLAIN" in server.capabilities:
            server.authenticate("PLAIN", lambda _said: f"\0{user}\0{password}".encode())
        else:
            server.login(quoted(user), password)
    except (imaplib.IMAP4.error, UnicodeError) as error:
        raise Unreachable(f"the account {user} is refused") from error
    server._get_capabilities()  # servers tell MOVE and IDLE only to whom they know


def _permanent(server: imaplib.IMAP4) -> bool:
    """Tell whether the folder keeps keywords of our own (RFC 3501 section 7.1, PERMANENTFLAGS)."""
    _, told = server.response("PERMANENTFLAGS")
    return bool(told and told[0] and rb"\*" in told[0])


def _words(told: list[bytes | None]) -> str:
    return b" ".join(part for part in told if part).decode(errors="replace")
