"""Alembic's environment: the metadata of the models, on the connection it is given."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from app import models  # noqa: F401  registers the tables
from app.db import Base, Moment


def render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write the house's own column types by name."""
    return "Moment()" if kind == "type" and isinstance(item, Moment) else False


def run(connection: Connection) -> None:
    """Run the asked revisions on this connection."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
