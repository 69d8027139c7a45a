"""Every page says who may see it, and the list of pages with their guards is frozen in routes.txt."""

import os

import pytest

from app.web.guard import guard_of
from app.web.limits import limit_of
from tests.architecture.tree import ROOT

pytestmark = pytest.mark.databases("sqlite")

_FROZEN = ROOT / "tests" / "architecture" / "routes.txt"
_AUTOMATIC = {"HEAD", "OPTIONS"}
_NEEDS_NO_LIMIT = {"security.logout"}
"""It ends the session of who sends it."""


def test_every_route_declares_a_guard(app):
    assert [line for line in _routes(app) if line.endswith(" none")] == []


def test_every_form_that_needs_no_account_is_limited(app):
    with app.app_context():
        forms = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods}
        open_to_all = {form for form in forms if not (guard_of(form) or "").startswith("signed_in:")}
        unlimited = {form for form in open_to_all - _NEEDS_NO_LIMIT if limit_of(form) is None}
    assert unlimited == set()


def test_the_list_of_routes_is_the_frozen_one(app):
    routes = _routes(app)
    frozen = set(_FROZEN.read_text().splitlines()) if _FROZEN.exists() else set()
    if set(routes) != frozen and not os.environ.get("CI"):
        _FROZEN.write_text("\n".join(routes) + "\n")  # looked at and committed with the change, or put back
    assert (set(routes) - frozen, frozen - set(routes)) == (set(), set()), (
        "routes.txt was rewritten: look at it"
    )


def _routes(app):
    with app.app_context():
        return sorted(_line(rule) for rule in app.url_map.iter_rules())


def _line(rule):
    methods = ",".join(sorted(rule.methods - _AUTOMATIC))
    return f"{methods} {rule.rule} {rule.endpoint} {guard_of(rule.endpoint) or 'none'}"
