"""calendar messages."""

import sqlalchemy as sa
from alembic import op

from app.db import Moment

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

KINDS = (
    'invitation', 'reminder', 'answer_receipt', 'registration', 'registration_changed', 'approval_request', 'approval_outcome', 'place_offered', 'change_decided', 'speaking_answered', 'withdrawal', 'new_link', 'hand_over', 'member_declined', 'event_changed', 'event_postponed', 'event_cancelled', 'account_link', 'test',
)


def upgrade() -> None:
    """Apply."""
    op.create_table('calendar_copies',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=12), nullable=False),
    sa.Column('invitation_id', sa.Integer(), nullable=True),
    sa.Column('delegate_id', sa.Integer(), nullable=True),
    sa.Column('uid', sa.String(length=64), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('generation', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('hours', sa.String(length=80), nullable=False),
    sa.Column('essence', sa.String(length=32), nullable=False),
    sa.Column('is_cancelled', sa.Boolean(), nullable=False),
    sa.Column('partstat', sa.Enum('NEEDS-ACTION', 'ACCEPTED', 'DECLINED', 'TENTATIVE', 'DELEGATED', name='partstat', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('replied_at', Moment(), nullable=True),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('stamp', Moment(), nullable=False),
    sa.CheckConstraint('(invitation_id IS NULL) <> (delegate_id IS NULL)', name=op.f('ck_calendar_copies_guest')),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_calendar_copies_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['invitation_id'], ['invitations.id'], name=op.f('fk_calendar_copies_invitation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_copies')),
    sa.UniqueConstraint('delegate_id', 'uid', name=op.f('uq_calendar_copies_delegate_id_uid')),
    sa.UniqueConstraint('invitation_id', 'uid', name=op.f('uq_calendar_copies_invitation_id_uid')),
    sa.UniqueConstraint('public_id', name=op.f('uq_calendar_copies_public_id'))
    )
    with op.batch_alter_table('calendar_copies', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_calendar_copies_uid'), ['uid'], unique=False)

    op.create_table('inbound_mails',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=12), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('received_at', Moment(), nullable=False),
    sa.Column('door', sa.Enum('mailbox', 'listener', 'webhook', 'command', name='door', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('envelope_to', sa.String(length=320), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=True),
    sa.Column('result', sa.Enum('apply', 'hold', 'ignore', 'reject', name='result', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.Column('sender', sa.String(length=254), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=True),
    sa.Column('invitation_id', sa.Integer(), nullable=True),
    sa.Column('delegate_id', sa.Integer(), nullable=True),
    sa.Column('uid', sa.String(length=255), nullable=False),
    sa.Column('method', sa.String(length=20), nullable=False),
    sa.Column('partstat', sa.Enum('NEEDS-ACTION', 'ACCEPTED', 'DECLINED', 'TENTATIVE', 'DELEGATED', name='partstat', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('proposed_start', Moment(), nullable=True),
    sa.Column('proposed_end', Moment(), nullable=True),
    sa.Column('decision', sa.Enum('applied', 'dismissed', 'counter_declined', name='decision', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('decided_at', Moment(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['decided_by_id'], ['accounts.id'], name=op.f('fk_inbound_mails_decided_by_id')),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_inbound_mails_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_inbound_mails_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['invitation_id'], ['invitations.id'], name=op.f('fk_inbound_mails_invitation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inbound_mails')),
    sa.UniqueConstraint('fingerprint', name=op.f('uq_inbound_mails_fingerprint')),
    sa.UniqueConstraint('public_id', name=op.f('uq_inbound_mails_public_id'))
    )
    with op.batch_alter_table('inbound_mails', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inbound_mails_delegate_id'), ['delegate_id'], unique=False)
        batch_op.create_index('ix_inbound_mails_event_id_result', ['event_id', 'result'], unique=False)
        batch_op.create_index(batch_op.f('ix_inbound_mails_invitation_id'), ['invitation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_inbound_mails_received_at'), ['received_at'], unique=False)

    op.add_column('outbox', sa.Column('calendar', sa.LargeBinary(), nullable=True))
    _allow_kinds((*KINDS, 'calendar'))


def downgrade() -> None:
    """Revert."""
    op.execute("DELETE FROM outbox WHERE kind = 'calendar'")
    _allow_kinds(KINDS)
    with op.batch_alter_table('outbox') as batch_op:
        batch_op.drop_column('calendar')

    with op.batch_alter_table('inbound_mails', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_inbound_mails_received_at'))
        batch_op.drop_index(batch_op.f('ix_inbound_mails_invitation_id'))
        batch_op.drop_index('ix_inbound_mails_event_id_result')
        batch_op.drop_index(batch_op.f('ix_inbound_mails_delegate_id'))

    op.drop_table('inbound_mails')
    with op.batch_alter_table('calendar_copies', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_calendar_copies_uid'))

    op.drop_table('calendar_copies')


def _allow_kinds(kinds: tuple[str, ...]) -> None:
    """Let the outbox hold messages of these kinds."""
    with op.batch_alter_table('outbox') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_outbox_kind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_outbox_kind'), _one_of('kind', kinds))


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"
