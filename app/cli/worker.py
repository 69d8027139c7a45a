"""`bantron worker`: deliver mail and take it in, beside web servers of their own."""

import click

from app.cli.doors import open_doors
from app.cli.environment import application
from app.mail import doorbell


@click.command()
def worker() -> None:
    """Deliver mail, and take in what comes back, until told to stop."""
    with application() as site:
        bell = doorbell.bell()
    bell.ring()
    with open_doors(site):
        bell.huey.create_consumer(workers=1, periodic=True, initial_delay=0.05, max_delay=0.5).run()
