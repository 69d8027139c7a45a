"""desk feeds."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column('accounts', sa.Column('feed_generation', sa.Integer(), nullable=False, server_default='1'))


def downgrade() -> None:
    """Revert."""
    with op.batch_alter_table('accounts') as batch_op:
        batch_op.drop_column('feed_generation')
