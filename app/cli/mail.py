"""`bantron mail`: mail that comes back."""

import json
import sys
from collections import Counter

import click

from app import site
from app.cli.environment import application
from app.domain import clock
from app.domain.inbound import Door, Result
from app.i18n.inbound import result_text
from app.mail import imap
from app.services.inbound import mailbox as mailboxes
from app.services.inbound.ingest import Ingested
from app.services.inbound.ingest import ingest as take_in

_WORDS = {
    Result.APPLY: "recorded",
    Result.HOLD: "waiting for the organiser",
    Result.IGNORE: "nothing to be done",
    Result.REJECT: "not readable",
}


@click.group()
def mail() -> None:
    """Mail that comes back: answers by calendar, bounces."""


@mail.command()
@click.option("--envelope-to", default="", metavar="ADDRESS", help="Recipient in the envelope.")
@click.option("--json", "as_json", is_flag=True, help="Say what became of it as one JSON object.")
@click.option("--dry-run", is_flag=True, help="Decide against the present state, and change nothing.")
def ingest(envelope_to: str, *, as_json: bool, dry_run: bool) -> None:
    """Read one mail on standard input and do what it may do."""
    raw = sys.stdin.buffer.read()
    with application():
        done = take_in(raw=raw, envelope_to=envelope_to, door=Door.COMMAND, now=clock.now(), dry_run=dry_run)
    click.echo(_as_json(done) if as_json else result_text(done.result, done.reason, "en"))


@mail.command()
def fetch() -> None:
    """Read the mailbox once, as the worker does all the time, and say what came of it."""
    became: Counter[Result] = Counter()

    def take(raw: bytes, envelope_to: str) -> None:
        became[take_in(raw=raw, envelope_to=envelope_to, door=Door.MAILBOX, now=clock.now()).result] += 1

    with application():
        url = site.settings().imap_url
        if not url:
            raise click.ClickException("No mailbox is configured: set BANTRON_IMAP_URL.")
        try:
            with imap.opened(url) as mailbox:
                done = mailboxes.fetch(mailbox, take=take)
        except imap.Unreachable as error:
            raise click.ClickException(f"The mailbox cannot be read: {error}.") from error
    for sentence in _sentences(done, became):
        click.echo(sentence)


def _sentences(done: mailboxes.Fetched, became: Counter[Result]) -> list[str]:
    """Return what came of a look at the mailbox, in words."""
    told = ", ".join(f"{became[result]} {words}" for result, words in _WORDS.items() if became[result])
    said = [f"{_mails(done.taken)} taken in: {told}." if done.taken else "Nothing new in the mailbox."]
    if done.too_large:
        said.append(f"{_mails(done.too_large)} too large to be read, flagged in the folder “Processed”.")
    if done.left:
        said.append(f"{_mails(done.left)} could not be stored and left in the mailbox; see the log.")
    return said


def _mails(count: int) -> str:
    return f"{count} mail" if count == 1 else f"{count} mails"


def _as_json(done: Ingested) -> str:
    return json.dumps(
        {
            "result": done.result.value,
            "reason": done.reason,
            "subject": done.subject,
            "answer_after": done.answer_after.value if done.answer_after else None,
        }
    )
