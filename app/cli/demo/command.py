"""`bantron demo`: fill the site through its own use-cases, and say where to look."""

import fcntl
import hmac
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
from flask import Flask
from sqlalchemy import make_url

from app import site
from app.cli.demo import archive, focal_points, live, upkeep
from app.cli.environment import demo_environ, settings, start
from app.documents import directory as files
from app.domain import clock
from app.domain.accounts import Role
from app.domain.event_facts import EventCriteria
from app.domain.languages import in_language
from app.domain.policy import SYSTEM
from app.queries import accounts as people
from app.queries import events, invitations, registrations
from app.services import accounts, schema
from app.services.directory.load import load
from config import Settings

ORGANIZER = "bantochuc@demo.example"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of words.")
def demo(as_json: bool) -> None:
    """Fill the demo, if it is not yet, and print its links."""
    configured = settings(demo_environ())
    prepare(configured)
    with start(configured).app_context():
        if as_json:
            click.echo(json.dumps(describe(), ensure_ascii=False, indent=2))
        else:
            print_links()


def prepare(configured: Settings) -> None:
    """Make the demo's database when there is none yet: whole, or not at all.

    It is filled under another name and renamed when complete; a second process waits and finds it there.
    """
    with _alone(configured.instance):
        final = _file(configured)
        if final is None or final.exists():
            with _opened(configured):
                _fill_once()
            return
        part = final.with_name(f"{final.name}.part")
        _remove(part)
        with _opened(replace(configured, database_url=f"sqlite:///{part}")):
            _fill_once()
        part.rename(final)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _opened(configured: Settings) -> Iterator[Flask]:
    flask = start(configured)
    with flask.app_context():
        yield flask
        schema.disconnect()


def _file(configured: Settings) -> Path | None:
    url = make_url(configured.database_url)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def _fill_once() -> None:
    """Fill the site; one that has an organiser of the demo is complete."""
    schema.upgrade()
    if people.find_by_email(ORGANIZER):
        return
    now = clock.now()
    click.echo("Filling the demo …", err=True)
    facts = files.read_own_organizations()
    with click.progressbar(length=len(facts), label="Organisations", file=sys.stderr) as bar:
        load(
            actor=SYSTEM,
            organizations=facts,
            sectors=files.read_sectors(),
            now=now,
            progress=lambda _done, _all: bar.update(1),
        )
    focal_points.build(day=now.date(), now=now)
    archive.build(now=now)
    live.build(now=now)
    upkeep.build(now=now)
    accounts.add_account(
        actor=SYSTEM,
        email=ORGANIZER,
        name="Nguyễn Thị Hà",
        role=Role.ADMINISTRATOR,
        language="vi",
        now=now,
        password=_password(),
    )


def _password() -> str:
    """Return the demo's password: derived from the key of this copy, so no two copies share one."""
    return hmac.new(site.settings().secret_key.encode(), b"demo organizer", sha256).hexdigest()[:16]


def describe() -> dict[str, Any]:
    """Return the addresses of the demo, as PRODUCT.md's stable surface promises them."""
    shown = events.list_events(SYSTEM, EventCriteria(), now=clock.now())
    upcoming = next(event for event in shown if event.admits_open_registration)
    return {
        "base_url": site.settings().base_url,
        "organizer": {"url": site.url("/organizer/"), "email": ORGANIZER, "password": _password()},
        "events": [
            {
                "slug": event.slug,
                "title": in_language(event.titles, "vi"),
                "url": site.event_url(event.slug),
                "ics": site.event_file_url(event.slug) if event.date else None,
            }
            for event in shown
        ],
        "focal_points": [
            {
                "organization": in_language(invitation.organization.names, "vi"),
                "url": site.invitation_url(invitation),
            }
            for invitation in invitations.list_sent(upcoming)
        ],
        "delegates": [
            {
                "name": delegate.person.full_name,
                "url": site.delegate_url(delegate),
                "ics": site.delegate_file_url(delegate),
            }
            for delegate in registrations.list_confirmed(upcoming)
        ],
        "mailbox": site.url("/mailbox"),
    }


def print_links() -> None:
    """Print the three ways in, and where the caught mail is."""
    told = describe()
    organizer, focal_point, delegate = told["organizer"], told["focal_points"][0], told["delegates"][0]
    click.echo(
        "\n".join(
            (
                "",
                f"Public page     {told['base_url']}/",
                f"Organiser       {organizer['url']}",
                f"                {organizer['email']}  {organizer['password']}",
                f"Focal point     {focal_point['url']}",
                f"                ({focal_point['organization']})",
                f"Delegate        {delegate['url']}",
                f"                ({delegate['name']})",
                f"Caught mail     {told['mailbox']}",
                "",
            )
        )
    )
