"""programme versions."""

import sqlalchemy as sa
from alembic import op

from app.db import Moment

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

_WAYS = ('none', 'simultaneous', 'consecutive')


def upgrade() -> None:
    """Apply; events that are there have no interpretation stated, their sessions follow them."""
    with op.batch_alter_table('events') as batch_op:
        batch_op.add_column(sa.Column('interpretation', sa.String(length=40), nullable=False, server_default='none'))
        batch_op.create_check_constraint(batch_op.f('ck_events_interpretation'), f'interpretation IN {_WAYS!r}')
    with op.batch_alter_table('sessions') as batch_op:
        batch_op.add_column(sa.Column('interpretation', sa.String(length=40), nullable=True))
        batch_op.create_check_constraint(batch_op.f('ck_sessions_interpretation'), f'interpretation IN {_WAYS!r}')
    op.create_table('programme_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=12), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('notes', sa.JSON(), nullable=False),
    sa.Column('lines', sa.JSON(), nullable=False),
    sa.Column('told', sa.Integer(), nullable=False),
    sa.Column('released_at', Moment(), nullable=False),
    sa.Column('released_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('number > 0', name=op.f('ck_programme_versions_number')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_programme_versions_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['released_by_id'], ['accounts.id'], name=op.f('fk_programme_versions_released_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_versions')),
    sa.UniqueConstraint('event_id', 'number', name=op.f('uq_programme_versions_event_id_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_programme_versions_public_id'))
    )


def downgrade() -> None:
    """Revert."""
    op.drop_table('programme_versions')
    with op.batch_alter_table('sessions') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_sessions_interpretation'), type_='check')
        batch_op.drop_column('interpretation')
    with op.batch_alter_table('events') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_events_interpretation'), type_='check')
        batch_op.drop_column('interpretation')
