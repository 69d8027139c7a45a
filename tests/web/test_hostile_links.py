"""Links in wrong hands, by every route: another institution's people, revoked links, late ones (C01)."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app import site
from app.db import db
from app.models.registrations import Delegate
from app.models.speaking import SpeakingRequest
from app.services.transaction import unit_of_work
from app.web import limits
from tests.registration_rows import register_one, store_event
from tests.site_rows import accept, add

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.databases("sqlite")]
_METHODS = ("GET", "POST")
_PERSON = {"full_name": "Kẻ Lạ", "role": "delegate", "language": "vi", "request_key": "x", "revision": "1"}


@pytest.fixture
def event(context):
    return store_event()


@pytest.fixture
def theirs(event, now):
    """What belongs to another institution, by the argument of a route that names it."""
    other = accept(event, name="Huế")
    delegate = register_one(other, now, "Lê Văn An", email="an@x.vn")
    request = SpeakingRequest(
        event_id=event.id, invitation=other, topics={"vi": "x"}, minutes=5, asked_by="x", asked_at=now
    )
    with unit_of_work() as session:
        session.add(request)
    place = add(event, "", now, institution=other.public_id)
    return {"delegate_id": delegate.public_id, "site_id": place.public_id, "request_id": request.public_id}


def _addresses(app, start, token, known, only=None):
    """Yield the address of every route of a link; `only` those that name something of the known."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        needed = rule.arguments - {"token"}
        wanted = needed & known.keys() if only else True
        if not rule.rule.startswith(f"/{start}/<token>") or not wanted:
            continue
        chosen = {name: sorted(getattr(c, "items", [])) for name, c in rule._converters.items()}
        values = {name: known.get(name) or (chosen.get(name) or ["1"])[0] for name in needed}
        yield adapter.build(rule.endpoint, {**values, "token": token})


def _token(address):
    return address.rsplit("/", 1)[1]


def _send(client, method, address):
    return client.post(address, data=_PERSON) if method == "POST" else client.get(address)


def _state():
    db.session.rollback()
    people = db.session.execute(sa.select(Delegate.id, Delegate.state, Delegate.revision)).all()
    asked = db.session.execute(sa.select(SpeakingRequest.id, SpeakingRequest.state)).all()
    return sorted(map(str, [*people, *asked]))


def test_nothing_of_another_institution_is_found_by_any_route(app, client, event, theirs):
    mine = _token(site.invitation_url(accept(event, name="Quảng Trị")))
    addresses = list(_addresses(app, "i", mine, theirs, only=True))
    assert len(addresses) > 12
    before = _state()
    answers = {}
    for address in addresses:
        for method in _METHODS:
            limits.reset()
            answers[method, address] = _send(client, method, address).status_code
    assert {what: code for what, code in answers.items() if code not in {404, 405}} == {}
    assert _state() == before


@pytest.mark.parametrize("start", ["i", "d"])
def test_a_revoked_link_opens_no_route_at_all(app, client, event, now, start):
    province = accept(event, name="Quảng Trị")
    delegate = register_one(province, now, "Lê Văn An", email="an@x.vn")
    row, url = (province, site.invitation_url) if start == "i" else (delegate, site.delegate_url)
    old = _token(url(row))
    assert client.get(f"/{start}/{old}").status_code == 200, "before it is revoked"
    with unit_of_work():
        row.generation += 1
    assert client.get(f"/{start}/{_token(url(row))}").status_code == 200, "the new one"
    known = {"delegate_id": delegate.public_id}
    before, answers = _state(), {}
    for address in _addresses(app, start, old, known):
        for method in _METHODS:
            limits.reset()
            answers[method, address] = _send(client, method, address).status_code
    assert len(answers) > 10
    assert {what: code for what, code in answers.items() if code not in {404, 405}} == {}
    assert _state() == before


def test_two_tabs_after_the_deadline_and_the_back_button(client, event, now, time_machine):
    """A form sent from an older tab, twice, or too late changes nothing silently."""
    time_machine.move_to(now, tick=False)
    with unit_of_work():
        event.registration_deadline = now + timedelta(hours=1)
    province = accept(event, name="Quảng Trị")
    delegate = register_one(province, now, "Lê Văn An", email="an@x.vn")
    link = site.invitation_url(province).removeprefix("http://localhost")
    edit = f"{link}/delegates/{delegate.public_id}/edit"
    tab = {**_PERSON, "full_name": "Lê Văn Ân", "revision": str(delegate.revision)}
    assert client.post(edit, data=tab).status_code == 303
    second = client.post(edit, data={**tab, "full_name": "Lê Văn Án"})
    assert (second.status_code, "Lê Văn Ân" in second.text, "Lê Văn Án" in second.text) == (409, True, True)
    new = {**_PERSON, "full_name": "Trần Thị Bé", "request_key": "tab"}
    for _ in range(2):
        assert client.post(f"{link}/delegates/new", data=new).status_code == 303, "sent twice"
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count(Delegate.id))) == 2
    before = _state()
    time_machine.move_to(now + timedelta(hours=2), tick=False)
    late = client.post(f"{link}/delegates/new", data={**new, "full_name": "Muộn", "request_key": "late"})
    assert (late.status_code, "Muộn" in late.text) == (422, True), "what was typed is still there"
    assert client.post(f"{link}/delegates/{delegate.public_id}/withdraw").status_code in {409, 422}
    assert _state() == before
