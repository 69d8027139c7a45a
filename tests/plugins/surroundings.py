"""Find what the suite can run on, share it with every worker, say at the end what was left out."""

import os
import platform
import sqlite3
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.plugins import chromium, dovecot, icaljs, network, postgresql, redis
from tests.plugins.found import Found, Missing

FOUND = pytest.StashKey[dict[str, Found | Missing]]()
_STARTED = pytest.StashKey[ExitStack]()
_LOOK_FOR = {
    "PostgreSQL": postgresql.find,
    "Redis": redis.find,
    "Chromium": chromium.find,
    "Dovecot": dovecot.find,
    "ical.js": icaljs.find,
}


def pytest_configure(config: pytest.Config) -> None:
    """Look once, in the process that was started by hand; workers are told."""
    network.allow_loopback_only()
    if hasattr(config, "workerinput"):
        config.stash[FOUND] = {
            name: (Found if "version" in told else Missing)(**told)
            for name, told in config.workerinput["surroundings"].items()
        }
        return
    config.stash[_STARTED] = started = ExitStack()
    config.stash[FOUND] = {name: find(os.environ, started) for name, find in _LOOK_FOR.items()}


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers that were started for the suite."""
    if started := config.stash.get(_STARTED, None):
        started.close()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Tell a worker what was found."""
    found = node.config.stash[FOUND]
    node.workerinput["surroundings"] = {name: vars(thing) for name, thing in found.items()}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Start no workers for single files: they would cost more than they save."""
    files = [argument for argument in config.args if Path(argument.split("::")[0]).suffix == ".py"]
    return 0 if len(files) == len(config.args) <= 3 else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the browser's tests together, so that one worker starts it once."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test that touches the database once per database."""
    if "site" not in metafunc.fixturenames:
        return
    names = {"sqlite": True, "postgresql": isinstance(metafunc.config.stash[FOUND]["PostgreSQL"], Found)}
    marker = metafunc.definition.get_closest_marker("databases")
    wanted = marker.args if marker else tuple(names)
    metafunc.parametrize("site", [name for name in wanted if names[name]], indirect=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what the suite ran on and what was left out, and why."""
    found = config.stash[FOUND].items()
    ran_on = [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
    ran_on += [f"{name} {thing.version}" for name, thing in found if isinstance(thing, Found)]
    terminalreporter.section("surroundings")
    terminalreporter.line(f"Ran on: {', '.join(ran_on)}.")
    for sentence in _left_out(terminalreporter, config):
        terminalreporter.line(f"Left out: {sentence}", yellow=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that must be complete and was not (BANTRON_TEST_REQUIRE_ALL=1, set by .ci/run)."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or os.environ.get("BANTRON_TEST_REQUIRE_ALL") != "1":
        return
    if session.exitstatus == pytest.ExitCode.OK and _left_out(reporter, session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _left_out(reporter: pytest.TerminalReporter, config: pytest.Config) -> list[str]:
    """Return a sentence for each thing that was not there and each choice that narrowed the run."""
    found, left_out = config.stash[FOUND].items(), reporter.stats
    return [
        *(f"{name}: {thing.why}" for name, thing in found if isinstance(thing, Missing)),
        *(f"{len(left_out[kind])} tests {kind}" for kind in ("skipped", "xfailed") if left_out.get(kind)),
        *(
            f"by {option}: {value}"
            for option in ("markexpr", "keyword")
            if (value := config.getoption(option))
        ),
    ]


@pytest.fixture
def icaljs_module(request: pytest.FixtureRequest) -> str:
    """The folder of ical.js."""
    found = request.config.stash[FOUND]["ical.js"]
    if isinstance(found, Missing):
        pytest.skip(f"no ical.js: {found.why}")
    return found.where


@pytest.fixture
def redis_url(request: pytest.FixtureRequest) -> str:
    """An empty Redis database of this worker's own."""
    found = request.config.stash[FOUND]["Redis"]
    if isinstance(found, Missing):
        pytest.skip(f"no Redis: {found.why}")
    redis.empty(found.where)
    return found.where


@pytest.fixture
def mailbox_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty mailbox on a real IMAP server, of this test's own."""
    found = request.config.stash[FOUND]["Dovecot"]
    if isinstance(found, Missing):
        pytest.skip(f"no Dovecot: {found.why}")
    return dovecot.new_mailbox(found.where)
