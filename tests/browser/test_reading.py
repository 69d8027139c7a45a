"""The reader of every page finds English that was forgotten."""

import pytest

from tests.browser.reading import leftovers


@pytest.mark.parametrize(
    ("language", "said"),
    [("vi", "Gửi câu trả lời"), ("ru", "Отправить ответ"), ("vi", "Zoom"), ("vi", "English")],
)
def test_what_is_said_in_his_language_or_is_a_name_passes(language, said):
    assert leftovers([said, "Посольство Российской Федерации во Вьетнаме"], language) == []


@pytest.mark.parametrize("language", ["vi", "ru"])
@pytest.mark.parametrize("said", ["Send the answer", "Programme", "Every letter has arrived."])
def test_english_is_found_on_other_pages(language, said):
    assert leftovers([said, "Zoom"], language) == [said]


def test_english_is_no_fault_in_english():
    assert leftovers(["Send the answer"], "en") == []
