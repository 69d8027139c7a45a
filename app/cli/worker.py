"""`bantron worker`: deliver mail beside web servers of their own."""

import click

from app.cli.environment import application
from app.mail import doorbell


@click.command()
def worker() -> None:
    """Deliver mail until told to stop."""
    with application():
        bell = doorbell.bell()
    bell.ring()
    bell.huey.create_consumer(workers=1, periodic=True, initial_delay=0.05, max_delay=0.5).run()
