"""The organiser decides about answers by calendar: one by one, several at once, also without script."""

from datetime import timedelta

import pytest

from app.domain import clock
from app.domain.calendars import PartStat
from app.domain.inbound import Reason, Result
from tests import guests
from tests.browser import desk, story
from tests.browser.visitor import Visitor
from tests.inbound.rows import store_mail
from tests.registration_rows import store_invitation

pytestmark = pytest.mark.browser
ANSWERS = f"/organizer/events/{guests.SLUG}/answers"


@pytest.fixture
def held(served) -> None:
    """Four mails that wait, and one that was ignored."""
    now = clock.now()
    with served.app.app_context():
        event = guests.event(changed_at=now)
        hue = store_invitation(event, name="Thành phố Huế", timezone="Asia/Ho_Chi_Minh")
        moscow = store_invitation(event, name="Москва", timezone="Europe/Moscow")
        counter = {"reason": Reason.COUNTER.value, "method": "COUNTER", "partstat": PartStat.TENTATIVE}
        start = (event.starts_at or now) + timedelta(days=1)
        store_mail(event, hue, at=now, comment="Phó Chủ tịch sẽ dự.")
        store_mail(event, moscow, at=now, **counter, proposed_start=start)
        for _ in range(2):
            store_mail(event, at=now, reason=Reason.WRITTEN_BY_HAND.value, method="", partstat=None)
        store_mail(event, hue, at=now, result=Result.IGNORE, reason=Reason.OUT_OF_OFFICE.value)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_organiser_decides_about_answers_by_calendar(served, open_page, held, scripts):
    organizer = Visitor(open_page())
    desk.sign_in(organizer, story.open_account(served))
    if not scripts:
        plain = open_page(scripts=False)
        plain.context.add_cookies(organizer.page.context.cookies())
        organizer = Visitor(plain)
    organizer.go(ANSWERS)
    if scripts:
        organizer.look("answers")
    organizer.press("Record this answer")
    organizer.sees(organizer.words("The answer is recorded."))
    organizer.main.locator("article", has_text="Москва").get_by_role("link").last.click()
    if scripts:
        organizer.look("answer")
    organizer.sees(organizer.words("Proposed time"))
    organizer.go(ANSWERS)
    for box in organizer.field("chosen").all()[1:]:
        box.check()
    organizer.main.locator(".bulk").get_by_role("button").click()
    organizer.sees(organizer.words("{n} mail is dismissed.", "{n} mails are dismissed.", n=2))
    assert organizer.main.locator("article").count() == 1
