"""Letters of invitation: drafts until one act releases them; the words that the recipient reads."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import sqlalchemy as sa

from app import site
from app.db import db
from app.domain.errors import Conflict, NotAllowed, NotFound
from app.domain.events import EventStatus
from app.domain.invitations import CommonTerms, GuestFilters, InvitationState
from app.domain.mail import MessageKind, MessageState
from app.domain.policy import SYSTEM
from app.mail import outbox
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.queries import events
from app.queries import invitations as guests_of
from app.services.invitations import letters, links, terms, undeliverable
from app.services.mail import release as decisions
from app.services.transaction import unit_of_work
from tests import guests

pytestmark = pytest.mark.usefixtures("context")


def prepare(now, **chosen):
    return letters.prepare(actor=SYSTEM, slug=guests.SLUG, now=now, **chosen)


def release(expected, now):
    return letters.release(actor=SYSTEM, slug=guests.SLUG, expected=expected, now=now)


def outgoing():
    db.session.rollback()
    return db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id)).all()


def states():
    db.session.rollback()
    return list(db.session.scalars(sa.select(Invitation.state).order_by(Invitation.position)))


def mail(message):
    parsed = message_from_bytes(outbox.content(message), policy=policy.default)
    return (
        parsed["Subject"],
        parsed.get_body(("plain",)).get_content(),
        parsed.get_body(("html",)).get_content(),
    )


def test_drafts_wait_until_one_act_sends_them_all(now):
    guests.event()
    guests.invited(guests.localities(3), now)
    assert prepare(now) == letters.Prepared(letters=3, without_email=())
    assert {message.state for message in outgoing()} == {MessageState.DRAFT}
    assert states() == [InvitationState.DRAFT] * 3
    assert release(3, now) == 3
    assert {message.state for message in outgoing()} == {MessageState.QUEUED}
    assert states() == [InvitationState.SENT] * 3
    with pytest.raises(Conflict, match="letters_changed"):
        release(3, now)


def test_preparing_twice_leaves_one_letter_each(now):
    guests.event()
    guests.invited(guests.localities(3), now)
    prepare(now)
    prepare(now)
    assert len(outgoing()) == 3


def test_institutions_without_an_address_are_named(now):
    guests.event()
    ids = guests.store(
        guests.organization("VN-25", "Quảng Trị", email=None), guests.organization("VN-30", "Gia Lai")
    )
    guests.invited(ids, now)
    assert prepare(now) == letters.Prepared(letters=1, without_email=("Quảng Trị",))


def test_the_button_sends_the_number_that_it_names(now):
    guests.event()
    guests.invited(guests.localities(2), now)
    prepare(now)
    with pytest.raises(Conflict) as refusal:
        release(61, now)
    assert (refusal.value.code, refusal.value.params) == ("letters_changed", {"n": 2})
    assert states() == [InvitationState.DRAFT] * 2


def test_letters_of_a_changed_roundtable_do_not_leave(now):
    guests.event()
    guests.invited(guests.localities(1), now)
    prepare(now)
    with unit_of_work() as session:
        session.execute(sa.update(Event).values(changed_at=now + timedelta(minutes=1)))
    with pytest.raises(Conflict, match="letters_outdated"):
        release(1, now + timedelta(minutes=2))
    prepare(now + timedelta(minutes=3))
    assert release(1, now + timedelta(minutes=4)) == 1


def test_letters_of_a_draft_do_not_leave(now):
    guests.event(status=EventStatus.DRAFT)
    (only,) = guests.invited(guests.localities(1), now)
    prepare(now)
    with pytest.raises(Conflict, match="event_not_published"):
        release(1, now)
    with pytest.raises(Conflict, match="event_not_published"):
        letters.send(actor=SYSTEM, slug=guests.SLUG, invitation=only, now=now)


def test_a_change_of_terms_or_link_takes_the_prepared_letter_back(now):
    guests.event()
    first, second, _third = guests.invited(guests.localities(3), now)
    prepare(now)
    terms.change_many(
        actor=SYSTEM, slug=guests.SLUG, invitations=[first], command=CommonTerms(quota=5), now=now
    )
    links.revoke(actor=SYSTEM, slug=guests.SLUG, invitation=second, now=now)
    assert len(outgoing()) == 1


def test_163_letters_take_few_statements(now, statements):
    guests.event()
    guests.invited([*guests.localities(63), *guests.missions(100)], now)
    with statements() as sent:
        assert prepare(now).letters == 163
    assert len(sent) < 30
    with statements() as sent:
        release(163, now)
    assert len(sent) < 20


def test_a_letter_says_what_is_asked_until_when_and_where(now):
    event = guests.event(
        purposes={"vi": "Thúc đẩy hợp tác."}, contact_name="Ban tổ chức", contact_phone="024 3799 3000"
    )
    ids = guests.store(
        guests.organization(
            "RU-SA", "Sakha <b>&</b>", guests.K.FOREIGN_LOCALITY, "RU", timezone="Asia/Yakutsk"
        )
    )
    guests.invited(ids, now, language="vi", letter_number="12/GM-BNG")
    prepare(now)
    subject, text, html = mail(outgoing()[0])
    assert subject == "[Cần trả lời trước 20/10] Thư mời: Tọa đàm kết nối địa phương"
    for told in (
        "Kính gửi: Sakha <b>&</b>",
        "thứ Tư, 27/10/2027, 14:00–17:00 Hà Nội (GMT+7) · 16:00–19:00 Yakutsk (GMT+9)",
        "Công văn số: 12/GM-BNG",
        "Thúc đẩy hợp tác.",
        "tối đa 3 người",
        "Hạn phúc đáp: thứ Tư, 20/10/2027, 17:00 Hà Nội (GMT+7)",
        "Ban tổ chức · 024 3799 3000",
        site.event_url(event.slug),
    ):
        assert told in text
    invitation = db.session.scalar(sa.select(Invitation))
    assert site.invitation_url(invitation) in text
    assert site.invitation_url(invitation) in html
    assert "Sakha &lt;b&gt;&amp;&lt;/b&gt;" in html


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "[Please reply by 20 October] Invitation: Roundtable of localities"),
        ("ru", "[Просим ответить до 20 октября] Приглашение: Круглый стол регионов"),
    ],
)
def test_each_is_written_to_in_its_language(now, language, subject):
    guests.event()
    guests.invited(guests.localities(1), now, language=language)
    prepare(now)
    assert mail(outgoing()[0])[0] == subject


def test_a_test_letter_carries_no_link_of_an_institution(now, organizer):
    guests.event()
    (only,) = guests.invited(guests.localities(1), now)
    letters.send_test(actor=organizer, slug=guests.SLUG, invitation=only, to="me@example.vn", now=now)
    (message,) = outgoing()
    subject, text, html = mail(message)
    assert (message.recipient, message.invitation_id) == ("me@example.vn", None)
    assert subject.startswith("[Thử] [Cần trả lời trước 20/10]")
    assert "/i/" not in text + html
    assert states() == [InvitationState.DRAFT]


def test_one_institution_is_sent_its_letter_again_by_the_same_link(now):
    guests.event()
    (only,) = guests.invited(guests.localities(1), now)
    for _ in range(2):
        letters.send(actor=SYSTEM, slug=guests.SLUG, invitation=only, now=now)
    first, again = outgoing()
    assert states() == [InvitationState.SENT]
    assert mail(first)[1] == mail(again)[1]
    assert {first.state, again.state} == {MessageState.QUEUED}
    assert first.message_id != again.message_id


def test_readers_send_nothing(now, colleague):
    guests.event()
    with pytest.raises(NotAllowed):
        letters.release(actor=colleague, slug=guests.SLUG, expected=0, now=now)


def test_the_guest_list_knows_what_became_of_each_letter(now, statements):
    event = guests.event()
    guests.invited(guests.localities(5), now)
    prepare(now)
    release(5, now)
    event = events.get(event.slug, SYSTEM)
    with statements() as sent:
        found = guests_of.list_guests(event, GuestFilters())
        told = [(guest.invitation.organization.code, guest.message.state) for guest in found]
    assert told == [(f"VN-{n:02}", MessageState.QUEUED) for n in range(1, 6)]
    few = len(sent)
    with statements() as sent:
        guests_of.list_guests(event, GuestFilters(words="tinh 03"))
    assert len(sent) == few
    assert guests_of.count_guests(event, GuestFilters(words="TINH 03")) == 1


def test_a_letter_sent_once_more_is_not_undeliverable_any_longer(now):
    guests.event()
    (only,) = guests.invited(guests.localities(1), now)
    letters.send(actor=SYSTEM, slug=guests.SLUG, invitation=only, now=now)
    (message,) = outgoing()
    with unit_of_work() as session:
        message.state = MessageState.FAILED
        undeliverable.mark(session, message.invitation_id, reason="550", now=now)
    assert states() == [InvitationState.UNDELIVERABLE]
    decisions.send_again(actor=SYSTEM, slug=guests.SLUG, message=outgoing()[0].public_id, now=now)
    assert states() == [InvitationState.SENT]


def test_letters_of_invitation_leave_only_by_their_own_button(now):
    guests.event()
    guests.invited(guests.localities(1), now)
    prepare(now)
    with pytest.raises(NotFound):
        decisions.release(actor=SYSTEM, slug=guests.SLUG, kind=MessageKind.INVITATION, expected=1, now=now)
