"""Secret links: one purpose each, revocable, sent again only to the address on file."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import sqlalchemy as sa

from app import site
from app.db import db
from app.domain.errors import NotFound
from app.domain.policy import SYSTEM
from app.domain.tokens import derive
from app.mail import outbox
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.queries import links as behind
from app.services.invitations import letters, links
from tests import guests

pytestmark = pytest.mark.usefixtures("context")


def invitation():
    db.session.rollback()
    return db.session.scalar(sa.select(Invitation).order_by(Invitation.id))


def token(purpose="invitation"):
    row = invitation()
    return derive(site.settings().secret_key, purpose, row.public_id, row.generation)


def sent(now, count=1, **known):
    guests.event()
    made = guests.invited(guests.localities(count, **known), now)
    for public_id in made:
        letters.send(actor=SYSTEM, slug=guests.SLUG, invitation=public_id, now=now)
    return made


def recoveries():
    db.session.rollback()
    return db.session.scalars(sa.select(OutboxMessage).where(OutboxMessage.kind == "new_link")).all()


def test_a_link_has_one_purpose(now):
    sent(now)
    keys = site.settings().secret_keys
    assert behind.get_invitation(token(), keys).public_id == invitation().public_id
    for look_up, purpose in (
        (behind.get_invitation, "delegate"),
        (behind.get_delegate, "invitation"),
        (behind.get_delegate_of_feed, "invitation"),
    ):
        with pytest.raises(NotFound, match="link_invalid"):
            look_up(token(purpose), keys)


def test_a_revoked_link_works_no_more_and_a_new_one_does(now):
    (made,) = sent(now)
    old = token()
    links.revoke(actor=SYSTEM, slug=guests.SLUG, invitation=made, now=now)
    keys = site.settings().secret_keys
    with pytest.raises(NotFound, match="link_invalid"):
        behind.get_invitation(old, keys)
    assert behind.get_invitation(token(), keys).generation == 2


def test_all_open_invitations_go_to_the_address_on_file(now):
    sent(now, count=2, email="Dau.Moi@Example.vn")
    links.request_new(email="dau.moi@example.VN", language="en", now=now)
    (message,) = recoveries()
    assert message.recipient == "Dau.Moi@Example.vn"
    text = (
        message_from_bytes(outbox.content(message), policy=policy.default).get_body(("plain",)).get_content()
    )
    assert [text.count(site.invitation_url(row)) for row in db.session.scalars(sa.select(Invitation))] == [
        1,
        1,
    ]


def test_drafts_and_past_events_are_not_told(now):
    guests.event()
    guests.invited(guests.localities(1, email="a@example.vn"), now)
    links.request_new(email="a@example.vn", language="vi", now=now)
    assert recoveries() == []
    letters.send(actor=SYSTEM, slug=guests.SLUG, invitation=invitation().public_id, now=now)
    links.request_new(email="a@example.vn", language="vi", now=now.replace(month=11))
    assert recoveries() == []


def test_asking_again_within_the_hour_sends_nothing_more(now):
    sent(now, email="a@example.vn")
    for _ in range(3):
        links.request_new(email="a@example.vn", language="vi", now=now)
    assert len(recoveries()) == 1
    links.request_new(email="a@example.vn", language="vi", now=now + timedelta(hours=1))
    assert len(recoveries()) == 2


def test_an_unknown_address_costs_the_same_work_and_leaves_no_mail(now, statements):
    sent(now, email="a@example.vn")
    costs = []
    for email in ("nobody@example.vn", "a@example.vn", "a@example.vn", "x@example.ru"):
        with statements() as seen:
            links.request_new(email=email, language="vi", now=now)
        costs.append(sum(word.startswith(("INSERT", "SELECT")) for word in seen))
    assert max(costs) - min(costs) <= 1
    assert len(recoveries()) == 1
