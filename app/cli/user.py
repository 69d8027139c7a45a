"""`bantron user`: accounts of the desk."""

import click
from email_validator import EmailNotValidError, validate_email

from app.cli.environment import application
from app.domain import clock
from app.domain.accounts import Role
from app.domain.errors import Conflict
from app.domain.languages import INTERFACE
from app.domain.policy import SYSTEM
from app.i18n.wording import error_text
from app.services import accounts


@click.group()
def user() -> None:
    """Accounts of the organiser's desk."""


@user.command()
@click.argument("email")
@click.option("--name", required=True, help="Name as it stands in the history.")
@click.option(
    "--role", type=click.Choice([str(role) for role in Role]), default=str(Role.ORGANIZER), show_default=True
)
@click.option("--language", type=click.Choice(INTERFACE), default="vi", show_default=True)
def add(email: str, name: str, role: str, language: str) -> None:
    """Create an account and print the one-time link that sets its password."""
    try:
        address = validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise click.BadParameter(str(error), param_hint="EMAIL") from error
    with application():
        try:
            link = accounts.add_account(
                actor=SYSTEM, email=address, name=name, role=Role(role), language=language, now=clock.now()
            )
        except Conflict as error:
            raise click.ClickException(error_text(error, "en")) from error
    click.echo(f"The account exists. Its owner sets the password within two days at\n{link}")
