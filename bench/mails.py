"""Ten thousand personal invitations: built against bare libraries, delivered against bare smtplib."""

import multiprocessing
import smtplib
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from itertools import islice
from multiprocessing.connection import Connection

import icalendar
import sqlalchemy as sa
from aiosmtpd.controller import Controller

from app import create_app
from app.db import db
from app.domain.mail import MessageKind, MessageState
from app.mail import mime, outbox
from app.mail.compose import Letter, compose
from app.mail.mailbox import free_port
from app.mail.mime import Recipient
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.queries import guest_calendars
from app.services.calendars import scheduling
from app.services.calendars.scheduling import Scheduling
from app.services.invitations import contents
from app.services.mail.deliver import deliver
from app.services.transaction import unit_of_work
from bench import board
from bench.figure import Figure, Measured
from bench.product import settings_of

_NOW = datetime(2027, 8, 1, 2, 0, tzinfo=UTC)
_MANY = 10_000
_SOME = 1_000
_SENDER = ("Bàn Tròn", "bantron@example.vn")


def build() -> Measured:
    """Times the CPU of icalendar and EmailMessage for the same words: entry, letter, MIME."""
    with _ten_thousand_guests() as event:
        built = list(islice(_built(event), _SOME))  # warm, and the words for the bare libraries
        began = time.process_time()
        count = sum(1 for _ in _built(event))
        ours = (time.process_time() - began) / count
    began = time.process_time()
    for letter, told, _ in built:
        _bare(letter, told)
    bare = (time.process_time() - began) / len(built)
    return Measured(ours / bare, f"{bare * 1e3:.2g} ms of icalendar and EmailMessage, {count} invitations")


def memory() -> Measured:
    """Megabytes of objects that are more alive after the last message than after the first thousand."""
    with _ten_thousand_guests() as event:
        tracemalloc.start()
        messages = _built(event)
        before = [tracemalloc.get_traced_memory()[0] for _ in islice(messages, _SOME)][-1]
        count, after = 0, 0
        for _ in messages:
            count, after = count + 1, max(after, tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()
    return Measured((after - before) / 1e6, f"{count} more messages built one after the other")


def delivery() -> Measured:
    """Times smtplib alone on one kept connection, to the same server, the same messages."""
    with _sink() as port:
        app = create_app(settings_of("delivery", smtp_url=f"smtp://127.0.0.1:{port}"))
        with app.app_context():
            messages = _queue(_SOME)
            bare = min(_timed(lambda: _send_bare(port, messages)) for _ in range(2))
            ours = _timed(lambda: deliver(clock=lambda: _NOW))
            left = db.session.scalar(
                sa.select(sa.func.count()).where(OutboxMessage.state != MessageState.SENT)
            )
    if left:
        raise RuntimeError(f"{left} messages were not delivered")
    return Measured(ours / bare, f"{_SOME / bare:.0f} mails a second by smtplib alone, SQLite")


@contextmanager
def _ten_thousand_guests() -> Iterator[Event]:
    app = create_app(settings_of("mails"))
    with app.app_context():
        slug = board.roundtable()
        board.fill(slug)
        yield db.session.scalars(sa.select(Event).filter_by(slug=slug)).one()
        db.session.rollback()


def _built(event: Event) -> Iterator[tuple[Letter, Scheduling, bytes]]:
    """Yield letter, entry and finished message of each guest; nothing of it is stored."""
    programme = contents.programme(db.session(), event)
    numbers = db.session.scalars(sa.select(Invitation.id).where(Invitation.event_id == event.id)).all()
    written_to = {("invitation", number): f"{number}@example.vn" for number in numbers}
    for (_, number), guest in guest_calendars.list_guests(event, written_to):
        with db.session.no_autoflush:
            told = next(scheduling.news(guest, _NOW, asks_again=True), None)
            if told is None:  # who has declined is not asked
                continue
            letter = compose(
                MessageKind.INVITATION, guest.language, contents.of_letter(guest.holder, programme)
            )
        message = mime.build(
            letter,
            sender=_SENDER,
            to=Recipient(told.email, told.name, told.language),
            message_id=f"<{number:032x}@example.vn>",
            at=_NOW,
            calendar=told.part,
        )
        yield letter, told, message
        db.session.expunge(guest.holder)


def _bare(letter: Letter, told: Scheduling) -> bytes:
    """Build the same message with the libraries alone."""
    entry = told.entry
    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamp)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.starts)
    event.add("dtend", entry.ends)
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("location", entry.location)
    event.add("url", entry.url)
    event.add("status", str(entry.status))
    event.add("categories", list(entry.categories))
    organizer = icalendar.vCalAddress(f"mailto:{entry.organizer.address}")
    organizer.params["CN"] = icalendar.vText(entry.organizer.name)
    event.add("organizer", organizer)
    guest = icalendar.vCalAddress(f"mailto:{entry.attendee.address}")
    guest.params["CN"] = icalendar.vText(entry.attendee.name)
    guest.params["PARTSTAT"] = icalendar.vText("NEEDS-ACTION")
    guest.params["RSVP"] = icalendar.vText("TRUE")
    event.add("attendee", guest)
    calendar = icalendar.Calendar()
    for name, value in (("prodid", "-//bare//"), ("version", "2.0"), ("method", "REQUEST")):
        calendar.add(name, value)
    calendar.add_component(event)
    data = calendar.to_ical()
    message = EmailMessage(policy=SMTP)
    message["From"] = f"{_SENDER[0]} <{_SENDER[1]}>"
    message["To"] = told.email
    message["Subject"] = letter.subject
    message["Message-ID"] = "<1@example.vn>"
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    message.add_alternative(
        data,
        maintype="text",
        subtype="calendar",
        params={"method": "REQUEST", "charset": "UTF-8"},
        cte="base64",
    )
    message.add_attachment(data, maintype="application", subtype="ics", filename="invite.ics")
    return message.as_bytes()


def _queue(count: int) -> list[bytes]:
    """Put so many invitations with entries into the outbox; return them as they will leave."""
    slug = board.roundtable()
    board.fill(slug)
    with unit_of_work() as session:
        event = session.scalars(sa.select(Event).filter_by(slug=slug)).one()
        programme = contents.programme(session, event)
        query = sa.select(Invitation).where(Invitation.event_id == event.id).limit(count)
        for invitation in session.scalars(query):
            told = scheduling.of_invitation(invitation, _NOW, asks_again=True)
            outbox.enqueue(
                kind=MessageKind.INVITATION,
                to=Recipient(invitation.email or "", invitation.addressee, invitation.language),
                context=contents.of_letter(invitation, programme),
                now=_NOW,
                event=event,
                invitation=invitation,
                calendar=told[0].part if told else None,
            )
    return [outbox.content(message) for message in db.session.scalars(sa.select(OutboxMessage))]


def _send_bare(port: int, messages: list[bytes]) -> None:
    with smtplib.SMTP("127.0.0.1", port) as server:
        for message in messages:
            server.sendmail(_SENDER[1], ["guest@example.vn"], message)


@contextmanager
def _sink() -> Iterator[int]:
    """Run a mail server that forgets everything in a process of its own."""
    port = free_port()
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_forget, args=(port, theirs), daemon=True)
    process.start()
    ours.recv()
    try:
        yield port
    finally:
        process.kill()


class _Forgetful:
    async def handle_DATA(self, *_: object) -> str:  # noqa: N802  the name aiosmtpd calls
        return "250 taken"


def _forget(port: int, ready: Connection) -> None:
    Controller(_Forgetful(), hostname="127.0.0.1", port=port).start()
    ready.send(True)
    time.sleep(3600)


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


FIGURES = (
    Figure("mail-build", "x bare libraries", 1.67, build),
    Figure("mail-memory", "MB", 10, memory),
    Figure("mail-delivery", "x smtplib", 2.0, delivery),
)
