"""programme versions."""

import sqlalchemy as sa
from alembic import op

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


def downgrade() -> None:
    """Revert."""
    with op.batch_alter_table('sessions') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_sessions_interpretation'), type_='check')
        batch_op.drop_column('interpretation')
    with op.batch_alter_table('events') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_events_interpretation'), type_='check')
        batch_op.drop_column('interpretation')
