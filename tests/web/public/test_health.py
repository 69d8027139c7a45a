"""What monitors ask: ready only with a database that answers and has this version's tables."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.db import db
from app.services import schema
from tests.site import close, make_app


@pytest.fixture
def apart(request, sites, site, tmp_path):
    """An application on a new database of its own, without tables, of the same kind as the others."""
    kind = request.node.callspec.params["site"]
    app = make_app(sites.new_database(kind, f"apart_{tmp_path.name}").url, tmp_path)
    yield app
    close(app)


def _ready(app: Flask) -> tuple[int, str]:
    answer = app.test_client().get("/readyz")
    return answer.status_code, answer.text


def test_a_site_with_its_database_is_ready(app):
    assert _ready(app) == (200, "ok\n")


@pytest.mark.parametrize(
    "unlike", ["UPDATE alembic_version SET version_num = '0000'", "DROP TABLE alembic_version"]
)
def test_a_site_whose_tables_are_not_those_of_this_version_is_not_ready(apart, unlike):
    with apart.app_context():
        schema.upgrade()
        assert _ready(apart) == (200, "ok\n")
        with db.engine.begin() as connection:
            connection.execute(sa.text(unlike))
    assert _ready(apart) == (503, "schema\n")
    assert apart.test_client().get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "nowhere", ["sqlite:////nowhere/bantron.db", "postgresql+psycopg://nobody@127.0.0.1:1/nothing"]
)
def test_a_site_that_lost_its_database_is_not_ready(nowhere, tmp_path):
    app = make_app(nowhere, tmp_path)
    assert _ready(app) == (503, "database\n")
    assert app.test_client().get("/healthz").status_code == 200


@pytest.mark.databases("sqlite")
def test_a_site_whose_file_was_deleted_under_it_is_not_ready(apart):
    with apart.app_context():
        schema.upgrade()
        assert _ready(apart)[0] == 200
        Path(db.engine.url.database).unlink()
    assert _ready(apart) == (503, "database\n")


def test_a_monitor_that_asks_every_second_costs_little(app, statements):
    _ready(app)
    with statements() as seen:
        assert _ready(app)[0] == 200
    assert len([line for line in seen if not line.startswith("BEGIN")]) <= 2
