"""The suite says what it ran on, names what it left out, and fails where nothing may be left out."""

import os
import subprocess
import sys
from contextlib import ExitStack

import psycopg
import pytest

from tests.architecture.tree import ROOT
from tests.plugins import chromium, dovecot, postgresql, redis
from tests.plugins.found import Found, Missing

pytestmark = pytest.mark.slow
_ONE_TEST = "tests/plugins/test_network.py"


def test_what_is_missing_is_named_and_fails_only_where_nothing_may_be_missing():
    lenient = _run(BANTRON_TEST_CHROMIUM="/nowhere/chromium", BANTRON_TEST_REQUIRE_ALL="")
    strict = _run(BANTRON_TEST_CHROMIUM="/nowhere/chromium", BANTRON_TEST_REQUIRE_ALL="1")
    for run in (lenient, strict):
        assert "Left out: Chromium: /nowhere/chromium is not there" in run.stdout
        assert f"Ran on: Python {sys.version_info.major}" in run.stdout
        assert "2 passed" in run.stdout
    assert (lenient.returncode, strict.returncode) == (0, 1)


def test_a_postgresql_of_its_own_is_started_and_gone_with_the_suite():
    with ExitStack() as started:
        found = postgresql.start(psycopg, started)
        assert isinstance(found, Found)
        with psycopg.connect(found.where) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(found.where)


def test_a_wrong_address_is_told_in_words():
    nowhere = {
        "BANTRON_TEST_POSTGRES_URL": "postgresql://nobody@127.0.0.1:1/none",
        "BANTRON_TEST_REDIS_URL": "redis://127.0.0.1:1/0",
        "BANTRON_TEST_CHROMIUM": "/nowhere/chromium",
        "BANTRON_TEST_DOVECOT": "/nowhere/dovecot",
    }
    with ExitStack() as started:
        answers = [plugin.find(nowhere, started) for plugin in (postgresql, redis, chromium, dovecot)]
    assert [type(answer) for answer in answers] == [Missing] * 4
    assert all(answer.why for answer in answers)


def _run(**environment):
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--numprocesses=0", _ONE_TEST],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
