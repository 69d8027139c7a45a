"""The migrations: numbered, one line of history, up and down, equal to the tables of the models."""

import re

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.db import Base, db
from app.domain.programme import AppointmentRole, Edition
from app.models.directory import Contact, Sector
from app.models.invitations import Invitation
from app.models.people import Person
from app.models.programme import Appointment
from app.models.speaking import SpeakingRequest
from app.queries import health
from app.services import schema
from app.services.programme import editions
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


@pytest.mark.slow
def test_going_back_before_editions_leaves_what_guests_read(request, sites, site, tmp_path, now):
    kind = request.node.callspec.params["site"]
    app = make_app(sites.new_database(kind, "editions").url, tmp_path)
    with app.app_context():
        schema.upgrade()
        invitation = registration_rows.store_invitation(registration_rows.store_event())
        with unit_of_work() as session:
            event = session.get_one(Invitation, invitation.id).event
            first, asked = event.sessions[0], {"topics": {}, "asked_by": "An", "asked_at": now, "minutes": 5}
            first.sectors = [Sector(code="energy", names={"vi": "Năng lượng"}, position=1)]
            given = Appointment(event_id=event.id, session=first, position=1, role=AppointmentRole.SPEAKER)
            session.add(given)
            session.flush()
            editions.bring_out(session, event, now=now)
            known = given.public_id
            of_it = sa.select(Appointment).where(Appointment.public_id == known)
            twin = session.scalars(of_it.where(Appointment.edition == Edition.PLANNED)).one()
            new = Appointment(event_id=event.id, position=2, role=twin.role, edition=Edition.PLANNED)
            session.add_all(
                SpeakingRequest(event_id=event.id, invitation=invitation, appointment=place, **asked)
                for place in (twin, new)
            )
        schema.disconnect()
        schema.downgrade(to="0007")
        with db.engine.connect() as connection:
            one = connection.execute(sa.text("SELECT public_id FROM appointments")).scalars().all()
            given = connection.execute(sa.text("SELECT appointment_id FROM speaking_requests ORDER BY id"))
            sectors = connection.execute(sa.text("SELECT count(*) FROM session_sectors")).scalar()
            assert (one, [number is None for number in given.scalars()]) == ([known], [False, True])
            assert sectors == 1
        schema.upgrade()
    close(app)
