"""The command `bantron`."""

import click

from app.cli import check, directory, mail, run, upgrade, user, worker
from app.cli.demo import command as demo


@click.group()
@click.version_option(package_name="bantron")
def main() -> None:
    """Bàn Tròn: roundtables, invitations, registrations, calendars."""


for command in (
    run.run,
    demo.demo,
    worker.worker,
    upgrade.upgrade,
    user.user,
    check.check,
    directory.directory,
    mail.mail,
):
    main.add_command(command)
