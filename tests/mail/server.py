"""A real mail server on the loopback, with the manners a test asks of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from app.mail.mailbox import free_port


class Postman:
    """Keep what was taken; `answer_recipient` and `answer_data` may refuse by address."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.answer_recipient: Callable[[str], str] = lambda _address: "250 ok"
        self.answer_data: Callable[[str], str] = lambda _address: "250 taken"
        self.port = 0

    @property
    def url(self) -> str:
        """Return its address."""
        return f"smtp://127.0.0.1:{self.port}"

    def recipients(self) -> list[str]:
        """Return who got mail, in order."""
        return [address for address, _ in self.taken]

    async def handle_RCPT(  # noqa: N802  the name aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Answer for this address."""
        answer = self.answer_recipient(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  the name aiosmtpd calls
        """Take the message, or not."""
        answer = self.answer_data(envelope.rcpt_tos[0])
        if answer.startswith("250"):
            self.taken.append((envelope.rcpt_tos[0], envelope.original_content or b""))
        return answer


@contextmanager
def listening(postman: Postman, port: int = 0) -> Iterator[Postman]:
    """Let the postman listen."""
    postman.port = port or free_port()
    server = Controller(postman, hostname="127.0.0.1", port=postman.port)
    server.start()
    try:
        yield postman
    finally:
        server.stop()
