"""headcounts and contacts."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

KINDS = (
    'invitation', 'reminder', 'answer_receipt', 'registration', 'registration_changed', 'approval_request', 'approval_outcome', 'place_offered', 'change_decided', 'speaking_answered', 'withdrawal', 'calendar', 'new_link', 'hand_over', 'member_declined', 'event_changed', 'event_postponed', 'event_cancelled', 'account_link', 'test',
)


def upgrade() -> None:
    """Apply; contacts that are there begin at their first revision, counts at nobody's name."""
    with op.batch_alter_table('contacts') as batch_op:
        batch_op.add_column(sa.Column('revision', sa.Integer(), nullable=False, server_default='1'))
    with op.batch_alter_table('sites') as batch_op:
        batch_op.add_column(sa.Column('counted_by', sa.String(length=200), nullable=False, server_default=''))
    _allow_kinds((*KINDS, 'member_waiting'))


def downgrade() -> None:
    """Revert."""
    op.execute("DELETE FROM outbox WHERE kind = 'member_waiting'")
    _allow_kinds(KINDS)
    with op.batch_alter_table('sites') as batch_op:
        batch_op.drop_column('counted_by')
    with op.batch_alter_table('contacts') as batch_op:
        batch_op.drop_column('revision')


def _allow_kinds(kinds: tuple[str, ...]) -> None:
    """Let the outbox hold messages of these kinds."""
    values = ', '.join(repr(kind) for kind in kinds)
    with op.batch_alter_table('outbox') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_outbox_kind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_outbox_kind'), f'kind IN ({values})')
