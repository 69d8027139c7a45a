"""Countries are called what the ministry calls them."""

import pytest

from app.domain.languages import INTERFACE
from app.i18n.countries import countries, country_name


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("LA", ("Lào", "Laos", "Лаос", "Laos")),
        ("VN", ("Việt Nam", "Viet Nam", "Вьетнам", "Viet Nam")),
        ("RU", ("Liên bang Nga", "Russian Federation", "Российская Федерация", "Fédération de Russie")),
        ("XQ", ("XQ", "XQ", "XQ", "XQ")),
    ],
)
def test_a_country_has_its_official_name_in_each_language(code, names):
    assert tuple(country_name(code, language) for language in INTERFACE) == names


def test_countries_are_listed_in_the_order_of_the_readers_language():
    names = [name for _, name in countries("fr")]
    assert names.index("Égypte") + 1 == names.index("Émirats arabes unis")
    assert names.index("Costa Rica") + 1 == names.index("Côte d’Ivoire")
