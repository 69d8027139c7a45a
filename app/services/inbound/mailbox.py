"""Take in what lies in the mailbox: each mail is stored first, then put away."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from email.utils import getaddresses

from sqlalchemy.exc import OperationalError

from app import site
from app.domain.inbound import MAX_BYTES
from app.domain.reply_addresses import is_reply_address
from app.mail import imap

_log = logging.getLogger(__name__)
_HEADERS_BYTES = 64 * 1024


@dataclass
class Fetched:
    """What a look at the mailbox came to: taken in, too large to be read, left for the next look."""

    taken: int = 0
    too_large: int = 0
    left: int = 0


def fetch(mailbox: imap.Mailbox, *, take: Callable[[bytes, str], object]) -> Fetched:
    """Hand every mail that waits to `take` (raw mail, envelope recipient) and put it away.

    A mail that cannot be stored stays where it is; when the database is away, so do all that follow.
    """
    done = Fetched()
    for number, (uid, size) in enumerate(waiting := mailbox.list_waiting()):
        raw = mailbox.fetch(uid, at_most=MAX_BYTES + 1) if size <= MAX_BYTES else b""
        if raw is None:
            continue
        if size > MAX_BYTES or len(raw) > MAX_BYTES:
            mailbox.put_away(uid, for_people=True)
            done.too_large += 1
            continue
        try:
            take(raw, recipient(raw))
        except OperationalError as error:
            _log.warning("the database does not answer, the mailbox waits: %s", error.orig)
            done.left += len(waiting) - number
            break
        except Exception:  # one mail that cannot be stored must not keep the others from being read
            _log.exception("a mail could not be taken in and stays in the mailbox")
            done.left += 1
            continue
        mailbox.put_away(uid)
        done.taken += 1
    return done


def probe(url: str) -> int:
    """Sign in and return how many mails wait; raise imap.Unreachable."""
    with imap.opened(url) as mailbox:
        return len(mailbox.list_waiting())


def recipient(raw: bytes) -> str:
    """Return the address of ours that the mail server delivered to; "" when it does not say."""
    headers = BytesHeaderParser().parsebytes(raw[:_HEADERS_BYTES])
    told = [
        *(headers.get_all("Delivered-To") or ()),
        *(headers.get_all("X-Original-To") or ()),
        *(headers.get_all("Envelope-To") or ()),
    ]
    pattern = site.settings().reply_pattern
    return next((to for _, to in getaddresses(map(str, told)) if is_reply_address(to, pattern)), "")
