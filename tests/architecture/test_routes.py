"""Every page says who may see it, and the list of pages with their guards is frozen in routes.txt."""

import os

import pytest

from app.web.guard import guard_of
from tests.architecture.tree import ROOT

pytestmark = pytest.mark.databases("sqlite")

_FROZEN = ROOT / "tests" / "architecture" / "routes.txt"
_AUTOMATIC = {"HEAD", "OPTIONS"}


def test_every_route_declares_a_guard(app):
    assert [line for line in _routes(app) if line.endswith(" none")] == []


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
