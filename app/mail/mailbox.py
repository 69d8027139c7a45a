"""The caught mail of the demo: a mail server on the loopback that keeps every message as a file."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from pathlib import Path
from time import time_ns

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

PAGE = 50
_SUFFIX = ".eml"


@dataclass(frozen=True)
class Caught:
    """A message that was sent, as its recipient has it."""

    name: str
    message: EmailMessage

    @property
    def sent_at(self) -> datetime:
        """Return the date of its header."""
        at: datetime = self.message["Date"].datetime
        return at

    def words(self, header: str) -> str:
        """Return a header in words; the parser of Python 3.11 leaves blanks in an encoded name."""
        written = dict(self.message.raw_items()).get(header, "")
        return str(make_header(decode_header(written)))

    def body(self, kind: str) -> str:
        """Return its "plain" or "html" part."""
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part else ""

    def attachments(self) -> list[tuple[str, str, bytes]]:
        """Return (file name, type, content) of each attachment."""
        return [
            (part.get_filename() or "", part.get_content_type(), _content(part))
            for part in self.message.iter_attachments()
        ]


class _Keeper:
    """Write each message to a file; the name sorts by time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_RCPT(  # noqa: N802  the name aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Refuse the address that the demo knows to be lost."""
        if address.startswith("lost@"):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  the name aiosmtpd calls
        """Keep the message, and take it only when it is kept."""
        part = self._folder / f"{time_ns()}.part"
        part.write_bytes(envelope.original_content or b"")
        part.rename(part.with_suffix(_SUFFIX))
        return "250 kept"


@contextmanager
def catching(folder: Path, *, port: int = 0) -> Iterator[str]:
    """Run the mail server and yield its address, `smtp://127.0.0.1:port`."""
    folder.mkdir(parents=True, exist_ok=True)
    server = Controller(_Keeper(folder), hostname="127.0.0.1", port=port or free_port())
    server.start()
    try:
        yield f"smtp://127.0.0.1:{server.port}"
    finally:
        server.stop()


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        number: int = probe.getsockname()[1]
        return number


def list_caught(folder: Path, *, page: int = 1) -> list[Caught]:
    """Return a page of the caught messages, the newest first, with their headers alone."""
    paths = sorted(folder.glob(f"*{_SUFFIX}"), reverse=True)[(page - 1) * PAGE : page * PAGE]
    parse = BytesHeaderParser(policy=policy.default).parsebytes
    return [Caught(path.stem, parse(path.read_bytes())) for path in paths]


def count_caught(folder: Path) -> int:
    """Return how many messages were caught."""
    return sum(1 for _ in folder.glob(f"*{_SUFFIX}"))


def find_raw(folder: Path, name: str) -> bytes | None:
    """Return the bytes of one message."""
    path = folder / f"{name}{_SUFFIX}"
    return path.read_bytes() if name.isdecimal() and path.is_file() else None


def find_caught(folder: Path, name: str) -> Caught | None:
    """Return one message."""
    return None if find_raw(folder, name) is None else _read(folder / f"{name}{_SUFFIX}")


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _read(path: Path) -> Caught:
    return Caught(path.stem, message_from_bytes(path.read_bytes(), policy=policy.default))
