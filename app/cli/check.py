"""`bantron check`: the configuration and the schema, in plain words."""

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import click

from app import site
from app.cli.environment import application
from app.mail import imap
from app.queries import health
from app.services.inbound import mailbox
from config import Settings

_NO_DOOR = (
    "Answers that people give in their calendars do not come home: set BANTRON_IMAP_URL, BANTRON_LISTEN_LMTP "
    "or BANTRON_WEBHOOK_SECRET (docs/operate.md)."
)
_BEYOND = "The listener can be reached from other machines: let the firewall admit your mail server alone."


@click.command()
@click.option("--mailbox", "with_mailbox", is_flag=True, help="Sign in to the mailbox as well.")
def check(with_mailbox: bool) -> None:
    """Check the configuration and the database."""
    with application():
        if not health.has_current_schema():
            raise click.ClickException("The database is not at this version's schema; run `bantron upgrade`.")
        settings = site.settings()
    for sentence in _doors(settings):
        click.echo(sentence)
    if with_mailbox:
        click.echo(_look(settings))
    click.echo("Everything is in order.")


def _doors(settings: Settings) -> Iterator[str]:
    """Say by which ways answers come home."""
    ways = []
    if settings.imap_url:
        parts = urlsplit(settings.imap_url)
        ways.append(f"the mailbox of {unquote(parts.username or '')} at {parts.hostname}")
    if settings.listen_lmtp:
        ways.append(f"the listener at {settings.listen_lmtp}")
    if settings.webhook_secret:
        ways.append(f"the webhook {settings.base_url}/hooks/mail")
    if ways:
        yield f"Answers go to {settings.reply_pattern} and come home by {' and '.join(ways)}."
    else:
        yield _NO_DOOR
    if settings.listen_lmtp and not settings.listen_lmtp.startswith(("unix:", "127.", "[::1]")):
        yield _BEYOND


def _look(settings: Settings) -> str:
    if not settings.imap_url:
        raise click.ClickException("No mailbox is configured: set BANTRON_IMAP_URL.")
    try:
        waiting = mailbox.probe(settings.imap_url)
    except imap.Unreachable as error:
        raise click.ClickException(f"The mailbox cannot be read: {error}.") from error
    return f"The mailbox can be read; mails that wait in it: {waiting}."
