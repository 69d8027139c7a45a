"""`bantron directory`: load the data files, bring in a file of one's own, search."""

from collections.abc import Sequence
from pathlib import Path

import click

from app.cli.environment import application
from app.documents import directory as files
from app.domain import clock
from app.domain.errors import InvalidInput
from app.domain.languages import in_language
from app.domain.organizations import Facts
from app.domain.policy import SYSTEM
from app.i18n.wording import error_text
from app.queries import directory as reads
from app.services.directory.load import LoadReport, load


@click.group()
def directory() -> None:
    """The directory of organisations."""


@directory.command("load")
def load_own() -> None:
    """Load the project's own data files; a second time it changes nothing."""
    with application():
        _report(_load(files.read_own_organizations(), with_sectors=True))


@directory.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--preview", is_flag=True, help="Say what it would do and do nothing.")
def import_file(file: Path, *, preview: bool) -> None:
    """Bring organisations in from a CSV file with the columns of the project's own."""
    with application():
        try:
            facts = files.read_organizations(file.read_bytes(), file.name)
        except InvalidInput as fault:
            raise click.ClickException(error_text(fault, "en")) from fault
        _report(_load(facts, preview=preview))


@directory.command()
@click.argument("text")
def search(text: str) -> None:
    """Find organisations by name, alias or code; diacritics do not matter."""
    with application():
        found = reads.search(text)
        for organization in found:
            until = f" (until {organization.valid_to})" if organization.valid_to else ""
            click.echo(f"{organization.code:16} {in_language(organization.names, 'vi')}{until}")
        if not found:
            raise click.ClickException(f"Nothing in the directory begins like “{text}”.")


def _load(facts: Sequence[Facts], *, with_sectors: bool = False, preview: bool = False) -> LoadReport:
    with click.progressbar(length=len(facts), label="Organisations") as bar:
        try:
            return load(
                actor=SYSTEM,
                organizations=facts,
                sectors=files.read_sectors() if with_sectors else (),
                now=clock.now(),
                progress=lambda _done, _all: bar.update(1),
                preview=preview,
            )
        except InvalidInput as fault:
            raise click.ClickException(error_text(fault, "en")) from fault


def _report(report: LoadReport) -> None:
    click.echo(f"{report.new} new, {report.changed} changed, {report.same} the same.")
    for code, names in report.kept.items():
        click.echo(f"{code}: kept as edited by people: {', '.join(names)}")
