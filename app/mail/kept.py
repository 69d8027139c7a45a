"""Mail that came back, as it is kept: sealed, until it is old."""

from cryptography.fernet import InvalidToken

from app import site
from app.mail.incoming import TooComplex, take_apart
from app.models.inbound import InboundMail
from app.sealed import unseal


def raw(mail: InboundMail) -> bytes | None:
    """Return the mail as it came; None when it is kept no more, or was sealed with a key that is gone."""
    if mail.sealed is None:
        return None
    try:
        return unseal(site.settings().secret_keys, mail.sealed)
    except InvalidToken:
        return None


def text(mail: InboundMail) -> str:
    """Return the beginning of its text part; "" where there is none that can be read safely."""
    content = raw(mail)
    if content is None:
        return ""
    try:
        return take_apart(content).text
    except TooComplex:
        return ""
