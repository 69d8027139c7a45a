"""`bantron check`: the configuration and the schema, in plain words."""

import click

from app.cli.environment import application
from app.queries import health


@click.command()
def check() -> None:
    """Check the configuration and the database."""
    with application():
        if not health.has_current_schema():
            raise click.ClickException("The database is not at this version's schema; run `bantron upgrade`.")
    click.echo("Everything is in order.")
