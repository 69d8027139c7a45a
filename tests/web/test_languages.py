"""The language of a request: what the reader chose, then what his browser says, then Vietnamese."""

import pytest
from flask import Flask, render_template_string
from markupsafe import Markup

from app.web import languages

PAGE = "{{ language() }}|{{ _('to be determined') }}|{{ here_in('ru') }}"


@pytest.fixture
def app():
    app = Flask(__name__)
    languages.install(app)
    app.add_url_rule("/events/<slug>", "event", lambda slug: render_template_string(PAGE))
    app.add_url_rule("/events.ics", "ics", lambda: ("BEGIN:VCALENDAR", {"Content-Type": "text/calendar"}))
    app.register_error_handler(404, lambda error: (render_template_string(PAGE), 404))
    return app


def body(client, path, **headers):
    return client.get(path, headers=headers).get_data(as_text=True).split("|")


def test_vietnamese_unless_somebody_says_otherwise(app):
    client = app.test_client()
    assert body(client, "/events/x")[:2] == ["vi", "chưa xác định"]
    assert body(client, "/events/x", **{"Accept-Language": "ru-RU, en;q=0.5"})[0] == "ru"
    assert body(client, "/events/x", **{"Accept-Language": "de"})[0] == "vi"


def test_the_switch_is_remembered_and_beats_the_browser(app):
    client = app.test_client()
    assert body(client, "/events/x?lang=en")[0] == "en"
    assert body(client, "/events/x", **{"Accept-Language": "ru"})[0] == "en"


def test_an_unknown_language_is_ignored_and_not_remembered(app):
    answer = app.test_client().get("/events/x?lang=../etc")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Content-Language"] == "vi"


def test_the_switch_keeps_the_page_and_its_arguments(app):
    assert (
        body(app.test_client(), "/events/x?q=a%26b&lang=en&q=c")[2] == "/events/x?q=a%26b&amp;q=c&amp;lang=ru"
    )


def test_the_switch_never_leads_to_another_host(app):
    address = body(app.test_client(), "/%2F%2Fevil.example/x")[2]
    assert address.startswith("/evil.example")


def test_a_calendar_file_sets_no_cookie(app):
    answer = app.test_client().get("/events.ics?lang=en")
    assert "Set-Cookie" not in answer.headers
    assert "Vary" not in answer.headers


def test_pages_say_what_they_depend_on(app):
    assert app.test_client().get("/events/x").headers["Vary"] == "Accept-Language, Cookie"


def test_the_addressees_language_yields_to_the_readers_choice(app):
    with app.test_request_context("/d/token?lang=en"):
        app.preprocess_request()
        languages.prefer("ru")
        assert languages.current() == "en"
    with app.test_request_context("/d/token", headers={"Accept-Language": "en"}):
        app.preprocess_request()
        languages.prefer("ru")
        assert languages.current() == "ru"


def test_values_in_texts_are_escaped_and_links_stay(app):
    with app.test_request_context("/"):
        app.preprocess_request()
        page = render_template_string(
            "{{ _('afternoon of {date}', date=name) }} {{ _('afternoon of {date}', date=link) }}",
            name="<script>",
            link=Markup("<a>1</a>"),
        )
    assert page == "chiều &lt;script&gt; chiều <a>1</a>"


def test_texts_of_flask_security_speak_the_readers_language(app):
    with app.test_request_context("/?lang=vi"):
        app.preprocess_request()
        texts = languages.LibraryTexts()
        assert texts.gettext("Number must be at least %(min)s.", min=3) == "Số phải từ 3 trở lên."
        assert texts.format_list(["a", "b"]) == "a, b"
