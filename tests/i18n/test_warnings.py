"""Every warning about a programme has its words."""

import pytest

from app.domain.clashes import ProgrammeWarning, WarningCode
from app.i18n.warnings import warning_text

_PARAMS = {
    "room": "Phòng 1",
    "name": {"vi": "Đại sứ quán Lào"},
    "session": {"vi": "Phiên 2"},
    "number": 1,
    "planned": 75,
    "available": 60,
    "minutes": 5,
}


@pytest.mark.parametrize("code", WarningCode)
def test_every_warning_is_a_sentence_in_every_language(code):
    for language in ("vi", "en", "ru", "fr"):
        text = warning_text(ProgrammeWarning(code, _PARAMS), language)
        assert text.endswith(".")
        assert "{" not in text


def test_a_clash_with_another_event_names_that_event():
    params = {**_PARAMS, "event": {"vi": "Diễn đàn"}}
    text = warning_text(ProgrammeWarning(WarningCode.ROOM_TAKEN, params), "vi")
    assert "Phiên 2 (Diễn đàn)" in text
