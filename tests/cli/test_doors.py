"""The doors by which answers come home, as the commands open them and speak of them."""

import logging
import os
import signal
import smtplib
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from app.cli import main
from app.cli.doors import open_doors
from app.db import db
from app.domain.inbound import MAX_BYTES, Door
from app.mail.mailbox import free_port
from app.models.inbound import InboundMail
from tests.inbound.mailboxes import contents, put
from tests.site import SETTINGS, close, make_app

ONE = b"Message-ID: <1@example.com>\r\nFrom: a@example.com\r\nSubject: Accepted\r\n\r\nyes\r\n"
OTHER = ONE.replace(b"<1@", b"<2@")
TO = f"bantron+{'k' * 44}@localhost"


@pytest.fixture
def address() -> str:
    """Where nobody listens yet."""
    return f"127.0.0.1:{free_port()}"


@pytest.fixture
def environment(site, tmp_path):
    """The environment of a command on the site of this test."""
    return {
        "BANTRON_DATABASE_URL": site.database.url,
        "BANTRON_SECRET_KEY": SETTINGS.secret_key,
        "BANTRON_BASE_URL": SETTINGS.base_url,
        "BANTRON_INSTANCE": str(tmp_path),
    }


@pytest.fixture
def bantron(environment):
    """Run a command with further variables."""
    return lambda *words, **more: CliRunner().invoke(main, words, env={**environment, **more})


def _hand_over(address, mail):
    host, _, port = address.rpartition(":")
    with smtplib.LMTP(host, int(port), timeout=30) as server:
        return server.sendmail("guest@example.com", [TO], mail)


def _stored(site):
    with site.app.app_context():
        return sorted(db.session.scalars(sa.select(InboundMail.door)))


def _wait(condition):
    for _ in range(2400):  # machines are busy
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_the_worker_listens_and_watches_the_mailbox(site, tmp_path, address, mailbox_url):
    put(mailbox_url, ONE)
    app = make_app(site.database.url, tmp_path, listen_lmtp=address, imap_url=mailbox_url)
    with open_doors(app):
        assert _hand_over(address, OTHER) == {}
        assert _wait(lambda: contents(mailbox_url, "INBOX") == [])
    close(app)
    assert _stored(site) == [Door.LISTENER, Door.MAILBOX]


@pytest.mark.databases("sqlite")
def test_a_second_worker_leaves_the_listening_to_the_first(site, tmp_path, address, caplog):
    app = make_app(site.database.url, tmp_path, listen_lmtp=address)
    with open_doors(app), caplog.at_level(logging.WARNING), open_doors(app):
        assert f"{address} is in use" in caplog.text
        assert _hand_over(address, ONE) == {}
    close(app)


@pytest.mark.databases("sqlite")
@pytest.mark.slow
def test_the_command_opens_the_doors_and_ends_when_it_is_told(site, environment, address, mailbox_url):
    variables = {"BANTRON_LISTEN_LMTP": address, "BANTRON_IMAP_URL": mailbox_url}
    worker = subprocess.Popen(
        [str(Path(sys.executable).with_name("bantron")), "worker"],
        env={**os.environ, **environment, **variables},
        stderr=subprocess.DEVNULL,
    )
    try:
        assert _wait(lambda: _is_open(address))
        assert _hand_over(address, ONE) == {}
        put(mailbox_url, OTHER)
        assert _wait(lambda: _stored(site) == [Door.LISTENER, Door.MAILBOX])
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(120) == 0
    finally:
        worker.kill()
        worker.wait()


@pytest.mark.databases("sqlite")
def test_the_mailbox_is_read_once_by_command(bantron, mailbox_url):
    assert "set BANTRON_IMAP_URL" in bantron("mail", "fetch").output
    url = {"BANTRON_IMAP_URL": mailbox_url}
    assert bantron("mail", "fetch", **url).output == "Nothing new in the mailbox.\n"
    put(mailbox_url, ONE, OTHER, ONE + b"x" * MAX_BYTES)
    told = bantron("mail", "fetch", **url).output
    assert told.startswith("2 mails taken in: ")
    assert "1 mail too large to be read, flagged in the folder “Processed”." in told
    lost = bantron("mail", "fetch", BANTRON_IMAP_URL=mailbox_url.replace("secret", "wrong"))
    assert (lost.exit_code, "The mailbox cannot be read: the account test-" in lost.output) == (1, True)


@pytest.mark.databases("sqlite")
def test_the_check_says_how_answers_come_home(bantron, mailbox_url):
    assert "do not come home: set BANTRON_IMAP_URL" in bantron("check").output
    doors = {
        "BANTRON_IMAP_URL": mailbox_url,
        "BANTRON_LISTEN_LMTP": "10.0.0.1:24",
        "BANTRON_WEBHOOK_SECRET": SETTINGS.secret_key[::-1],
    }
    told = bantron("check", **doors)
    assert told.exit_code == 0
    assert "come home by the mailbox of test-" in told.output
    assert "and the listener at 10.0.0.1:24 and the webhook http://localhost/hooks/mail." in told.output
    assert "can be reached from other machines" in told.output
    assert "secret@" not in told.output
    assert SETTINGS.secret_key[::-1] not in told.output


@pytest.mark.databases("sqlite")
def test_the_check_signs_in_to_the_mailbox_when_asked(bantron, mailbox_url):
    put(mailbox_url, ONE)
    assert "mails that wait in it: 1." in bantron("check", "--mailbox", BANTRON_IMAP_URL=mailbox_url).output
    wrong = bantron("check", "--mailbox", BANTRON_IMAP_URL=mailbox_url.replace("secret", "wrong"))
    assert (wrong.exit_code, "The mailbox cannot be read" in wrong.output) == (1, True)
    assert bantron("check", "--mailbox").exit_code == 1


def _is_open(address):
    host, _, port = address.rpartition(":")
    try:
        smtplib.LMTP(host, int(port), timeout=5).quit()
    except OSError:
        return False
    return True
