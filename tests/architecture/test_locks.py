"""The locked requirements: complete, hashed, and silent about where they came from."""

import re
import tomllib

import pytest

from tests.architecture.tree import ROOT

_SERVER = ["postgres", "redis", "server"]
_LOCKS = {
    "requirements.lock": [],
    "requirements-server.lock": _SERVER,
    "requirements-dev.lock": [*_SERVER, "dev"],
}


@pytest.mark.parametrize("name", _LOCKS)
def test_a_lock_holds_versions_and_hashes_only(name):
    lock = (ROOT / name).read_text()
    assert "://" not in lock
    entries = re.split(r"\n(?=\S)", lock.strip())
    assert [
        entry
        for entry in entries
        if not re.match(r"[\w.-]+==\S+.*\\\n( +--hash=sha256:\w{64}( \\\n)?)+$", entry)
    ] == []


@pytest.mark.parametrize(("name", "extras"), _LOCKS.items())
def test_a_lock_holds_every_declared_dependency(name, extras):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = [
        *project["dependencies"],
        *(d for extra in extras for d in project["optional-dependencies"][extra]),
    ]
    wanted = {re.match(r"[\w-]+", requirement)[0] for requirement in declared} - {project["name"]}
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / name).read_text(), re.MULTILINE))
    assert wanted - locked == set()


def test_the_locks_agree_on_every_version():
    core, server, dev = (
        dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE)) for name in _LOCKS
    )
    assert core.items() - server.items() == set()
    assert server.items() - dev.items() == set()
