"""editions of the programme."""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

_EDITIONS = ('shared', 'released', 'planned')
_GIVEN_TWIN = """
UPDATE speaking_requests SET appointment_id = (
    SELECT known.id FROM appointments AS known JOIN appointments AS planned ON planned.public_id = known.public_id
    WHERE planned.id = speaking_requests.appointment_id AND known.edition = 'released'
) WHERE appointment_id IN (SELECT id FROM appointments WHERE edition = 'planned')
"""
_TABLES = {'sessions': ('public_id', 'calendar_uid'), 'agenda_items': ('public_id',), 'appointments': ('public_id',)}


def upgrade() -> None:
    """Apply; guests go on reading the programme as it is, until its next version is released."""
    op.add_column('events', sa.Column('keeps_editions', sa.Boolean(), nullable=False, server_default=sa.false()))
    for table, keys in _TABLES.items():
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column('edition', sa.String(length=40), nullable=False, server_default='shared'))
            batch_op.create_check_constraint(batch_op.f(f'ck_{table}_edition'), f'edition IN {_EDITIONS!r}')
            for key in keys:
                batch_op.drop_constraint(batch_op.f(f'uq_{table}_{key}'), type_='unique')
                batch_op.create_unique_constraint(batch_op.f(f'uq_{table}_{key}_edition'), [key, 'edition'])


def downgrade() -> None:
    """Revert; what was planned and not released is lost. Foreign keys may rest (SQLite)."""
    op.execute(_GIVEN_TWIN)
    op.execute("DELETE FROM session_sectors WHERE session_id IN (SELECT id FROM sessions WHERE edition = 'planned')")
    for table in reversed(_TABLES):
        op.execute(f"DELETE FROM {table} WHERE edition = 'planned'")
    for table, keys in _TABLES.items():
        with op.batch_alter_table(table) as batch_op:
            for key in keys:
                batch_op.drop_constraint(batch_op.f(f'uq_{table}_{key}_edition'), type_='unique')
                batch_op.create_unique_constraint(batch_op.f(f'uq_{table}_{key}'), [key])
            batch_op.drop_constraint(batch_op.f(f'ck_{table}_edition'), type_='check')
            batch_op.drop_column('edition')
    with op.batch_alter_table('events') as batch_op:
        batch_op.drop_column('keeps_editions')
