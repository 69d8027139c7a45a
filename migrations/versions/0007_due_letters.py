"""Letters that are due are noted with the delegate, whoever registered him."""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

_DUE = "due_letter IS NOT NULL"
_KINDS = ('registration', 'registration_changed', 'withdrawal')
_OWED = (
    ('registration', '"before" IS NULL AND NOT is_undone'),
    ('registration_changed', '"before" IS NOT NULL'),
    ('withdrawal', '"before" IS NULL AND is_undone'),
)


def upgrade() -> None:
    """Apply; what imports still owe stays owed."""
    with op.batch_alter_table('delegates') as batch_op:
        batch_op.add_column(sa.Column('due_letter', sa.String(length=40), nullable=True))
        batch_op.create_check_constraint(batch_op.f('ck_delegates_due_letter'), f'due_letter IN {_KINDS!r}')
        batch_op.create_index(
            'ix_delegates_due_letter', ['id'], sqlite_where=sa.text(_DUE), postgresql_where=sa.text(_DUE)
        )
    for kind, which in _OWED:
        op.execute(
            f"UPDATE delegates SET due_letter = '{kind}' WHERE id IN"
            f' (SELECT delegate_id FROM import_entries WHERE is_due AND {which})'
        )
    with op.batch_alter_table('import_entries') as batch_op:
        batch_op.drop_index('ix_import_entries_due')
        batch_op.drop_column('is_due')


def downgrade() -> None:
    """Revert; letters that are due are forgotten."""
    with op.batch_alter_table('import_entries') as batch_op:
        batch_op.add_column(sa.Column('is_due', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index(
            'ix_import_entries_due', ['import_id'],
            sqlite_where=sa.text('is_due'), postgresql_where=sa.text('is_due'),
        )
    with op.batch_alter_table('delegates') as batch_op:
        batch_op.drop_index('ix_delegates_due_letter')
        batch_op.drop_constraint(batch_op.f('ck_delegates_due_letter'), type_='check')
        batch_op.drop_column('due_letter')
