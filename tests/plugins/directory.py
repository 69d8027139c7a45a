"""The real directory: loaded from the project's own files once, put back as rows for every other test."""

from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.db import db
from app.documents import directory as files
from app.domain.policy import SYSTEM
from app.models.directory import Alias, Organization, Sector
from app.services.directory.load import load

_TABLES = tuple(model.__table__ for model in (Organization, Alias, Sector))
_ROWS: dict[sa.Table, list[dict[str, Any]]] = {}


@pytest.fixture
def real_directory(app: Flask, now: datetime) -> None:
    """Both generations of localities, the missions, the associations, the ministries."""
    with app.app_context():
        store_real_directory(now)


def store_real_directory(now: datetime) -> None:
    """Fill the empty database of the application whose context is pushed."""
    if _ROWS:
        _put_back()
    else:
        load(
            actor=SYSTEM,
            organizations=files.read_own_organizations(),
            sectors=files.read_sectors(),
            now=now,
        )
        for table in _TABLES:
            rows = db.session.execute(sa.select(table).order_by(*table.primary_key))
            _ROWS[table] = [dict(row) for row in rows.mappings()]
        db.session.rollback()


def _put_back() -> None:
    for table in _TABLES:
        db.session.execute(sa.insert(table), _ROWS[table])
        if "id" in table.c and db.engine.dialect.name == "postgresql":
            number = sa.func.pg_get_serial_sequence(table.name, "id")
            db.session.execute(
                sa.select(sa.func.setval(number, sa.select(sa.func.max(table.c.id)).scalar_subquery()))
            )
    db.session.commit()
