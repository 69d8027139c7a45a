"""Every text of the interface speaks every language of the interface."""

import re
from pathlib import Path

import pytest
import wtforms
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from flask_security.core import _default_messages

from app.i18n.catalogue import gettext, ngettext, texts
from app.i18n.library_messages import FLASK_SECURITY, WTFORMS

ROOT = Path(__file__).parents[2]
KEYWORDS = {
    "_": None,
    "N_": None,
    "NN_": (1, 2),
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)[sd]|%s")
Message = tuple[str | None, str | tuple[str, ...]]


def extracted() -> set[Message]:
    """Read (context, message) of every marked text in app and templates."""
    with (ROOT / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = extract_from_dir(ROOT, methods, options, KEYWORDS, directory_filter=_is_ours)
    return {
        (context, tuple(message) if isinstance(message, list) else message)
        for _, _, message, _, context in found
    }


def _is_ours(folder: str | Path) -> bool:
    parts = Path(folder).relative_to(ROOT).parts
    return not parts or parts[0] in {"app", "templates"}


def catalogue(language: str):
    with (ROOT / f"app/translations/{language}/LC_MESSAGES/messages.po").open("rb") as po:
        return read_po(po, locale=language, abort_invalid=True)


@pytest.mark.parametrize("language", ["vi", "ru", "fr"])
def test_every_text_is_translated(language):
    translated = catalogue(language)
    missing = []
    for context, message in extracted():
        first = message[0] if isinstance(message, tuple) else message
        entry = translated.get(first, context=context)
        if entry is None or (isinstance(message, tuple) and entry.id != message):
            missing.append(message)
    assert not missing, f"add to app/translations/{language}/LC_MESSAGES/messages.po"


@pytest.mark.parametrize(("language", "forms"), [("vi", 1), ("ru", 3), ("fr", 2)])
def test_every_translation_is_whole(language, forms):
    for entry in catalogue(language):
        if not entry.id:
            continue
        strings = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        assert not entry.fuzzy, entry.id
        assert all(strings), f"not translated: {entry.id}"
        assert len(strings) == (forms if entry.pluralizable else 1), entry.id


@pytest.mark.parametrize("language", ["vi", "ru", "fr"])
def test_translations_keep_their_placeholders(language):
    for entry in catalogue(language):
        wanted = set(PLACEHOLDER.findall(entry.id[-1] if entry.pluralizable else entry.id))
        for string in entry.string if entry.pluralizable else (entry.string,):
            if entry.id:
                assert set(PLACEHOLDER.findall(string)) == wanted, entry.id


def test_every_message_of_wtforms_is_ours_too():
    pot = Path(wtforms.__file__).parent / "locale/wtforms.pot"
    with pot.open("rb") as file:
        theirs = {entry.id for entry in read_po(file) if entry.id}
    assert set(WTFORMS) == theirs


def test_every_message_of_sign_in_that_can_be_shown_is_ours_too():
    away = (  # what belongs to ways of signing in that we do not offer
        "(GENERIC_)?US_|USERNAME_|WEBAUTHN_|TWO_FACTOR_|OAUTH_|PHONE_|IDENTITY_|CHANGE_EMAIL_|REFRESH_TOKEN_|"
        "CONFIRM_REG|CONFIRMATION_(REQUEST|EXPIRED)|EMAIL_(CONFIRMED|ALREADY)|ALREADY_CONF|INVALID_(CONF|LOGIN|"
        "RECOVERY|CODE|INPUT_LENGTH)|NO_RECOVERY|LOGIN_|PASSWORDLESS_|CODE_|FAILED_TO|USE_CODE|API_|"
        "PASSWORD_BREACHED_SITE|INVALID_PASSWORD_CODE|FORGOT_"
    )
    shown = {str(text) for key, (text, _) in _default_messages.items() if not re.match(away, key)}
    assert shown - set(FLASK_SECURITY) == set()


def test_russian_counts_in_three_forms():
    one, many = (
        "Field must be exactly %(max)d character long.",
        "Field must be exactly %(max)d characters long.",
    )
    assert [texts("ru").ngettext(one, many, n).split()[-1] for n in (1, 3, 11, 21)] == [
        "символ.",
        "символа.",
        "символов.",
        "символ.",
    ]


def test_english_counts_and_stands_in_for_languages_without_interface():
    assert ngettext("en", "{n} seat", "{n} seats", 1) == "1 seat"
    assert ngettext("de", "{n} seat", "{n} seats", 1200) == "1,200 seats"


def test_french_counts_nothing_as_one():
    told = [ngettext("fr", "{n} connection site", "{n} connection sites", n) for n in (0, 1, 2)]
    assert told == ["0 site de connexion", "1 site de connexion", "2 sites de connexion"]


def test_french_never_breaks_before_its_high_punctuation_or_inside_its_quotation_marks():
    loose = re.compile(r"\w[:;?!»](?:\s|$)|\w [:;?!»]|« |«\w|'")
    found = {}
    for entry in catalogue("fr"):
        for string in entry.string if entry.pluralizable else (entry.string,):
            if entry.id and loose.search(string):
                found[string] = loose.findall(string)
    assert found == {}


def test_placeholders_are_filled_and_values_are_never_read_as_patterns():
    assert gettext("vi", "afternoon of {date}", date="{date} %s") == "chiều {date} %s"
