"""`bantron mail`: mail that comes back."""

import json
import sys

import click

from app.cli.environment import application
from app.domain import clock
from app.domain.inbound import Door
from app.i18n.inbound import result_text
from app.services.inbound.ingest import Ingested
from app.services.inbound.ingest import ingest as take_in


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


def _as_json(done: Ingested) -> str:
    return json.dumps(
        {
            "result": done.result.value,
            "reason": done.reason,
            "subject": done.subject,
            "answer_after": done.answer_after.value if done.answer_after else None,
        }
    )
