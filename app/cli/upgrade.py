"""`bantron upgrade`: bring the database to this version."""

import click

from app.cli.environment import application
from app.services import schema


@click.command()
def upgrade() -> None:
    """Create or upgrade the tables."""
    with application():
        schema.upgrade()
    click.echo("The database is at this version's schema.")
