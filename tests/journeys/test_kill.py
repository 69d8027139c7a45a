"""SIGKILL at any moment loses no answered form and sends no mail twice by itself."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Timer
from urllib.parse import urlencode, urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask

from app import site
from app.db import db
from app.domain.directory import OrganizationKind
from app.domain.events import EventStatus
from app.domain.invitations import Answer, InvitationState
from app.domain.mail import MessageState
from app.mail.mailbox import free_port
from app.models.directory import Organization
from app.models.events import Event
from app.models.invitations import Invitation, InvitationAnswer
from app.models.mail import OutboxMessage
from app.services import schema
from app.services.transaction import unit_of_work
from tests.mail.server import Postman, listening
from tests.site import SETTINGS, close, make_app

INSTITUTIONS = 40
KILLS = 6
PATIENCE = 90


@dataclass
class Killable:
    """The product as one process, that can be killed and started again."""

    folder: Path
    postman: Postman
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def database_url(self) -> str:
        """Return where its database is."""
        return f"sqlite:///{self.folder / 'bantron.db'}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith("BANTRON_")},
            "BANTRON_SECRET_KEY": SETTINGS.secret_key,
            "BANTRON_BASE_URL": f"http://127.0.0.1:{self.port}",
            "BANTRON_DATABASE_URL": self.database_url,
            "BANTRON_INSTANCE": str(self.folder),
            "BANTRON_SMTP_URL": self.postman.url,
        }
        command = [sys.executable, "-c", "from app.cli import main; main()", "run", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            assert self.process.poll() is None, "it ended by itself"
            assert time.monotonic() < deadline, "it does not answer"
            time.sleep(0.05)

    def kill(self) -> None:
        """Kill it without a word."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def _answers(self) -> bool:
        try:
            return self.ask("GET", "/healthz")[0] == 200
        except OSError:
            return False

    def ask(self, method: str, path: str, body: str = "", cookie: str = "") -> tuple[int, str, str]:
        """Return status, cookie and text of one request; raise OSError or HTTPException."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            return answer.status, (answer.getheader("Set-Cookie") or "").split(";")[0], text
        finally:
            connection.close()

    def accept(self, path: str) -> bool:
        """Answer an invitation as a browser does; tell whether the site acknowledged it."""
        try:
            _, cookie, page = self.ask("GET", path)
            fields = dict(re.findall(r'name="(csrf_token|after)"[^>]*value="([^"]*)"', page))
            if 'value="accepted" checked' in page or fields.get("after"):
                return True
            form = urlencode({**fields, "answer": "accepted", "answered_by": "Văn phòng"})
            return self.ask("POST", path, form, cookie)[0] == 303
        except (OSError, HTTPException):
            return False


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Killable]:
    """The product, and a real mail server beside it."""
    with listening(Postman()) as postman:
        product = Killable(tmp_path, postman)
        yield product
        if product.process and product.process.poll() is None:
            product.kill()


@pytest.fixture
def desk(product: Killable) -> Iterator[Flask]:
    """The same database seen from the test, with institutions that are invited."""
    app = make_app(product.database_url, product.folder)
    with app.app_context():
        schema.upgrade()
        _invite()
        yield app
    close(app)


def _invite() -> None:
    now = datetime.now(UTC)
    with unit_of_work() as session:
        event = Event(
            slug="toa-dam",
            titles={"vi": "Tọa đàm"},
            status=EventStatus.PUBLISHED,
            timezone="Asia/Ho_Chi_Minh",
            starts_at=now + timedelta(days=20),
            ends_at=now + timedelta(days=20, hours=3),
            date=(now + timedelta(days=20)).date(),
            created_at=now,
            changed_at=now,
        )
        session.add(event)
        for number in range(1, INSTITUTIONS + 1):
            organization = Organization(
                code=f"VN-{number}", kind=OrganizationKind.LOCALITY, names={"vi": f"Tỉnh {number}"}
            )
            session.add_all(
                (
                    organization,
                    Invitation(
                        event=event,
                        organization=organization,
                        position=number,
                        state=InvitationState.SENT,
                        email=f"{number}@example.vn",
                        quota=3,
                        created_at=now,
                        sent_at=now,
                    ),
                )
            )


def _settle(product: Killable) -> None:
    """Wait until the outbox has nothing left to do."""
    open_states = (MessageState.QUEUED, MessageState.TRANSMITTING)
    deadline = time.monotonic() + PATIENCE
    while db.session.scalar(sa.select(OutboxMessage.id).where(OutboxMessage.state.in_(open_states))):
        db.session.rollback()
        assert time.monotonic() < deadline, "mail is left lying"
        time.sleep(0.2)


@pytest.mark.slow
def test_sigkill_loses_no_answer_and_repeats_no_mail(product: Killable, desk: Flask) -> None:
    """Forty institutions answer while the process is killed six times."""
    chance = random.Random(20270901)
    waiting = [urlsplit(site.invitation_url(row)).path for row in db.session.scalars(sa.select(Invitation))]
    db.session.rollback()
    deaths = sorted(chance.sample(range(1, INSTITUTIONS - 1), KILLS))
    acknowledged, kills = 0, 0
    product.start()
    while waiting:
        dies = kills < KILLS and acknowledged >= deaths[kills]
        killer = Timer(chance.uniform(0, 0.04), product.kill)  # while the next form is under way, or after it
        if dies:
            killer.start()
        if product.accept(waiting[0]):
            acknowledged += 1
            waiting.pop(0)
        if dies:
            killer.join()
            kills += 1
            product.start()
    assert (acknowledged, kills) == (INSTITUTIONS, KILLS)
    _settle(product)

    answers = Counter(db.session.scalars(sa.select(InvitationAnswer.invitation_id)))
    assert set(answers.values()) == {1}
    assert len(answers) == INSTITUTIONS
    assert set(db.session.scalars(sa.select(InvitationAnswer.answer))) == {Answer.ACCEPTED}

    taken = Counter(str(message_from_bytes(raw)["Message-ID"]) for _, raw in product.postman.taken)
    assert set(taken.values()) == {1}, "a mail was sent twice"
    outbox = {row.message_id: row.state for row in db.session.scalars(sa.select(OutboxMessage))}
    assert len(outbox) == INSTITUTIONS
    assert set(outbox.values()) <= {MessageState.SENT, MessageState.IN_DOUBT}
    sent = {key for key, state in outbox.items() if state is MessageState.SENT}
    assert sent <= set(taken), "written down as sent, but the server never had it"
    assert len(outbox) - len(sent) <= KILLS, "more in doubt than there were kills"
