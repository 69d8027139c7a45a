"""A focal point brings twelve people from a spreadsheet, one more than the quota admits, and thinks again."""

import pytest
import sqlalchemy as sa

from app import site
from app.db import db
from app.models.registrations import Delegate
from tests.browser.visitor import Visitor
from tests.registration_rows import CREATED, invite_again, register_one, store_event, store_invitation

pytestmark = pytest.mark.browser

NAMES = ("An", "Bé", "Cúc", "Dũng", "Đức", "Giang", "Hà", "Kỳ", "Lữ", "Mỹ", "Nga", "Ổn")
ROLES = {"An": "Trưởng đoàn", "Ổn": "Phiên dịch"}
TABLE = "STT\tHọ và tên\tChức vụ\tE-mail\tVai trò\n" + "".join(
    f"{place}\tNguyễn Thị {name}\tChuyên viên\tdaibieu{place}@dept.example\t{ROLES.get(name, '')}\n"
    for place, name in enumerate(NAMES, 1)
)


@pytest.fixture
def link(served) -> str:
    """The link of an institution with ten places: eleven of the twelve are counted."""
    with served.app.app_context():
        invitation = store_invitation(store_event(), quota=10)
        earlier = invite_again(invitation, store_event())
        register_one(earlier, CREATED, "Trần Văn Cũ", posts={"vi": "Trưởng phòng"})
        return site.invitation_url(invitation)


def people(served, name: str = "Nguyễn") -> list[str]:
    """Return the states of those called so, in the order of their registration."""
    with served.app.app_context():
        rows = db.session.scalars(sa.select(Delegate).order_by(Delegate.id))
        return [row.state.value for row in rows if name in row.person.full_name]


@pytest.mark.parametrize("language", ["vi", "en", "ru", "fr"])
def test_c03_focal_point_pastes_twelve_people_corrects_confirms_and_undoes(served, open_page, link, language):
    focal_point = Visitor(open_page(), language)
    focal_point.go(f"{link}/imports/new?lang={language}")
    focal_point.look("import-send")
    focal_point.fill(pasted=TABLE)
    focal_point.press("Go on")
    focal_point.sees("Họ và tên", "Nguyễn Thị An")
    focal_point.look("import-columns")
    focal_point.press("Show what follows")
    focal_point.sees(focal_point.words("Over the quota"))
    focal_point.look("import-preview")
    focal_point.press("Confirm {n} row", "Confirm {n} rows", n=11)
    focal_point.sees(focal_point.words("Please check the following"))
    assert people(served) == []
    focal_point.page.locator("tr", has_text="Nguyễn Thị Nga").get_by_role("link").click()
    focal_point.look("import-row")
    focal_point.fill(role="kỹ thuật")
    focal_point.press("Save the row")
    focal_point.page.locator('[name="chosen"]').nth(1).uncheck()
    focal_point.press("Keep these ticks")
    focal_point.sees(focal_point.words("Left out"))
    focal_point.press("Confirm {n} row", "Confirm {n} rows", n=11)
    focal_point.sees("Nguyễn Thị Ổn", focal_point.words("Undo this import"))
    focal_point.look("import-result")
    assert len(people(served)) == 11
    focal_point.open_menu("Undo this import")
    focal_point.press("Undo the import")
    focal_point.sees(focal_point.words("Undone"))
    focal_point.look("import-undone")
    assert set(people(served)) == {"withdrawn"}


def test_focal_point_registers_somebody_from_last_time(served, open_page, link):
    focal_point = Visitor(open_page())
    focal_point.go(f"{link}/imports/earlier")
    focal_point.look("import-earlier")
    focal_point.page.get_by_label("Trần Văn Cũ").check()
    focal_point.press("Show what follows")
    focal_point.press("Confirm {n} row", "Confirm {n} rows", n=1)
    assert people(served, "Trần Văn Cũ") == ["confirmed", "confirmed"]
