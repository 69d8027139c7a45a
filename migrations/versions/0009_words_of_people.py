"""words of people."""

import sqlalchemy as sa
from alembic import op

from app.domain.text import searched

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

_AT_ONCE = 1000
_LOOKED_THROUGH = {
    'contacts': ('full_name', 'post', 'email'),
    'people': ('full_name', 'native_name', 'email', 'organization_name'),
}


def upgrade() -> None:
    """Apply; who is there already is found by his words as well."""
    for table, names in _LOOKED_THROUGH.items():
        op.add_column(table, sa.Column('search', sa.Text(), nullable=False, server_default=''))
        _index(table, names)


def _index(table: str, names: tuple[str, ...]) -> None:
    rows = sa.table(table, sa.column('id'), sa.column('search'), *map(sa.column, names))
    texts = sa.select(rows.c.id, *(rows.c[name] for name in names)).order_by(rows.c.id).limit(_AT_ONCE)
    put = sa.update(rows).where(rows.c.id == sa.bindparam('number')).values(search=sa.bindparam('words'))
    connection, last = op.get_bind(), 0
    while found := connection.execute(texts.where(rows.c.id > last)).all():
        connection.execute(put, [{'number': number, 'words': searched(*known)} for number, *known in found])
        last = found[-1][0]


def downgrade() -> None:
    """Revert."""
    for table in _LOOKED_THROUGH:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column('search')
