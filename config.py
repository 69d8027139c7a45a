"""Configuration: a pure function of the environment, parsed to types, failing in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
_MIN_SECRET = 32
_LONGEST_AFFIX = 20
"""Of the 64 characters before the @ (RFC 5321 section 4.5.3.1.1) a token takes 44."""
_T = TypeVar("_T")


class ConfigurationError(Exception):
    """Say in one sentence what is wrong and name the variable."""


def _database_in(folder: object) -> str:
    return f"sqlite:///{folder}/bantron.db"


@dataclass(frozen=True)
class Settings:
    """Everything the application may be told from outside; see OPTIONS for the words."""

    secret_key: str
    base_url: str
    secret_key_fallbacks: tuple[str, ...] = ()
    database_url: str = _database_in(ROOT / "instance")
    smtp_url: str = "smtp://127.0.0.1:25"
    mail_from: tuple[str, str] = ("Bàn Tròn", "bantron@localhost")
    """Name and address of the sender."""
    reply_address: str | None = None
    """Where answers by calendar go, with `{token}` in it; None: to the sender, behind a plus sign."""
    mail_authserv_id: str = ""
    """Name under which our mail server says what it found out about senders (RFC 8601); "": none."""
    imap_url: str | None = None
    """The mailbox that answers arrive in, with its folder as path; None: no mailbox is read."""
    listen_lmtp: str | None = None
    """Where our own listener takes answers: `address:port` or `unix:/path`; None: nowhere."""
    webhook_secret: str | None = None
    """What the provider of the mail signs with; None: there is no webhook."""
    redis_url: str | None = None
    instance: Path = ROOT / "instance"
    office: str = "Bàn Tròn"
    contact: str = ""
    demo: bool = False
    trusted_proxies: int = 0
    testing: bool = False

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """Return the current key, then the older ones that links may still be made with."""
        return (self.secret_key, *self.secret_key_fallbacks)

    @property
    def reply_pattern(self) -> str:
        """Return the address that calendars answer to, `{token}` standing for the guest's secret."""
        local, _, domain = self.mail_from[1].partition("@")
        return self.reply_address or f"{local}+{{token}}@{domain}"

    @property
    def is_https(self) -> bool:
        """Tell whether people reach the site over TLS."""
        return self.base_url.startswith("https://")


@dataclass(frozen=True)
class Option:
    """One environment variable: how it is parsed, and the sentence the README shows."""

    name: str
    field: str
    parse: Callable[[str, str], object]
    help: str


def load(environ: Mapping[str, str]) -> Settings:
    """Return the settings; raise ConfigurationError with one sentence that names the variable."""
    unknown = sorted(
        name
        for name in environ
        if name.startswith("BANTRON_") and name not in _KNOWN and not name.startswith("BANTRON_TEST_")
    )
    if unknown:
        raise ConfigurationError(f"{unknown[0]} is not an option of Bàn Tròn; see the table in README.md.")
    for required in ("BANTRON_SECRET_KEY", "BANTRON_BASE_URL"):
        if not environ.get(required, "").strip():
            raise ConfigurationError(f"{required} is not set.")
    values = {
        option.field: option.parse(option.name, environ[option.name].strip())
        for option in OPTIONS
        if environ.get(option.name, "").strip()
    }
    if "instance" in values and "database_url" not in values:
        values["database_url"] = _database_in(values["instance"])
    return Settings(**values)  # type: ignore[arg-type]  # the parsers are paired with the fields in OPTIONS


def _text(name: str, value: str) -> str:
    if any(ord(char) < 32 for char in value):
        raise ConfigurationError(f"{name} must be one line of text.")
    return value


def _secret(name: str, value: str) -> str:
    if len(value) < _MIN_SECRET or len(set(value)) < 8:
        raise ConfigurationError(
            f"{name} is too weak: give at least {_MIN_SECRET} random characters, for example the output of "
            "`python3 -c 'import secrets; print(secrets.token_urlsafe(48))'`."
        )
    return value


def _secrets(name: str, value: str) -> tuple[str, ...]:
    return tuple(_secret(name, part.strip()) for part in value.split(",") if part.strip())


def _base_url(name: str, value: str) -> str:
    parts = _split(name, value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ConfigurationError(
            f"{name} must be the public address of the site, such as https://toadam.example.vn."
        )
    return value.rstrip("/")


def _url(*schemes: str) -> Callable[[str, str], str]:
    def parse(name: str, value: str) -> str:
        if _split(name, value).scheme not in schemes:
            raise ConfigurationError(
                f"{name} must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}."
            )
        return value

    return parse


def _split(name: str, value: str):  # type: ignore[no-untyped-def]  # SplitResult or SplitResultBytes; only str comes in
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise ConfigurationError(f"{name} is not an address: {error}.") from error
    return parts


def _sender(name: str, value: str) -> tuple[str, str]:
    shown, _, address = value.removesuffix(">").rpartition("<")
    local, _, domain = address.partition("@")
    if (
        not (local and domain and address.isascii())
        or any(char in address for char in ' <>",;')
        or "@" in domain
    ):
        raise ConfigurationError(
            f"{name} must be an address, or a name and an address: Name <name@example.vn>."
        )
    return _text(name, shown.strip()), address


def _reply_address(name: str, value: str) -> str:
    before, mark, after = value.partition("{token}")
    local, _, domain = after.partition("@")
    _, address = _sender(name, f"{before}t{local}@{domain}")
    if not mark or "{" in before + after or len(before + local) > _LONGEST_AFFIX:
        raise ConfigurationError(
            f"{name} must be an address with {{token}} before the @, such as rsvp+{{token}}@example.vn; "
            f"at most {_LONGEST_AFFIX} other characters may stand there."
        )
    return value if address else ""


def _mailbox(name: str, value: str) -> str:
    """Refuse a mailbox without a password, and one whose password would cross a network in clear."""
    value = _url("imaps", "imap+starttls", "imap")(name, value)
    parts = urlsplit(value)
    if not (parts.hostname and parts.username and parts.password):
        raise ConfigurationError(f"{name} must name user, password and server: imaps://user:password@host.")
    if parts.scheme == "imap" and not _is_loopback(parts.hostname):
        raise ConfigurationError(f"{name} may begin with imap:// on this machine only; use imaps://.")
    return value


def _listener(name: str, value: str) -> str:
    if value.startswith("unix:/"):
        return value
    host, _, port = value.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not (_is_address(host) and port.isdecimal() and 0 < int(port) < 65536):
        raise ConfigurationError(f"{name} must be an address and a port, 127.0.0.1:8024, or unix:/path.")
    return value


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_address(host) and ip_address(host).is_loopback)


def _flag(name: str, value: str) -> bool:
    if value.lower() not in {"1", "0", "true", "false", "yes", "no"}:
        raise ConfigurationError(f"{name} must be 1 or 0.")
    return value.lower() in {"1", "true", "yes"}


def _count(name: str, value: str) -> int:
    if not value.isdecimal() or int(value) > 10:
        raise ConfigurationError(f"{name} must be a number from 0 to 10.")
    return int(value)


def _folder(name: str, value: str) -> Path:
    path = Path(value).expanduser().resolve()
    if path.exists() and not path.is_dir():
        raise ConfigurationError(f"{name} must be a folder; {path} is a file.")
    return path


OPTIONS = (
    Option(
        "BANTRON_SECRET_KEY",
        "secret_key",
        _secret,
        "at least 32 random characters; links and sessions depend on it",
    ),
    Option(
        "BANTRON_SECRET_KEY_FALLBACKS",
        "secret_key_fallbacks",
        _secrets,
        "older keys, separated by commas: links made with them stay good",
    ),
    Option("BANTRON_BASE_URL", "base_url", _base_url, "the public address; every link is built from it"),
    Option(
        "BANTRON_DATABASE_URL",
        "database_url",
        _url("sqlite", "postgresql"),
        "SQLite file (default: in the instance folder) or PostgreSQL",
    ),
    Option(
        "BANTRON_SMTP_URL",
        "smtp_url",
        _url("smtp", "smtps", "smtp+starttls"),
        "outgoing mail server, smtp://user:password@host:port",
    ),
    Option("BANTRON_MAIL_FROM", "mail_from", _sender, "sender of every mail, `Name <address>`"),
    Option(
        "BANTRON_REPLY_ADDRESS",
        "reply_address",
        _reply_address,
        "where calendars send answers, `rsvp+{token}@example.vn`; default: the sender, with `+{token}`",
    ),
    Option(
        "BANTRON_MAIL_AUTHSERV_ID",
        "mail_authserv_id",
        _text,
        "name that your mail server writes first in Authentication-Results; without it no sender is proven",
    ),
    Option(
        "BANTRON_IMAP_URL",
        "imap_url",
        _mailbox,
        "mailbox that answers by calendar arrive in, imaps://user:password@host/folder",
    ),
    Option(
        "BANTRON_LISTEN_LMTP",
        "listen_lmtp",
        _listener,
        "where the worker takes answers from your mail server by LMTP or SMTP: 127.0.0.1:8024 or unix:/path",
    ),
    Option(
        "BANTRON_WEBHOOK_SECRET",
        "webhook_secret",
        _secret,
        "at least 32 random characters; with it POST /hooks/mail takes answers from your mail provider",
    ),
    Option(
        "BANTRON_REDIS_URL",
        "redis_url",
        _url("redis", "rediss", "unix"),
        "Redis for rate limits and the doorbell when there are several processes",
    ),
    Option("BANTRON_INSTANCE", "instance", _folder, "folder of what the site keeps beside the database"),
    Option(
        "BANTRON_OFFICE", "office", _text, "name of the office that runs the site, shown in header and mails"
    ),
    Option("BANTRON_CONTACT", "contact", _text, "telephone or address that pages and mails name for help"),
    Option("BANTRON_DEMO", "demo", _flag, "1: demo with caught mail; never in production"),
    Option(
        "BANTRON_TRUSTED_PROXIES",
        "trusted_proxies",
        _count,
        "how many reverse proxies in front may set X-Forwarded-*",
    ),
)
_KNOWN = {option.name for option in OPTIONS}
