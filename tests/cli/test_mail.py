"""`bantron mail ingest`: one mail on standard input, what became of it as JSON or in a sentence."""

import json

import pytest
from click.testing import CliRunner

from app.cli import main
from app.services import schema
from tests.inbound.invited import institution
from tests.site import SETTINGS, close, make_app

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def one(tmp_path, monkeypatch, now):
    """A guest of a site that the command finds by its environment."""
    database = f"sqlite:///{tmp_path}/bantron.db"
    monkeypatch.setenv("BANTRON_SECRET_KEY", SETTINGS.secret_key)
    monkeypatch.setenv("BANTRON_BASE_URL", SETTINGS.base_url)
    monkeypatch.setenv("BANTRON_INSTANCE", str(tmp_path))
    app = make_app(database, tmp_path)
    with app.app_context():
        schema.upgrade()
        yield institution(now)
    close(app)


def run(raw: bytes, *options: str):
    return CliRunner().invoke(main, ["mail", "ingest", *options], input=raw)


def test_the_json_names_result_reason_subject_and_the_answer_as_it_stands(one):
    done = run(one.reply(), "--json", "--envelope-to", one.request.organizer)
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "result": "apply", "reason": "answered", "subject": one.guest.public_id, "answer_after": "ACCEPTED",
    }  # fmt: skip


def test_a_dry_run_says_the_same_and_can_be_repeated(one):
    raw = one.reply("DECLINED")
    said = [run(raw, "--json", "--dry-run").stdout for _ in range(2)]
    assert json.loads(said[0])["answer_after"] == "DECLINED"
    assert said[0] == said[1]
    assert json.loads(run(raw, "--json").stdout)["reason"] == "answered"


def test_a_mail_that_is_none_ends_well_too(one):
    done = run(b"", "--json")
    assert (done.exit_code, json.loads(done.stdout)["result"]) == (0, "reject")
    assert run(one.reply("NO")).stdout == (
        "Waits for your decision. The mail says neither yes, nor no, nor perhaps.\n"
    )


def test_without_a_configuration_the_demo_of_the_folder_is_meant_and_said(one, monkeypatch, tmp_path):
    (tmp_path / "secret_key").write_text(SETTINGS.secret_key)
    monkeypatch.delenv("BANTRON_SECRET_KEY")
    monkeypatch.delenv("BANTRON_BASE_URL")
    done = run(one.reply(), "--json", "--dry-run", "--envelope-to", one.request.organizer)
    assert done.exit_code == 0
    assert f"the demo in {tmp_path}" in done.stderr
    assert set(json.loads(done.stdout)) == {"result", "reason", "subject", "answer_after"}
