"""Every act that a use-case records has its words in the history."""

import ast
import re
from pathlib import Path

import pytest

from app.i18n.acts import ACTS, act_text, source_text, who_text

SERVICES = Path(__file__).parents[2] / "app" / "services"
ACT = re.compile(r"[a-z_]+\.[a-z_]+")


def _recorded():
    """Collect the constants of app/services that look like an act ("noun.verb")."""
    for path in SERVICES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and ACT.fullmatch(node.value):
                yield node.value


def test_every_act_has_words_and_no_word_is_left_over():
    assert set(_recorded()) == set(ACTS)


@pytest.mark.parametrize("language", ["vi", "en", "ru", "fr"])
def test_words_name_the_subject_the_source_and_who_did_it(language):
    assert "Tỉnh Quảng Trị" in act_text("invitation.answer", "Tỉnh Quảng Trị", language)
    assert "Phiên" in act_text("nobody.knows", "Phiên", language)
    assert source_text("letter", language) != "letter"
    assert who_text("account", "Nguyễn Hà", language) == "Nguyễn Hà"
    assert who_text("system", "system", "vi") == "hệ thống"


def test_an_untitled_agenda_item_is_named_by_the_word_for_its_kind():
    assert act_text("agenda_item.add", "closing_remarks", "vi") == "Thêm mục chương trình: Phát biểu bế mạc"
    assert act_text("session.add", "discussion", "vi").endswith(": discussion")
