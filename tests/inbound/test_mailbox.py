"""The mailbox as a door: each mail is stored before it is put away, and whatever fails stays."""

import re
import sqlite3
import threading

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.inbound import MAX_BYTES, Door
from app.mail import imap, watch
from app.mail.imap_names import quoted
from app.models.inbound import InboundMail
from app.services.inbound import mailbox as doors
from app.services.inbound.ingest import receive
from tests.inbound.mailboxes import contents, put
from tests.plugins import dovecot
from tests.plugins.surroundings import FOUND

ONE = b"Message-ID: <1@example.com>\r\nFrom: a@example.com\r\nSubject: Accepted\r\n\r\nyes\r\n"
OTHER = ONE.replace(b"<1@", b"<2@")
TOKEN = "k" * 44


@pytest.fixture
def taken(request) -> list[tuple[bytes, str]]:
    """What was handed on: mail and envelope recipient."""
    return []


@pytest.fixture
def take(taken):
    return lambda raw, to: taken.append((raw, to))


def _fetch(url, take):
    with imap.opened(url) as mailbox:
        return doors.fetch(mailbox, take=take)


@pytest.mark.databases("sqlite")
def test_what_is_taken_in_lies_among_the_processed_and_is_not_read_again(context, mailbox_url, take, taken):
    put(mailbox_url, ONE, OTHER)
    assert _fetch(mailbox_url, take) == doors.Fetched(taken=2)
    assert [raw for raw, _ in taken] == [ONE, OTHER]
    assert contents(mailbox_url, "INBOX") == []
    assert contents(mailbox_url, "Processed") == [(ONE, {r"\Seen"}), (OTHER, {r"\Seen"})]
    assert _fetch(mailbox_url, take) == doors.Fetched()
    put(mailbox_url, ONE)
    assert _fetch(mailbox_url, take) == doors.Fetched(taken=1)


def test_a_mail_that_is_read_twice_is_stored_once(context, mailbox_url, now):
    """Killed between the commit and the moving away, the worker finds the mail again: at least once."""

    def killed(raw, to):
        receive(raw=raw, envelope_to=to, door=Door.MAILBOX, now=now)
        raise KeyboardInterrupt

    put(mailbox_url, ONE)
    with pytest.raises(KeyboardInterrupt):
        _fetch(mailbox_url, killed)
    assert [raw for raw, _ in contents(mailbox_url, "INBOX")] == [ONE]
    again = lambda raw, to: receive(raw=raw, envelope_to=to, door=Door.MAILBOX, now=now)  # noqa: E731  a name for one line
    assert _fetch(mailbox_url, again) == doors.Fetched(taken=1)
    assert db.session.scalars(sa.select(InboundMail.door)).all() == [Door.MAILBOX]


@pytest.mark.databases("sqlite")
def test_a_mail_that_cannot_be_stored_stays_and_keeps_no_other_from_being_read(context, mailbox_url, taken):
    def choosy(raw, to):
        if raw == ONE:
            raise ValueError("no")
        taken.append((raw, to))

    put(mailbox_url, ONE, OTHER)
    assert _fetch(mailbox_url, choosy) == doors.Fetched(taken=1, left=1)
    assert contents(mailbox_url, "INBOX") == [(ONE, set())]


@pytest.mark.databases("sqlite")
def test_everything_stays_while_the_database_is_away(context, mailbox_url):
    asked = []

    def away(raw, _to):
        asked.append(raw)
        raise sa.exc.OperationalError("BEGIN", None, sqlite3.OperationalError("disk I/O error"))

    put(mailbox_url, ONE, OTHER)
    assert _fetch(mailbox_url, away) == doors.Fetched(left=2)
    assert asked == [ONE]
    assert contents(mailbox_url, "INBOX") == [(ONE, set()), (OTHER, set())]


@pytest.mark.databases("sqlite")
def test_a_mail_that_is_too_large_is_never_fetched_and_stands_out_among_the_processed(
    context, mailbox_url, take, taken, monkeypatch
):
    read = []
    monkeypatch.setattr(imap.Mailbox, "fetch", lambda _self, uid, *, at_most: read.append((uid, at_most)))
    put(mailbox_url, ONE + b"x" * MAX_BYTES)
    assert _fetch(mailbox_url, take) == doors.Fetched(too_large=1)
    assert (read, taken) == ([], [])
    assert [flags for _, flags in contents(mailbox_url, "Processed")] == [{r"\Flagged"}]


@pytest.mark.databases("sqlite")
def test_a_server_that_tells_a_wrong_size_is_not_believed(context, mailbox_url, take, taken, monkeypatch):
    monkeypatch.setattr(imap.Mailbox, "list_waiting", lambda _self: [(1, 10)])
    put(mailbox_url, ONE + b"x" * (2 * MAX_BYTES))
    assert _fetch(mailbox_url, take) == doors.Fetched(too_large=1)
    assert taken == []


@pytest.mark.databases("sqlite")
def test_where_moving_is_impossible_the_mail_is_marked(context, mailbox_url, take, taken, monkeypatch):
    monkeypatch.setattr(imap.Mailbox, "_move", lambda *_arguments: False)
    put(mailbox_url, ONE)
    assert _fetch(mailbox_url, take) == doors.Fetched(taken=1)
    assert contents(mailbox_url, "INBOX") == [(ONE, {r"\Seen", imap.TAKEN})]
    assert _fetch(mailbox_url, take) == doors.Fetched()
    assert len(taken) == 1


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("lacks", [{"MOVE"}, {"MOVE", "UIDPLUS"}])
def test_a_server_that_knows_no_move_gets_a_copy_and_a_deletion(context, mailbox_url, take, lacks):
    put(mailbox_url, ONE)
    with imap.opened(mailbox_url) as mailbox:
        server = mailbox._server
        server.capabilities = tuple(set(server.capabilities) - lacks)
        assert doors.fetch(mailbox, take=take) == doors.Fetched(taken=1)
        assert mailbox.list_waiting() == []
    assert [raw for raw, _ in contents(mailbox_url, "Processed")] == [ONE]
    left = [flags for _, flags in contents(mailbox_url, "INBOX")]
    assert left == ([] if lacks == {"MOVE"} else [{r"\Seen", r"\Deleted"}])


@pytest.mark.databases("sqlite")
def test_a_folder_without_keywords_and_moves_is_read_once_per_connection(
    context, mailbox_url, take, taken, monkeypatch
):
    monkeypatch.setattr(imap.Mailbox, "_move", lambda *_arguments: False)
    monkeypatch.setattr(imap, "_permanent", lambda _server: False)
    put(mailbox_url, ONE)
    with imap.opened(mailbox_url) as mailbox:
        assert doors.fetch(mailbox, take=take) == doors.Fetched(taken=1)
        assert doors.fetch(mailbox, take=take) == doors.Fetched()
    assert contents(mailbox_url, "INBOX") == [(ONE, {r"\Seen"})]


@pytest.mark.databases("sqlite")
def test_the_envelope_is_read_from_what_the_mail_server_wrote(context, mailbox_url, take, taken):
    to = f"bantron+{TOKEN}@localhost"
    put(
        mailbox_url,
        f"Delivered-To: bantron@localhost\r\nX-Original-To: {to}\r\n".encode() + ONE,
        f"Delivered-To: <{to.upper()}>\r\n".encode() + ONE,
        b"Delivered-To: somebody@example.com\r\n" + ONE,
        b"\xff\xfe: broken\r\n\r\nDelivered-To: " + to.encode(),
    )
    _fetch(mailbox_url, take)
    assert [envelope for _, envelope in taken] == [to, to.upper(), "", ""]


def test_a_folder_may_have_a_vietnamese_name(mailbox_url):
    assert quoted("Trả lời & hỏi") == '"Tr&HqM- l&Ht0-i &- h&Hs8-i"'
    assert quoted('a"b\\c') == '"a\\"b\\\\c"'
    folder = "Trả lời"
    put(mailbox_url, ONE, folder=quoted(folder))
    with imap.opened(f"{mailbox_url}/Tr%E1%BA%A3%20l%E1%BB%9Di") as mailbox:
        assert len(mailbox.list_waiting()) == 1


@pytest.mark.parametrize(
    ("part", "other", "words"),
    [
        ("secret", "wrong", "the account test-.* is refused"),
        ("secret", "m%E1%BA%ADt", "the account test-.* is refused"),
        (r":\d+$", ":1", "refused"),
        ("imap:", "imap+starttls:", "certificate"),
    ],
)
def test_what_cannot_be_opened_is_told_in_words(mailbox_url, part, other, words):
    url = re.sub(part, other, mailbox_url)
    with pytest.raises(imap.Unreachable, match=words), imap.opened(url):
        pass


def test_a_folder_that_is_not_there_is_named(mailbox_url):
    with pytest.raises(imap.Unreachable, match="folder Nowhere"), imap.opened(f"{mailbox_url}/Nowhere"):
        pass


def test_the_mailbox_is_read_over_tls(request, mailbox_url, monkeypatch):
    put(mailbox_url, ONE)
    where = request.config.stash[FOUND]["Dovecot"].where
    url, certificate = dovecot.over_tls(where, mailbox_url)
    monkeypatch.setenv("SSL_CERT_FILE", certificate)
    for address in (url, mailbox_url.replace("imap:", "imap+starttls:")):
        with imap.opened(address) as mailbox:
            assert [size for _, size in mailbox.list_waiting()] == [len(ONE)]


def test_a_mail_that_arrives_is_seen_at_once_and_a_fault_ends_nothing(mailbox_url):
    """The watch waits by IDLE; a fault of ours and a broken line lead to a new connection."""
    faults = [RuntimeError("a fault"), imap.Unreachable("broken off")]
    seen, arrived = threading.Semaphore(0), threading.Event()

    def look(mailbox):
        seen.release()
        if faults:
            raise faults.pop()
        if mailbox.list_waiting():
            arrived.set()

    watching = watch.Watch(mailbox_url, look, pause=0.05)
    watching.start()
    try:
        for _ in range(3):
            assert seen.acquire(timeout=30)
        put(mailbox_url, ONE)
        assert arrived.wait(30)  # half of what a poll alone would take at most
    finally:
        watching.stop()
    assert not watching._thread.is_alive()


def test_a_server_without_idle_is_asked_again_after_a_while(mailbox_url):
    with imap.opened(mailbox_url) as mailbox:
        mailbox._server.capabilities = ()
        mailbox.wait(0.01, threading.Event())
        assert mailbox.list_waiting() == []
