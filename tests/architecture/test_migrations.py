"""The migrations: numbered, one line of history, up and down, equal to the tables of the models."""

import re

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.db import Base, db
from app.models.directory import Contact
from app.models.invitations import Invitation
from app.models.people import Person
from app.queries import health
from app.services import schema
from app.services.transaction import unit_of_work
from tests import registration_rows
from tests.architecture.tree import ROOT
from tests.site import close, make_app

_VERSIONS = sorted((ROOT / "migrations" / "versions").glob("*.py"))


def test_migrations_are_numbered_in_words_and_in_one_line():
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    line = [script.revision for script in scripts.walk_revisions()][::-1]
    assert len(scripts.get_heads()) == 1
    assert [re.fullmatch(r"(\d{4})(_[a-z0-9]+)+", path.stem)[1] for path in _VERSIONS] == line
    assert line == [f"{number:04}" for number in range(1, len(line) + 1)]


def test_the_migrated_tables_are_those_of_the_models(context):
    with db.engine.connect() as connection:
        migration = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": _is_ours}
        )
        assert compare_metadata(migration, Base.metadata) == []
        assert health.has_current_schema()


def _is_ours(name, kind, _parents):
    """Leave out the tables of the task queue, which it makes in the database it is given."""
    return kind != "table" or not name.startswith("huey_")


@pytest.mark.slow
def test_every_migration_goes_back_to_nothing_and_comes_again(request, sites, site, tmp_path):
    kind = request.node.callspec.params["site"]
    app = make_app(sites.new_database(kind, "scratch").url, tmp_path)
    with app.app_context():
        for _ in range(2):
            schema.upgrade()
            assert _tables() == set(Base.metadata.tables), kind
            schema.downgrade(to="base")
            assert _tables() == set(), kind
    close(app)


@pytest.mark.slow
def test_who_is_there_before_the_upgrade_is_found_by_his_words(request, sites, site, tmp_path, now):
    kind = request.node.callspec.params["site"]
    app = make_app(sites.new_database(kind, "searched").url, tmp_path)
    with app.app_context():
        schema.upgrade()
        invitation = registration_rows.store_invitation(registration_rows.store_event())
        delegate = registration_rows.register_one(invitation, now, "Đỗ Thị Ngọc Ánh", email="anh@example.vn")
        with unit_of_work() as session:
            session.add(Contact(organization_id=invitation.organization_id, post="Chánh Văn phòng"))
        number = delegate.person_id
        schema.disconnect()
        schema.downgrade(to="0005")
        schema.upgrade()
        words = db.session.scalars(sa.select(Person.search).where(Person.id == number)).all()
        assert words == [" do thi ngoc anh anh example vn "]
        assert db.session.scalars(sa.select(Contact.search)).all() == [" chanh van phong "]
    close(app)


def _tables():
    return set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}


@pytest.mark.slow
def test_a_table_that_is_written_anew_keeps_what_others_say_of_it(request, sites, site, tmp_path):
    """SQLite drops the old table; nothing that refers to it may be set free or go with it."""
    kind = request.node.callspec.params["site"]
    app = make_app(sites.new_database(kind, "rewritten").url, tmp_path)
    with app.app_context():
        schema.upgrade()
        invitation = registration_rows.store_invitation(registration_rows.store_event())
        with unit_of_work() as session:
            contact = Contact(organization_id=invitation.organization_id, full_name="Lê An")
            session.add(contact)
            session.flush()
            session.get_one(Invitation, invitation.id).contact_id = contact.id
        schema.disconnect()
        schema.downgrade(to="0002")
        schema.upgrade()
        (name,) = db.session.scalars(sa.select(Contact.full_name).join(Invitation)).all()
        assert name == "Lê An"
    close(app)
