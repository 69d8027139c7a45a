"""Sites are entered at the desk and by institutions, stand in a tree, and go without losing anything."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.domain.people import PersonDetails
from app.domain.policy import SYSTEM
from app.domain.registrations import ReplaceDelegate
from app.domain.sites import MOST_SITES, Endpoint, NotedHeadcount, SiteFacts, SiteKind, SitePlace
from app.models.registrations import Delegate
from app.models.sites import ConnectionTest, Site
from app.queries import sites
from app.services.registrations import attendance
from app.services.registrations.replace import replace_delegate
from app.services.sites import editing, headcounts, removal
from tests.registration_rows import get_delegate, list_mails, register_one, store_event
from tests.site_rows import BAD, FIRST, GOOD, HEAD, accept, add, book, get, note_test, open_bridge, seat

pytestmark = pytest.mark.usefixtures("context")
FACTS = SiteFacts(
    rooms={"vi": "Phòng họp A"},
    contact_name="Lê Thị Hoa",
    contact_phone="+84 91 000 00 01",
    technician_name="Trần Kỹ Thuật",
    technician_phone="+84 91 000 00 02",
    planned=40,
)


@pytest.fixture
def event(context):
    return store_event()


@pytest.fixture
def province(event):
    return accept(event, names={"vi": "Quảng Trị", "en": "Quang Tri"})


@pytest.fixture
def own(province, now):
    return get(_add_own(province, now))


def _add_own(invitation, now, name="", parent=None, **facts):
    return editing.add_own_site(
        actor=HEAD,
        invitation=invitation,
        facts=replace(FACTS, names={"vi": name} if name else {}, **facts),
        parent=parent,
        now=now,
    )


def _edit(site, now, *, revision=None, facts=FACTS, **place):
    return editing.edit_site(
        actor=SYSTEM,
        site=site,
        facts=facts,
        place=SitePlace(**place),
        revision=site.revision if revision is None else revision,
        now=now,
    )


def _seat(site, delegates, now, actor=HEAD):
    chosen = [delegate.public_id for delegate in delegates]
    return seat(site, chosen, now, actor)


def test_an_institution_enters_its_site_once_and_others_under_it(event, province, own, now):
    assert _add_own(province, now) == own.public_id
    with pytest.raises(Conflict, match="site_exists"):
        _add_own(province, now, "Hội trường khác")
    district = _add_own(province, now, "Huyện Hải Lăng", own.public_id)
    assert _add_own(province, now, "Huyện Hải Lăng", own.public_id) == district
    _add_own(province, now, "Xã Hải An", district)
    lines = sites.get_own_tree(province).lines
    assert [(line.site.shown_names["vi"], line.depth) for line in lines] == [
        ("Quảng Trị", 0),
        ("Huyện Hải Lăng", 1),
        ("Xã Hải An", 2),
    ]
    assert (own.timezone, own.kind) == ("Asia/Ho_Chi_Minh", SiteKind.SUBORDINATE)


def test_a_site_under_another_needs_a_name_and_a_parent_of_the_same_institution(event, province, own, now):
    with pytest.raises(InvalidInput, match="site_name_missing"):
        _add_own(province, now, "", own.public_id)
    stranger = accept(event, names={"vi": "Sơn La"})
    with pytest.raises(NotFound):
        _add_own(stranger, now, "Huyện", own.public_id)


def test_a_site_under_the_main_hall_goes_by_the_name_of_its_institution(event, province, now):
    hall = add(event, "Bộ Ngoại giao", now, kind=SiteKind.MAIN)
    under = add(event, "", now, parent=hall.public_id, institution=province.public_id)
    assert get(under.public_id).shown_names["vi"] == "Quảng Trị"
    with pytest.raises(Conflict, match="site_exists"):
        _add_own(province, now, "Hội trường khác")
    with pytest.raises(NotFound):
        removal.remove_site(actor=HEAD, site=get(under.public_id), now=now)


def test_c10_an_institution_that_does_not_come_enters_nothing(event, now):
    silent = accept(event)
    silent.state = "tentative"
    db.session.commit()
    with pytest.raises(Conflict, match="site_not_accepted"):
        _add_own(silent, now)


def test_an_institution_cannot_enter_sites_without_end(monkeypatch, province, own, now):
    monkeypatch.setattr(editing, "MOST_SITES", 2)
    _add_own(province, now, "Huyện 1", own.public_id)
    with pytest.raises(Conflict, match="too_many_sites"):
        _add_own(province, now, "Huyện 2", own.public_id)
    assert MOST_SITES > 364  # communes of one province that met on one evening


def test_the_desk_gives_every_institution_that_comes_one_site(event, own, now):
    for name in ("Sơn La", "Lào Cai"):
        accept(event, names={"vi": name})
    assert editing.add_for_accepted(actor=SYSTEM, slug=event.slug, now=now) == 2
    assert editing.add_for_accepted(actor=SYSTEM, slug=event.slug, now=now) == 0
    assert [line.site.shown_names["vi"] for line in sites.get_tree(event).lines] == [
        "Quảng Trị",
        "Sơn La",
        "Lào Cai",
    ]


def test_no_site_stands_under_itself(event, own, now):
    below = add(event, "Huyện", now, parent=own.public_id)
    with pytest.raises(InvalidInput, match="site_circle"):
        _edit(get(own.public_id), now, parent=below.public_id)
    with pytest.raises(InvalidInput, match="site_circle"):
        _edit(get(own.public_id), now, parent=own.public_id)
    elsewhere = add(store_event(), "Nơi khác", now)
    with pytest.raises(InvalidInput, match="site_unknown"):
        _edit(get(own.public_id), now, parent=elsewhere.public_id)


def test_two_officers_cannot_overwrite_each_other_silently(province, own, now):
    seen = own.revision
    _edit(own, now, institution=province.public_id)
    with pytest.raises(Conflict, match="changed_meanwhile"):
        _edit(get(own.public_id), now, revision=seen)
    with pytest.raises(Conflict, match="changed_meanwhile"):
        editing.edit_own_site(actor=HEAD, site=get(own.public_id), facts=FACTS, revision=seen, now=now)


def test_readers_change_nothing(event, own, now, colleague):
    facts, place = SiteFacts(names={"vi": "X"}), SitePlace()
    with pytest.raises(NotAllowed):
        editing.add_site(actor=colleague, slug=event.slug, facts=facts, place=place, now=now)
    with pytest.raises(NotAllowed):
        headcounts.note_headcounts(actor=colleague, event=event, noted={}, now=now)
    with pytest.raises(NotAllowed):
        removal.remove_site(actor=colleague, site=own, now=now)


def test_c04_the_people_of_a_site_are_told_when_its_link_changes(province, own, now):
    register_one(province, now, "Lê Văn An", email="an@x.vn")
    delegate = register_one(province, now, "Trần Bình", email="binh@x.vn")
    assert _seat(own, [delegate], now) == 1
    mine = {"institution": province.public_id, "endpoint": Endpoint(join_url="https://vc.example/qt")}
    assert _edit(get(own.public_id), now, **mine) == 1
    assert _edit(get(own.public_id), now, **mine) == 0
    told = [recipient for kind, recipient in list_mails() if kind == "registration_changed"]
    assert told == ["an@x.vn", "binh@x.vn"]


def test_nobody_is_drawn_to_a_site_of_another_institution(event, province, own, now):
    stranger = register_one(accept(event, names={"vi": "Sơn La"}), now, email="la@x.vn")
    assert _seat(own, [stranger], now, SYSTEM) == 0
    hall = add(event, "Hội trường", now)
    assert _seat(hall, [stranger], now, SYSTEM) == 1
    assert get_delegate(stranger.public_id).site.public_id == hall.public_id
    with pytest.raises(NotFound):
        _seat(hall, [], now)


def test_newcomers_join_from_the_only_site_of_their_institution(event, province, own, now):
    first = register_one(province, now, "Lê Văn An")
    assert first.site.public_id == own.public_id
    who = PersonDetails(full_name="Vũ Thay")
    sent = ReplaceDelegate(person=who, is_substitute=False, request_key="thay", revision=first.revision)
    replace_delegate(actor=HEAD, delegate=first, command=sent, now=now)
    assert {row.site_id for row in db.session.scalars(sa.select(Delegate))} == {own.id}
    _add_own(province, now, "Huyện", own.public_id)
    assert register_one(province, now, "Trần Bình").site is None
    assert register_one(accept(event, names={"vi": "Sơn La"}), now).site is None


def test_a_removed_site_leaves_its_people_and_the_sites_under_it(event, province, own, now):
    district = get(_add_own(province, now, "Huyện", own.public_id))
    commune = _add_own(province, now, "Xã", district.public_id)
    delegate = register_one(province, now)
    _seat(district, [delegate], now)
    bridge = open_bridge(event, now)
    book(get(district.public_id), bridge, FIRST, now)
    removal.remove_site(actor=HEAD, site=get(district.public_id), now=now)
    assert get(commune).parent_id == own.id
    assert db.session.scalars(sa.select(Delegate.site_id)).all() == [None]
    assert db.session.scalars(sa.select(ConnectionTest.id)).all() == []
    with pytest.raises(NotFound):
        removal.remove_site(actor=HEAD, site=get(own.public_id), now=now)
    removal.remove_site(actor=SYSTEM, site=get(own.public_id), now=now)
    assert db.session.scalars(sa.select(Site.parent_id)).all() == [None]


def test_c06_the_report_total_is_the_sum_of_the_headcounts(event, province, own, now):
    districts = [get(_add_own(province, now, f"Huyện {n}", own.public_id, planned=10)) for n in range(3)]
    hall = add(event, "Bộ Ngoại giao", now, kind=SiteKind.MAIN)
    noted = {own.public_id: 30, districts[0].public_id: 12, districts[2].public_id: 0, hall.public_id: 55}
    assert _count(event, noted, now) == 4
    tree = sites.get_tree(event)
    assert (tree.counted, tree.planned) == (97, 70)
    assert [(line.planned, line.counted) for line in tree.lines if line.depth == 0] == [(70, 42), (0, 55)]
    assert sites.sum_headcounts(event) == (97, 4)
    assert _count(event, noted, now, seen=noted) == 0


def test_c06_named_presence_stands_beside_the_headcount(province, own, now):
    people = [register_one(province, now, f"Người {number}") for number in range(3)]
    for delegate in people[:2]:
        attendance.mark_attended(actor=SYSTEM, delegate=delegate, attended=True, now=now)
    (line,) = sites.get_own_tree(province).lines
    assert (line.delegates, line.attended) == (3, 2)


def test_c06_two_officers_note_headcounts_without_overwriting_each_other(event, own, now):
    _count(event, {own.public_id: 30}, now)
    with pytest.raises(Conflict, match="changed_meanwhile"):
        _count(event, {own.public_id: 31}, now)
    assert _count(event, {own.public_id: None}, now, seen={own.public_id: 30}) == 1
    with pytest.raises(InvalidInput, match="headcount_unlikely"):
        _count(event, {own.public_id: 1_000_000}, now)


def test_c06_a_site_where_people_were_counted_stays(event, own, now):
    _count(event, {own.public_id: 30}, now)
    with pytest.raises(Conflict, match="site_attended"):
        removal.remove_site(actor=SYSTEM, site=get(own.public_id), now=now)


def _count(event, counted, now, seen=None):
    db.session.rollback()
    noted = {key: NotedHeadcount(counted=value, seen=(seen or {}).get(key)) for key, value in counted.items()}
    return headcounts.note_headcounts(actor=SYSTEM, event=event, noted=noted, now=now)


def test_c05_the_board_learns_which_lines_are_tested(event, province, own, now):
    other = accept(event, names={"vi": "Sơn La"})
    second = add(event, "", now, institution=other.public_id)
    add(event, "Huyện", now, parent=own.public_id, institution=province.public_id)
    add(event, "Hội trường", now)
    assert sites.tested_invitations(event) == set()
    note_test(get(own.public_id), BAD, now)
    note_test(get(second.public_id), GOOD, now)
    assert sites.tested_invitations(event) == {other.id}
    note_test(get(own.public_id), GOOD, now + timedelta(hours=1))
    assert sites.tested_invitations(event) == {other.id, province.id}
    note_test(get(second.public_id), BAD, now + timedelta(hours=2))
    assert sites.tested_invitations(event) == {province.id}


def test_the_tree_of_many_sites_takes_a_constant_number_of_statements(event, province, own, now, statements):
    bridge = open_bridge(event, now)
    counted = []
    for more in (0, 5):
        for number in range(more):
            site = get(_add_own(province, now, f"Huyện {number}", own.public_id))
            book(site, bridge, FIRST + timedelta(minutes=10 * number), now)
        db.session.rollback()
        event_again = db.session.get_one(type(event), event.id)
        with statements() as made:
            for line in sites.get_tree(event_again).lines:
                assert (line.site.shown_names, line.site.open_test) is not None
        counted.append(len(made))
    assert counted[1] <= counted[0] + 1
