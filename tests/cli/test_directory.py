"""The command `bantron directory`: load, import with a preview, search."""

import pytest
from click.testing import CliRunner

from app.cli import main
from tests.site import SETTINGS

OWN = "code,kind,name_vi,aliases\nVIETTEL,corporation,Tập đoàn Công nghiệp - Viễn thông Quân đội,Viettel\n"


@pytest.fixture
def bantron(site):
    """Run the command on the site of this test."""
    environment = {
        "BANTRON_DATABASE_URL": site.database.url,
        "BANTRON_SECRET_KEY": SETTINGS.secret_key,
        "BANTRON_BASE_URL": SETTINGS.base_url,
    }
    return lambda *words: CliRunner().invoke(main, ["directory", *words], env=environment)


@pytest.fixture
def own_file(tmp_path):
    """A file of one's own."""
    path = tmp_path / "own.csv"
    path.write_text(OWN)
    return path


def test_loading_tells_what_it_did_and_searching_finds_it(bantron):
    first, again = bantron("load"), bantron("load")
    assert "447 new, 0 changed, 0 the same." in first.output
    assert "0 new, 0 changed, 447 the same." in again.output
    found = bantron("search", "vologod")
    assert (found.exit_code, found.output.split()[0]) == (0, "RU-VLG")
    assert "(until 2025-06-30)" in bantron("search", "BR-VT").output
    nothing = bantron("search", "atlantis")
    assert (nothing.exit_code, "atlantis" in nothing.output) == (1, True)


def test_a_preview_says_what_an_import_would_do(bantron, own_file):
    assert "1 new, 0 changed, 0 the same." in bantron("import", "--preview", str(own_file)).output
    assert bantron("search", "viettel").exit_code == 1
    assert bantron("import", str(own_file)).exit_code == 0
    assert bantron("search", "viettel").exit_code == 0


def test_a_broken_file_is_refused_in_one_sentence(bantron, own_file):
    own_file.write_text(OWN + "viettel 2,corporation,Hai,\n")
    refused = bantron("import", str(own_file))
    assert refused.exit_code == 1
    assert refused.output.strip().startswith("Error: own.csv, line 3, column code:")
    assert bantron("search", "viettel").exit_code == 1
