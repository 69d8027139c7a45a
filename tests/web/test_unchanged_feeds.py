"""ETags of calendar files: a changed file never keeps its tag, an unchanged one keeps it everywhere."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from app import create_app, site
from app.domain.calendars import PartStat
from app.domain.events import EventStatus
from app.domain.invitations import InvitationState
from app.domain.programme import SessionStatus
from app.domain.registrations import SeatState
from app.domain.sites import SiteKind
from app.models.calendars import CalendarCopy
from app.models.programme import AgendaItem
from app.models.sites import Site
from app.services.transaction import unit_of_work
from app.web.calendar_tags import UnchangedFeeds
from tests.calendar_rows import Rows, change, store
from tests.site import close

LATER = datetime(2027, 9, 9, 1, 2, 3, tzinfo=UTC)


@pytest.fixture
def rows(app) -> Iterator[Rows]:
    with app.app_context():
        rows = store()
        change(rows.invitation, state=InvitationState.ACCEPTED)
        yield rows


def paths(rows: Rows) -> dict[str, str]:
    return {
        "event": site.event_file_url("ket-noi"),
        "session": site.session_file_url("ket-noi", 2),
        "institution": site.invitation_feed_url(rows.invitation),
        "delegate": site.delegate_file_url(rows.delegate),
        "feed": site.delegate_feed_url(rows.delegate),
    }


def add(*made: object) -> None:
    with unit_of_work() as session:
        session.add_all(made)


def copy_of(rows: Rows, **guest: int) -> CalendarCopy:
    uid = rows.event.calendar_uid if "invitation_id" in guest else rows.sessions[1].calendar_uid
    told = {"email": "a@example.vn", "generation": 1, "sequence": 7, "hours": "", "essence": ""}
    return CalendarCopy(uid=uid, partstat=PartStat.NEEDS_ACTION, stamp=LATER, **told, **guest)


def room_of(rows: Rows, **known: object) -> Site:
    fixed = {
        "kind": SiteKind.MAIN,
        "names": {"vi": "Phòng 1"},
        "position": 1,
        "created_at": LATER,
        "changed_at": LATER,
    }
    return Site(event_id=rows.event.id, invitation_id=rows.invitation.id, **{**fixed, **known})


ACTS: list[Callable[[Rows], object]] = [
    lambda rows: change(rows.event, titles={"vi": "Tọa đàm mới", "ru": "Новое"}),
    lambda rows: change(rows.event, join_url="https://zoom.example/j/2", sequence=3, changed_at=LATER),
    lambda rows: change(rows.event, contact_phone="+84 24 3799 3000"),
    lambda rows: change(rows.event, public_notes={"vi": "Xin lưu ý", "ru": "Внимание"}),
    lambda rows: change(rows.sessions[1], room="Phòng 2"),
    lambda rows: change(rows.sessions[1], starts_at=LATER, sequence=1, changed_at=LATER),
    lambda rows: change(rows.sessions[0], status=SessionStatus.CANCELLED),
    lambda rows: change(first_item(rows), titles={"vi": "Phát biểu chào mừng"}),
    lambda rows: change(rows.invitation, language="vi"),
    lambda rows: change(rows.invitation.organization, timezone="Europe/Moscow"),
    lambda rows: change(rows.delegate.person, timezone="Asia/Tokyo"),
    lambda rows: change(rows.delegate.person, language="en"),
    lambda rows: change(rows.delegate, state=SeatState.WAITING),
    lambda rows: change(rows.delegate.seats[0], state=SeatState.WITHDRAWN),
    lambda rows: add(copy_of(rows, invitation_id=rows.invitation.id)),
    lambda rows: add(copy_of(rows, delegate_id=rows.delegate.id)),
    lambda rows: add(room_of(rows, join_url="https://zoom.example/j/5")),
    lambda rows: change(rows.event, status=EventStatus.CANCELLED),
    lambda rows: change(rows.event, status=EventStatus.POSTPONED),
    lambda rows: change(rows.invitation, state=InvitationState.DECLINED, answered_at=LATER),
    lambda rows: change(rows.event, date=None, starts_at=None, ends_at=None, timezone=None),
]


def first_item(rows: Rows) -> AgendaItem:
    return sa.orm.object_session(rows.event).scalars(sa.select(AgendaItem)).first()


def test_a_changed_file_has_another_tag_and_an_unchanged_one_is_not_built_again(client, rows):
    changed = set()
    for number, act in enumerate(ACTS):
        links = paths(rows)
        before = {name: client.get(link) for name, link in links.items()}
        act(rows)
        for name, link in links.items():
            after = client.get(link)
            if after.data != before[name].data:
                changed.add(number)
                asked = client.get(link, headers={"If-None-Match": before[name].headers.get("ETag", "")})
                assert asked.status_code == after.status_code, (number, name)
                assert after.headers.get("ETag") != before[name].headers.get("ETag"), (number, name)
    assert changed == set(range(len(ACTS))), "each act changes some file"


def test_tag_is_the_same_in_every_process_and_by_every_way(app, client, rows):
    links = paths(rows)
    other = create_app(site.settings())
    elsewhere = {name: other.test_client().get(link).headers["ETag"] for name, link in links.items()}
    close(other)
    for name, link in links.items():
        tag = client.get(link).headers["ETag"]
        assert client.head(link).headers["ETag"] == elsewhere[name] == tag
        assert client.get(link, headers={"Accept-Encoding": "gzip"}).headers["ETag"] == tag


def test_feed_in_another_language_is_another_file(client, rows):
    link = paths(rows)["feed"]
    tag = client.get(link).headers["ETag"]
    assert client.get(f"{link}?lang=vi", headers={"If-None-Match": tag}).status_code == 200
    assert client.get(f"{link}?lang=xx", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_unchanged_private_feed_is_answered_before_the_application_begins(app, client, rows, method):
    links = {name: link for name, link in paths(rows).items() if name not in {"event", "session"}}
    tags = {name: client.get(link).headers["ETag"] for name, link in links.items()}
    front = find_front(app)
    behind, front._behind = front._behind, None
    try:
        answers = {
            name: client.open(link, method=method, headers={"If-None-Match": f'"other", {tags[name]}'})
            for name, link in links.items()
        }
    finally:
        front._behind = behind
    for name, answer in answers.items():
        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == tags[name]
        assert answer.headers["Cache-Control"] == "private, max-age=900"
        assert (answer.headers["Vary"], answer.headers["X-Robots-Tag"]) == ("Accept-Encoding", "noindex")
        assert "Set-Cookie" not in answer.headers


def find_front(app) -> UnchangedFeeds:
    layer = app.wsgi_app
    while not isinstance(layer, UnchangedFeeds):
        layer = layer.app
    return layer


def test_tag_opens_no_feed_whose_link_is_wrong_or_revoked(client, rows):
    links = paths(rows)
    tag = client.get(links["feed"]).headers["ETag"]
    change(rows.delegate, feed_generation=2)
    for wrong in (links["feed"], links["delegate"].replace("/d/", "/feeds/"), "/feeds/short.ics"):
        for known in (tag, "*"):
            assert client.get(wrong, headers={"If-None-Match": known}).status_code == 404


def test_every_feed_answered_early_lies_where_its_guard_lets_the_same_link_in(app):
    from app.web.calendar_tags import _FEEDS
    from app.web.guard import guard_of

    with app.test_request_context():
        for place, holder in _FEEDS.items():
            endpoint, _ = app.url_map.bind("localhost").match(f"/{place}/x.ics")
            assert guard_of(endpoint) == f"link:{holder}"
