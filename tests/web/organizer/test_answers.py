"""The page of answers by calendar: what waits is understood, decided once, by whom may."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain import clock
from app.domain.calendars import PartStat
from app.domain.inbound import HoldDecision, Reason, Result
from app.domain.invitations import AnswerSource, InvitationState
from app.models.calendars import CalendarCopy
from app.models.inbound import InboundMail
from app.models.invitations import Invitation, InvitationAnswer
from app.models.registrations import Delegate
from app.services.transaction import unit_of_work
from tests.calendar_mails import list_calendar_mails
from tests.inbound.invited import institution
from tests.inbound.rows import RAW, TOKEN, store_mail
from tests.registration_rows import register_one, store_event, store_invitation

NOW = datetime(2027, 9, 1, 2, 0, tzinfo=UTC)
PROPOSED = datetime(2027, 10, 28, 6, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def event(context):
    """A roundtable."""
    return store_event()


@pytest.fixture
def guest(event):
    """A province that was invited."""
    return store_invitation(event, name="Quảng Trị", timezone="Asia/Ho_Chi_Minh")


@pytest.fixture
def put(event):
    """Store a mail and return its public id."""
    return lambda whose=None, **known: store_mail(event, whose, at=NOW, **known)


def _page(event, *more):
    return "/".join((f"/organizer/events/{event.slug}/answers", *more))


def _rows(model):
    db.session.rollback()
    return db.session.scalars(sa.select(model).order_by(model.id)).all()


def test_an_empty_page_explains_what_would_stand_there(organizer_client, event):
    page = organizer_client.get(_page(event)).text
    assert "Chưa có trả lời nào từ lịch" in page
    assert "/answers" in organizer_client.get(f"/organizer/events/{event.slug}").text


def test_the_desk_counts_what_waits_and_leads_there(organizer_client, event, guest, put):
    put(guest)
    put()
    put(result=Result.IGNORE)
    page = organizer_client.get("/organizer/").text
    assert re.search(rf'href="/organizer/events/{event.slug}/answers">[^<]*2 trả lời', page)


def test_a_held_mail_says_who_wants_what_why_it_waits_and_when_it_came(organizer_client, event, guest, put):
    put(guest, comment="Chúng tôi <b>sẽ</b> dự")
    page = organizer_client.get(_page(event)).text
    for words in (
        "Quảng Trị</h3>",
        "Nhận lời tham dự",
        "Chúng tôi &lt;b&gt;sẽ&lt;/b&gt; dự",
        "a@example.com",
        "01/09/2027 09:00",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("language", "wish"),
    [
        ("vi", "Đề nghị giờ khác"),
        ("en", "Proposes another time"),
        ("ru", "Предлагает другое время"),
        ("fr", "Propose une autre heure"),
    ],
)
def test_a_proposed_time_stands_beside_the_present_one_in_both_zones(
    organizer_client, event, put, language, wish
):
    moscow = store_invitation(event, name="Moskva", timezone="Europe/Moscow")
    mail = put(
        moscow,
        reason=Reason.COUNTER.value,
        method="COUNTER",
        partstat=PartStat.TENTATIVE,
        proposed_start=PROPOSED,
        proposed_end=PROPOSED + timedelta(hours=2),
    )
    page = organizer_client.get(_page(event), headers={"Accept-Language": language}).text
    assert wish in page
    for clock_ in ("14:00–17:00", "10:00–13:00", "13:00–15:00", "09:00–11:00"):
        assert clock_ in page
    assert f"/organizer/events/{event.slug}/edit" in page
    assert f"{mail}/decline" in page


def test_a_proposal_is_declined_by_a_mail_to_the_guests_calendar(context, organizer_client):
    one = institution(NOW)
    mail = one.receive(one.reply("TENTATIVE", method="COUNTER"), NOW).mail
    address = _page(one.event)
    assert f"{mail}/decline" in organizer_client.get(address).text
    assert organizer_client.post(_page(one.event, mail, "decline")).headers["Location"] == address
    assert _rows(InboundMail)[0].decision is HoldDecision.COUNTER_DECLINED
    assert list_calendar_mails(to=one.request.attendee)[-1].method == "DECLINECOUNTER"
    assert "Đã từ chối giờ đề nghị" in organizer_client.get(address).text


def test_an_answer_is_recorded_by_the_use_case_of_the_form_with_the_calendar_as_its_source(
    organizer_client, event, guest, put
):
    mail = put(guest, comment="Vâng")
    assert organizer_client.post(_page(event, mail, "apply")).headers["Location"] == _page(event)
    (answer,) = _rows(InvitationAnswer)
    assert (answer.source, answer.note) == (AnswerSource.CALENDAR, "Vâng")
    assert _rows(Invitation)[0].state is InvitationState.ACCEPTED
    page = organizer_client.get(_page(event)).text
    assert "Không có gì chờ" in page
    assert "Nguyễn Thị Hà" in page
    assert "từ lịch" in organizer_client.get(f"/organizer/events/{event.slug}/board").text
    shown = organizer_client.get(f"/organizer/events/{event.slug}/guests/{guest.public_id}").text
    assert "từ lịch" in shown
    assert f"/answers/{mail}" in shown


def test_what_was_decided_is_not_decided_again(organizer_client, event, guest, put):
    mail = put(guest)
    organizer_client.post(_page(event, mail, "dismiss"))
    again = organizer_client.post(_page(event, mail, "apply"), follow_redirects=True)
    assert 'class="notice notice-error"' in again.text
    assert _rows(InvitationAnswer) == []
    assert _rows(InboundMail)[0].decision is HoldDecision.DISMISSED


def test_a_refusal_says_how_many_it_withdraws_before_it_is_recorded(organizer_client, event, guest, put):
    for name in ("Lê Văn An", "Trần Thị Bình"):
        register_one(guest, NOW, name)
    mail = put(guest, partstat=PartStat.DECLINED, reason=Reason.DELEGATES_REGISTERED.value)
    overview = organizer_client.get(_page(event)).text
    assert f"{mail}/apply" not in overview
    assert f"{mail}/dismiss" in overview
    page = organizer_client.get(_page(event, mail)).text
    assert "2 đại biểu" in page
    assert f"{mail}/apply" in page
    assert organizer_client.post(_page(event, mail, "apply")).status_code == 303
    assert {delegate.state.value for delegate in _rows(Delegate)} == {"withdrawn"}


def test_what_is_not_the_guests_own_answer_cannot_be_recorded_as_it_stands(
    organizer_client, event, guest, put
):
    mail = put(guest, reason=Reason.PARTY_CRASHER.value)
    page = organizer_client.get(_page(event, mail)).text
    assert f"{mail}/apply" not in page
    assert f"/guests/{guest.public_id}/answer" in page
    refused = organizer_client.post(_page(event, mail, "apply"), follow_redirects=True)
    assert 'class="notice notice-error"' in refused.text
    assert _rows(InvitationAnswer) == []


def test_several_are_dismissed_at_once_and_only_those_of_this_event(organizer_client, event, put):
    other = store_mail(store_event(), at=NOW)
    one, two, three = (put() for _ in range(3))
    sent = {"chosen": [one, three, other, "unknown"]}
    page = organizer_client.post(_page(event, "dismiss"), data=sent, follow_redirects=True).text
    assert "Đã bỏ qua 2 thư" in page
    decided = {mail.public_id: mail.decision for mail in _rows(InboundMail)}
    assert decided == {one: HoldDecision.DISMISSED, three: HoldDecision.DISMISSED, two: None, other: None}
    nothing = organizer_client.post(_page(event, "dismiss"), follow_redirects=True)
    assert "Không có thư nào được chọn" in nothing.text


def test_who_may_only_read_sees_and_cannot_decide(colleague_client, event, guest, put):
    mail = put(guest)
    page = colleague_client.get(_page(event)).text
    assert "Quảng Trị" in page
    assert "/apply" not in page + colleague_client.get(_page(event, mail)).text
    for act in ("apply", "dismiss", "decline"):
        assert colleague_client.post(_page(event, mail, act)).status_code == 403
    assert colleague_client.post(_page(event, "dismiss"), data={"chosen": mail}).status_code == 403
    assert colleague_client.get(_page(event, f"{mail}.eml")).status_code == 403
    assert _rows(InboundMail)[0].decision is None


def test_the_mail_is_saved_as_it_came_and_read_without_its_secrets(organizer_client, event, guest, put):
    mail = put(guest, comment=f"quoted {TOKEN}")
    page = organizer_client.get(_page(event, mail)).text
    assert "We come. See …" in page
    assert TOKEN not in page + organizer_client.get(_page(event)).text
    raw = organizer_client.get(_page(event, f"{mail}.eml"))
    assert raw.data == RAW
    assert raw.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert raw.headers["Content-Disposition"] == f'attachment; filename="{mail}.eml"'
    assert raw.headers["X-Content-Type-Options"] == "nosniff"
    assert raw.headers["Cache-Control"] == "no-store"


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("sealed", [None, b"sealed with a key that is gone"])
def test_a_mail_that_is_kept_no_more_is_still_told(organizer_client, event, put, sealed):
    mail = put(sealed=sealed)
    page = organizer_client.get(_page(event, mail))
    assert (page.status_code, "Thư không có phần chữ" in page.text) == (200, True)
    assert organizer_client.get(_page(event, f"{mail}.eml")).status_code == 404


@pytest.mark.databases("sqlite")
def test_a_mail_of_another_event_is_not_there(organizer_client, event):
    other = store_mail(store_event(), at=NOW)
    assert organizer_client.get(_page(event, other)).status_code == 404
    assert organizer_client.get(_page(event, f"{other}.eml")).status_code == 404
    assert organizer_client.post(_page(event, other, "dismiss")).status_code == 404


def test_what_came_and_what_became_of_it_is_listed_by_pages(organizer_client, event, guest, put):
    for number in range(51):
        put(
            guest,
            result=Result.IGNORE,
            reason=Reason.OUT_OF_OFFICE.value,
            partstat=None,
            comment=f"note {number}.",
        )
    first, second = (organizer_client.get(_page(event) + f"?page={page}").text for page in (1, 2))
    assert "note 50." in first
    assert "note 0." not in first
    assert "note 0." in second


def test_the_page_of_a_delegate_shows_what_the_calendar_said(organizer_client, event, guest, put):
    delegate = register_one(guest, NOW, "Lê Văn An")
    address = f"/organizer/events/{event.slug}/delegates/{delegate.public_id}"
    assert 'id="calendar"' not in organizer_client.get(address).text
    with unit_of_work() as session:
        session.add(
            CalendarCopy(
                delegate_id=delegate.id,
                uid=delegate.event.sessions[0].calendar_uid,
                email="an@example.vn",
                sequence=0,
                hours="",
                essence="",
                partstat=PartStat.TENTATIVE,
                replied_at=NOW,
                comment="Có thể đến muộn",
                stamp=NOW,
                generation=1,
            )
        )
    put(delegate, result=Result.APPLY, reason=Reason.ANSWERED.value, partstat=PartStat.TENTATIVE)
    page = organizer_client.get(address).text
    section = page.split('id="calendar"')[1].split("</section>")[0]
    assert "Có thể đến muộn" in section
    assert "Kết nối vì phát triển" in section
    assert "01/09/2027 09:00" in section


def test_the_page_says_how_many_mails_of_strangers_were_passed_over(organizer_client, event, put):
    crowd = {"result": Result.IGNORE, "reason": Reason.TOO_MANY_ALIKE.value, "sealed": None}
    for number in range(3):
        put(**crowd, sender=f"la{number}@khach.example")
    page = organizer_client.get(_page(event)).text
    assert "Và 3 thư tương tự của người lạ bị bỏ qua." in page
    assert "Tối đa 100 thư như vậy chờ ở đây, mỗi người gửi tối đa 5 thư một ngày" in page
    assert "la1@khach.example" not in page
    assert "thư tương tự" not in organizer_client.get(_page(store_event())).text
