"""saved filters."""

import sqlalchemy as sa
from alembic import op

from app.db import Moment

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

_LISTS = ('events', 'directory', 'board', 'guests', 'delegates', 'mail')


def upgrade() -> None:
    """Apply."""
    op.create_table('saved_filters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=12), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('shown_on', sa.String(length=40), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('query', sa.String(length=1000), nullable=False),
    sa.Column('created_at', Moment(), nullable=False),
    sa.CheckConstraint(f'shown_on IN {_LISTS!r}', name=op.f('ck_saved_filters_shown_on')),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_saved_filters_account_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_saved_filters_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_filters')),
    sa.UniqueConstraint('public_id', name=op.f('uq_saved_filters_public_id'))
    )
    op.create_index(op.f('ix_saved_filters_event_id'), 'saved_filters', ['event_id'], unique=False)
    for name, columns, where in (
        ('uq_saved_filters_of_event', ['account_id', 'shown_on', 'event_id', 'name'], 'event_id IS NOT NULL'),
        ('uq_saved_filters_of_all', ['account_id', 'shown_on', 'name'], 'event_id IS NULL'),
    ):
        op.create_index(name, 'saved_filters', columns, unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    """Revert."""
    op.drop_table('saved_filters')
