"""Countries are called what the ministry calls them."""

import pytest

from app.i18n.countries import country_name


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("LA", ("Lào", "Laos", "Лаос")),
        ("VN", ("Việt Nam", "Viet Nam", "Вьетнам")),
        ("RU", ("Liên bang Nga", "Russian Federation", "Российская Федерация")),
        ("XQ", ("XQ", "XQ", "XQ")),
    ],
)
def test_a_country_has_its_official_name_in_each_language(code, names):
    assert tuple(country_name(code, language) for language in ("vi", "en", "ru")) == names
