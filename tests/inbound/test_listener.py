"""The listener as a door: acknowledged means stored, nothing is relayed, nobody can fill it up."""

import smtplib
import socket
import stat
from contextlib import ExitStack, contextmanager

import pytest
import sqlalchemy as sa

from app import site
from app.db import db
from app.domain.inbound import MAX_BYTES, Door
from app.domain.reply_addresses import is_reply_address
from app.mail import listener
from app.mail.mailbox import free_port
from app.models.inbound import InboundMail
from app.services.inbound.ingest import receive

ONE = b"Message-ID: <1@example.com>\r\nFrom: a@example.com\r\nSubject: Accepted\r\n\r\n.yes\r\n"
TO = f"bantron+{'k' * 44}@localhost"


def _accepts(address):
    return is_reply_address(address, "bantron+{token}@localhost")


@contextmanager
def _listening(take, address=None):
    address = address or f"127.0.0.1:{free_port()}"
    with listener.listening(address, accepts=_accepts, take=take):
        yield address


@contextmanager
def _speaking(speech, address):
    host, _, port = address.rpartition(":")
    with ExitStack() as cleanup:
        server = speech(host, int(port), timeout=30) if host != "unix" else speech(port, 0)
        cleanup.callback(server.close)
        yield server


@pytest.fixture
def taken():
    """What was stored: mail and envelope recipient."""
    return []


@pytest.fixture
def address(taken):
    """Where a listener stores into `taken`."""
    with _listening(lambda raw, to: taken.append((raw, to))) as address:
        yield address


@pytest.mark.parametrize("speech", [smtplib.LMTP, smtplib.SMTP])
def test_a_mail_is_taken_by_lmtp_and_by_smtp(address, taken, speech):
    with _speaking(speech, address) as server:
        assert server.sendmail("guest@example.com", [TO], ONE) == {}
        assert server.sendmail("", [TO.upper()], ONE) == {}
    assert taken == [
        (b"Return-Path: <guest@example.com>\r\n" + ONE, TO),
        (b"Return-Path: <>\r\n" + ONE, TO.upper()),
    ]


def test_a_socket_of_the_machine_serves_as_well(taken, tmp_path):
    path = f"unix:{tmp_path}/lmtp"
    with _listening(lambda raw, to: taken.append(to), path):
        assert stat.S_IMODE((tmp_path / "lmtp").stat().st_mode) == 0o666
        with _speaking(smtplib.LMTP, path) as server:
            server.sendmail("guest@example.com", [TO], ONE)
    assert taken == [TO]


def test_what_is_acknowledged_is_stored(context, now):
    app = context

    def take(raw, to):
        with app.app_context():
            receive(raw=raw, envelope_to=to, door=Door.LISTENER, now=now)

    with _listening(take) as address, _speaking(smtplib.LMTP, address) as server:
        for _ in range(2):
            assert server.sendmail("guest@example.com", [TO], ONE) == {}
    found = db.session.scalars(sa.select(InboundMail)).all()
    assert [(mail.door, mail.envelope_to) for mail in found] == [(Door.LISTENER, TO)]
    assert site.settings().reply_pattern == "bantron+{token}@localhost"


@pytest.mark.parametrize(
    "to", ["bantron@localhost", "victim@example.com", f"x{TO}", "bantron+short@localhost"]
)
def test_nothing_is_relayed(address, taken, to):
    with _speaking(smtplib.SMTP, address) as server, pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        server.sendmail("guest@example.com", [to], ONE)
    assert refusal.value.recipients[to][0] == 550
    assert taken == []


def test_several_recipients_come_one_after_the_other(address, taken):
    other = TO.replace("k", "m")
    with _speaking(smtplib.LMTP, address) as server:
        later = server.sendmail("guest@example.com", [TO, other], ONE)
        assert {to: code for to, (code, _) in later.items()} == {other: 452}
        server.sendmail("guest@example.com", [other], ONE)
    assert [to for _, to in taken] == [TO, other]


def test_a_mail_that_cannot_be_stored_is_asked_for_again():
    def away(_raw, _to):
        raise sa.exc.OperationalError("BEGIN", None, Exception("away"))

    with _listening(away) as address, _speaking(smtplib.LMTP, address) as server:
        with pytest.raises(smtplib.SMTPDataError) as refusal:
            server.sendmail("guest@example.com", [TO], ONE)
        assert refusal.value.smtp_code == 451
        assert b"away" not in refusal.value.smtp_error
        assert server.noop()[0] == 250


def test_a_mail_that_is_too_large_is_refused_before_it_comes_and_when_it_comes(address, taken):
    with _speaking(smtplib.SMTP, address) as server:
        server.ehlo()
        assert server.esmtp_features["size"] == str(MAX_BYTES)
        assert server.mail("guest@example.com", [f"SIZE={MAX_BYTES + 1}"])[0] == 552
        server.mail("guest@example.com")
        server.rcpt(TO)
        assert server.data(ONE + (b"x" * 1000 + b"\r\n") * (MAX_BYTES // 1000))[0] == 552
        server.mail("guest@example.com")
        server.rcpt(TO)
        assert server.data(ONE + b"x" * 20_000)[0] == 250
    assert len(taken) == 1


def test_nobody_can_fill_it_up(address, taken, monkeypatch):
    monkeypatch.setattr(listener, "MOST_CONNECTIONS", 3)
    host, _, port = address.rpartition(":")
    with ExitStack() as cleanup:
        idle = [cleanup.enter_context(socket.create_connection((host, int(port)), 30)) for _ in range(3)]
        assert [one.recv(3) for one in idle] == [b"220"] * 3
        with socket.create_connection((host, int(port)), 30) as refused:
            refused.sendall(b"LHLO x\r\n" * 10)
            assert refused.recv(3) == b"421"
    with _speaking(smtplib.LMTP, address) as server:
        assert server.sendmail("guest@example.com", [TO], ONE) == {}
    assert len(taken) == 1


def test_a_port_that_is_taken_is_told_apart(address, taken):
    with pytest.raises(listener.Taken), _listening(taken.append, address):
        pass
