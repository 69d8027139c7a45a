"""The link of a site stands in the calendars of its own people and of its institution, nowhere else."""

from datetime import timedelta

import pytest

from app.domain.invitations import InvitationState
from app.domain.sites import Endpoint, SiteStatus
from app.ical.serialize import serialize
from app.queries import calendars
from app.services.transaction import unit_of_work
from tests.registration_rows import get_delegate, register_one, session_ids, store_event
from tests.site_rows import accept, add, seat

pytestmark = pytest.mark.usefixtures("context")
ENDPOINT = Endpoint(
    platform="TrueConf",
    join_url="https://vc.example/quang-tri",
    meeting_id="864 2002",
    passcode="bimat",
    dial_address="quangtri@vc.example",
)
SECRETS = ("vc.example", "864 2002", "bimat")


@pytest.fixture
def event(context):
    return store_event(slug="ket-noi", seats=(None, 1))


@pytest.fixture
def province(event):
    return accept(event)


@pytest.fixture
def own(event, province, now):
    rooms = {"rooms": {"vi": "Phòng họp A"}}
    return add(event, "", now, institution=province.public_id, endpoint=ENDPOINT, facts=rooms)


@pytest.fixture
def delegate(event, province, own, now):
    """One of the site's people, with a seat in the first session and waiting for the second."""
    register_one(province, now, "Người đến trước", sessions=session_ids(event)[1:])
    mine = register_one(province, now, email="an@x.vn", sessions=session_ids(event)).public_id
    seat(own, [mine], now)
    return get_delegate(mine)


def _written(file):
    return serialize(file).decode().replace("\r\n ", "")


def test_c04_the_people_of_a_site_join_by_its_link(delegate):
    for file in (calendars.get_delegate_file(delegate), calendars.get_delegate_feed(delegate)):
        first, waiting = file.entries
        assert first.conference.url == ENDPOINT.join_url
        assert first.location == "Phòng họp A · Trực tuyến (TrueConf)"
        for way in (
            "Tham dự trực tuyến: https://vc.example/quang-tri",
            "Mã cuộc họp: 864 2002",
            "Mật mã: bimat",
        ):
            assert way in first.description
        assert waiting.conference is None
        assert not any(secret in waiting.description for secret in SECRETS)


def test_c04_the_institution_has_the_link_once_it_has_accepted(province, own):
    assert calendars.get_invitation_feed(province).entries[0].conference.url == ENDPOINT.join_url
    with unit_of_work():
        province.state = InvitationState.TENTATIVE
    assert not any(secret in _written(calendars.get_invitation_feed(province)) for secret in SECRETS)


def test_c10_the_link_of_a_site_is_in_no_other_calendar(event, province, own, delegate, now):
    stranger = accept(event, name="Sơn La")
    add(event, "", now, institution=stranger.public_id)
    others = [
        register_one(stranger, now, "Người khác", sessions=session_ids(event)[:1]),
        register_one(province, now, "Người cùng đoàn, không ở điểm cầu", sessions=session_ids(event)[:1]),
    ]
    seat(own, [delegate.public_id], now)
    files = [calendars.get_delegate_file(other) for other in others]
    assert [file.entries[0].conference.url for file in files] == [event.join_url] * 2
    files += [
        calendars.get_event_file("ket-noi", language="vi"),
        calendars.get_session_file("ket-noi", 1, language="vi"),
        calendars.get_invitation_feed(stranger),
    ]
    assert [secret for file in files for secret in SECRETS if secret in _written(file)] == []


def test_a_site_that_is_called_off_gives_the_link_of_the_event_again(event, own, delegate):
    with unit_of_work():
        own.status = SiteStatus.CALLED_OFF
    assert calendars.get_delegate_file(delegate).entries[0].conference.url == event.join_url


def test_c04_a_new_link_makes_the_entry_newer(own, delegate, now):
    before = calendars.get_delegate_file(delegate).entries[0].stamp
    with unit_of_work():
        own.join_url, own.changed_at = "https://vc.example/khac", now + timedelta(days=1)
    assert calendars.get_delegate_file(delegate).entries[0].stamp > before
