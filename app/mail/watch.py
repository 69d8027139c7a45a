"""Watch the mailbox that answers arrive in, in a thread of its own; whatever happens, the worker goes on."""

import logging
from collections.abc import Callable
from threading import Event, Thread

from app.mail import imap

_log = logging.getLogger(__name__)
POLL_SECONDS = 60
_FIRST_PAUSE = 5
_LONGEST_PAUSE = 300


class Watch:
    """Read what waits, wait for more, connect again with growing pauses when the line breaks."""

    def __init__(
        self, url: str, take_in: Callable[[imap.Mailbox], object], *, pause: float = _FIRST_PAUSE
    ) -> None:
        self._url, self._take_in, self._first_pause = url, take_in, pause
        self._stop = Event()
        self._thread = Thread(target=self._run, name="mailbox", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, after the mail that is being taken in."""
        self._stop.set()
        self._thread.join(imap.TIMEOUT_SECONDS)

    def _run(self) -> None:
        self._pause = self._first_pause
        while not self._stop.is_set():
            try:
                self._read()
            except imap.Unreachable as error:
                _log.warning("the mailbox cannot be reached: %s", error)
            except Exception:  # a fault of ours must not end the deliveries of the same process
                _log.exception("reading the mailbox failed")
            self._stop.wait(self._pause)
            self._pause = min(self._pause * 2, _LONGEST_PAUSE)

    def _read(self) -> None:
        with imap.opened(self._url) as mailbox:
            while not self._stop.is_set():
                self._take_in(mailbox)
                self._pause = self._first_pause
                mailbox.wait(POLL_SECONDS, self._stop)
