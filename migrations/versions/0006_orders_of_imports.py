"""orders of imports, and indices for what removing an organisation looks up.

Without them SQLite reads the whole directory for each of ten thousand organisations that an undo removes.
"""

import sqlalchemy as sa
from alembic import op

from app.db import Moment

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

_ACTS = ('bring_in', 'take_back')


def upgrade() -> None:
    """Apply."""
    op.create_table('directory_import_orders',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('of', sa.String(length=12), nullable=False),
    sa.Column('act', sa.String(length=40), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('ordered_by', sa.String(length=200), nullable=False),
    sa.Column('ordered_at', Moment(), nullable=False),
    sa.CheckConstraint(f'act IN {_ACTS!r}', name=op.f('ck_directory_import_orders_act')),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_directory_import_orders_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_directory_import_orders')),
    sa.UniqueConstraint('of', name=op.f('uq_directory_import_orders_of'))
    )
    op.create_index(op.f('ix_organizations_parent_id'), 'organizations', ['parent_id'])
    op.create_index(op.f('ix_organizations_successor_id'), 'organizations', ['successor_id'])


def downgrade() -> None:
    """Revert."""
    op.drop_index(op.f('ix_organizations_successor_id'), 'organizations')
    op.drop_index(op.f('ix_organizations_parent_id'), 'organizations')
    op.drop_table('directory_import_orders')
