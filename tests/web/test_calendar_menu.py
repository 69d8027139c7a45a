"""The add-to-calendar menu as people see it."""

import pytest

from app.domain.calendar_links import links_to_subscribe

pytestmark = pytest.mark.databases("sqlite")


def test_menu_names_every_way_into_a_calendar_in_the_language_of_the_page(app):
    links = links_to_subscribe(
        "Tọa đàm", feed_url="https://x.example/f.ics", file_url="https://x.example/d.ics"
    )
    with app.test_request_context("/?lang=ru"):
        app.preprocess_request()
        page = app.jinja_env.get_template("components/page.html").module.calendar_menu(links)
    assert 'href="webcal://x.example/f.ics">Подписаться на этом устройстве' in page
    assert 'href="https://x.example/d.ics" download>Файл календаря (.ics)' in page
    assert ">Google Календарь</a>" in page
    assert "<code>https://x.example/f.ics</code>" in page
