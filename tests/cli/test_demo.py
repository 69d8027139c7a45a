"""The demo as its commands show it: whole or not at all, the same at every call."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.site import ApartClient, close, make_app


def _bantron(*arguments: str, folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    clean = {name: text for name, text in os.environ.items() if not name.startswith(("BANTRON_", "PORT"))}
    own = {"BANTRON_INSTANCE": str(folder), "BANTRON_DATABASE_URL": f"sqlite:///{folder / 'demo.db'}"}
    command = [sys.executable, "-c", "from app.cli import main; main()", *arguments]
    return subprocess.run(
        command, env={**clean, **own, **environ}, capture_output=True, text=True, check=False
    )


pytestmark = pytest.mark.xdist_group("demo")  # one worker fills it, once


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a filled demo."""
    folder = tmp_path_factory.mktemp("demo")
    assert _bantron("demo", folder=folder).returncode == 0
    return folder


def _told(folder: Path, **environ: str) -> dict[str, Any]:
    answer = _bantron("demo", "--json", folder=folder, **environ)
    assert answer.returncode == 0, answer.stderr
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


@pytest.fixture(scope="module")
def told(folder: Path) -> dict[str, Any]:
    """What the command prints."""
    return _told(folder)


@pytest.mark.slow
def test_the_object_is_the_one_that_is_promised(told: dict[str, Any]) -> None:
    """PRODUCT.md, stable surface: `bantron demo --json`."""
    assert set(told) == {"base_url", "organizer", "events", "focal_points", "delegates", "mailbox"}
    assert set(told["organizer"]) == {"url", "email", "password"}
    assert [set(event) for event in told["events"]] == [{"slug", "title", "url", "ics"}] * 3
    assert all(set(each) == {"organization", "url"} for each in told["focal_points"])
    assert all(set(each) == {"name", "url", "ics"} for each in told["delegates"])


@pytest.mark.slow
def test_calling_it_again_changes_nothing_but_the_port_that_is_asked_for(
    folder: Path, told: dict[str, Any]
) -> None:
    """The same object, the same links, no row more; PORT=9000 make run has them at that port."""
    before = (folder / "demo.db").stat().st_size
    again = json.dumps(_told(folder, PORT="9000"), ensure_ascii=False)
    assert again.replace(":9000", ":8000") == json.dumps(told, ensure_ascii=False)
    assert (folder / "demo.db").stat().st_size == before


@pytest.mark.slow
def test_every_address_works(folder: Path, told: dict[str, Any]) -> None:
    """Each one answers 200, and the calendar files are calendar files."""
    key = (folder / "secret_key").read_text().strip()
    app = make_app(
        f"sqlite:///{folder / 'demo.db'}", folder, demo=True, secret_key=key, base_url=told["base_url"]
    )
    client: ApartClient = app.test_client()
    addresses = [told["mailbox"], f"{told['base_url']}/"]
    addresses += [each["url"] for kind in ("events", "focal_points", "delegates") for each in told[kind]]
    files = [each["ics"] for kind in ("events", "delegates") for each in told[kind] if each["ics"]]
    for address in addresses:
        assert client.get(urlsplit(address).path).status_code == 200, address
    for address in files:
        answer = client.get(urlsplit(address).path)
        assert answer.data.startswith(b"BEGIN:VCALENDAR\r\n"), address
    assert client.get("/organizer/").status_code == 302
    close(app)


def test_a_wrong_configuration_is_one_sentence(tmp_path: Path) -> None:
    """The variable is named; no traceback."""
    answer = _bantron("check", folder=tmp_path, BANTRON_SECRET_KEY="short", BANTRON_BASE_URL="https://x.vn")
    assert answer.returncode == 1
    assert answer.stderr.startswith("Error: BANTRON_SECRET_KEY is too weak")
    assert "Traceback" not in answer.stderr


def test_a_database_without_tables_is_told_and_not_served(tmp_path: Path) -> None:
    """The site refuses to start on another schema than its own."""
    good = {"BANTRON_SECRET_KEY": "k3Jd82hfAlq0ZmVbN5xW7yRtU1oPsE6g", "BANTRON_BASE_URL": "http://127.0.0.1"}
    answer = _bantron("run", "--port", "1", folder=tmp_path, **good)
    assert answer.returncode == 1
    assert "bantron upgrade" in answer.stderr
