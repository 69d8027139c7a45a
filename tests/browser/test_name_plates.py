"""Name plates on paper: whatever the name, its words stay on their own face of their own sheet."""

import re

import pytest

from app.domain.events import ProtocolOrder
from app.domain.invitations import InvitationState
from app.services.transaction import unit_of_work
from tests.browser import desk, story
from tests.browser.visitor import Visitor
from tests.registration_rows import CREATED, register_one, store_event, store_invitation

pytestmark = [pytest.mark.browser, pytest.mark.databases("sqlite")]
PEOPLE = {
    "Nguyễn Hoàng Phương Thảo Nguyên": "Vụ trưởng Vụ Hợp tác quốc tế",
    "Мамедов Мухаммад Абдулхамидович": "Начальник управления внешних связей",
    "Nguyễn Quỳnh Như": "Phó Chủ tịch Ủy ban nhân dân",
    "Phạm Quốc Hưng": "Giám đốc Trung tâm Xúc tiến đầu tư, thương mại và du lịch",
}
INSTITUTIONS = ("Đại sứ quán Hoa Kỳ tại Việt Nam", "Hiệp hội Doanh nghiệp Malaysia tại Việt Nam", "Thanh Hóa")
_SPILT = """() => [...document.querySelectorAll(".plate > *")].filter((face) => {
  const box = face.getBoundingClientRect();
  const room = parseFloat(getComputedStyle(face).paddingTop);
  return [...face.children].some((line) => {
    const words = line.getBoundingClientRect();
    return words.top < box.top + room / 2 || words.bottom > box.bottom - room / 2
      || line.scrollWidth > line.clientWidth + 1;
  });
}).map((face) => face.innerText)"""
_SHEET = re.compile(rb"/Type\s*/Page\b")


@pytest.mark.parametrize("size", ["a4", "a5"])
@pytest.mark.parametrize("kind", ["people", "institutions"])
def test_c07_every_plate_is_a_sheet_and_keeps_its_words(served, open_page, kind, size):
    with served.app.app_context():
        event = store_event(protocol_order=ProtocolOrder.ALPHABETICAL)
        for name in INSTITUTIONS:
            invitation = store_invitation(event, name=name, quota=9)
            for person, post in PEOPLE.items():
                register_one(invitation, CREATED, person, form_of_address="ông", posts={"vi": post})
            with unit_of_work():
                invitation.state = InvitationState.ACCEPTED
        slug = event.slug
    organizer = Visitor(open_page())
    desk.sign_in(organizer, story.open_account(served))
    organizer.go(f"/organizer/events/{slug}/delegates/plates?of={kind}&size={size}")
    organizer.look("plates")
    page = organizer.page
    page.emulate_media(media="print")
    assert page.evaluate(_SPILT) == []
    sheets = len(_SHEET.findall(page.pdf(prefer_css_page_size=True)))
    assert sheets == (len(PEOPLE) if kind == "people" else 1) * len(INSTITUTIONS)
