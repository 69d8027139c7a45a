"""Who gets in where: every route of the map, for a stranger, a reader and an organiser."""

import pytest
from werkzeug.routing import AnyConverter, IntegerConverter

from app.domain.accounts import Role
from app.domain.policy import Actor, Permission, may
from app.web.guard import guard_of

pytestmark = pytest.mark.databases("sqlite")

_READER = Actor("account", "reader", 1, Role.READER)
_ORGANIZER = Actor("account", "organizer", 1, Role.ORGANIZER)


def _routes(app, *, allowed=None, actor=None):
    """Return method and path of every route behind sign-in; narrowed to what the actor may do, or not."""
    adapter, found = app.url_map.bind("localhost"), []
    for rule in app.url_map.iter_rules():
        guard = guard_of(rule.endpoint) or ""
        permission = guard.removeprefix("signed_in:")
        if not guard.startswith("signed_in:"):
            continue
        if actor is None or may(actor, Permission(permission)) is allowed:
            path = adapter.build(rule.endpoint, {name: _sample(rule, name) for name in rule.arguments})
            found += [(method, path) for method in sorted(rule.methods - {"OPTIONS"})]
    return found


def _sample(rule, name):
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)[0]
    return 1 if isinstance(converter, IntegerConverter) else "x"


def _answers(app, client, routes):
    return {(method, path): client.open(path, method=method) for method, path in routes}


def test_a_stranger_is_asked_to_sign_in_on_every_route_of_the_desk(app, client):
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        with app.app_context():
            answers = _answers(app, client, _routes(app))
    finally:
        app.config["WTF_CSRF_ENABLED"] = True
    assert len(answers) > 60
    astray = {
        route: answer.status_code
        for route, answer in answers.items()
        if answer.status_code != 302 or "/organizer/sign-in" not in (answer.location or "")
    }
    assert astray == {}


@pytest.mark.parametrize("who", ["colleague", "organizer"])
def test_nobody_does_what_his_role_does_not_allow(app, who, request):
    client = request.getfixturevalue(f"{who}_client")
    actor = {"colleague": _READER, "organizer": _ORGANIZER}[who]
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        with app.app_context():
            answers = _answers(app, client, _routes(app, allowed=False, actor=actor))
    finally:
        app.config["WTF_CSRF_ENABLED"] = True
    assert answers
    assert {route: a.status_code for route, a in answers.items() if a.status_code != 403} == {}


def test_a_reader_may_change_nothing_at_all(app):
    """A reader only asks; lists that he took out, his own feed and filters are all that he writes."""
    with app.app_context():
        writes = {path for method, path in _routes(app, allowed=True, actor=_READER) if method == "POST"}
    assert writes == {
        "/organizer/calendar/revoke",
        "/organizer/filters/directory",
        "/organizer/filters/x/delete",
        "/organizer/filters/x/name",
        "/organizer/events/x/filters/board",
        "/organizer/directory/organizations.xlsx",
        "/organizer/directory/x.vcf",
        "/organizer/events/x/board.xlsx",
        "/organizer/events/x/delegates.csv",
        "/organizer/events/x/sites/list.xlsx",
    }
