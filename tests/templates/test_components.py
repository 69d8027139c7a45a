"""What the components promise: words beside colours, errors tied to their fields, user text escaped."""

import re

import pytest
from flask import render_template, render_template_string
from sqlalchemy import Engine
from werkzeug.datastructures import MultiDict

from app.domain.invitations import Answer, InvitationState
from app.domain.mail import MessageState
from app.forms.fields import Choice, Choices, Email, Form, Line, Tick, TranslatedLine
from app.web import languages

pytestmark = pytest.mark.databases("sqlite")
IMPORTS = "".join(
    f'{{%- import "components/{name}.html" as {name} -%}}'
    for name in ("empty", "forms", "moment", "page", "ring", "states", "tables")
)


class Sample(Form):
    """One field of each kind."""

    answer = Choice("Answer", Answer, required=True, radio=True)
    name = Line("Full name", hint="As printed", required=True, autocomplete="name")
    email = Email("Email Address", required=True)
    sessions = Choices("Sessions", [("1", "Connecting"), ("2", "Trade")])
    title = TranslatedLine("Title", required="vi")
    agreed = Tick("I agree", required=True)


@pytest.fixture
def render(app):
    """Render a snippet in a language; the components are imported."""

    def snippet(source, language="en", form=None, **context):
        options = {"method": "POST", "data": MultiDict(form)} if form is not None else {}
        with app.test_request_context(f"/?lang={language}", **options):
            app.preprocess_request()
            if form is not None:
                context["form"] = Sample(meta={"csrf": False})
                context["form"].validate()
            return render_template_string(IMPORTS + source, **context)

    return snippet


def test_an_error_is_tied_to_its_field_and_linked_from_the_summary(render):
    html = render("{% call forms.form(form) %}{{ forms.field(form.name) }}{% endcall %}", form={"name": ""})
    assert '<a href="#name">Full name</a>: This field is required.' in html
    assert 'role="alert" tabindex="-1"' in html
    assert re.search(
        r'<input aria-describedby="name-hint name-error" aria-invalid="true"[^>]* id="name"', html
    )
    assert 'id="name-error"' in html
    assert 'id="name-hint">As printed' in html


def test_what_was_typed_is_still_there_and_escaped(render):
    html = render("{{ forms.field(form.email) }}", form={"email": '"><script>alert(1)</script>'})
    assert "&lt;script&gt;" in html
    assert "<script>" not in html


def test_labels_and_choices_are_translated_and_nothing_is_preselected(render):
    html = render("{{ forms.answers(form.answer) }}", language="vi", form={})
    assert re.findall(r"<span>([^<]+)</span></label>", html) == ["Tham dự", "Chưa chắc", "Không tham dự"]
    assert "checked" not in html
    assert html.count('type="radio"') == 3


def test_a_group_of_boxes_has_a_legend_and_each_box_its_label(render):
    html = render("{{ forms.field(form.sessions) }}", form={"sessions": "2"})
    assert "<legend>Sessions</legend>" in html
    assert re.search(r'<input[^>]* checked [^>]*id="sessions-1"', html)
    assert '<label for="sessions-1">Trade</label>' in html


def test_a_text_per_language_names_the_language_in_the_summary(render):
    html = render("{{ forms.error_summary(form) }}", form={})
    assert '<a href="#title-vi">Title, Tiếng Việt</a>' in html


def test_each_form_carries_the_token_against_forgery(render):
    assert 'name="csrf_token"' in render("{{ forms.post('/x', 'Remind') }}")


@pytest.mark.parametrize("state", [*InvitationState, *MessageState])
def test_a_state_is_shape_and_word(render, state):
    html = render("{{ states.pill(state) }}", language="vi", state=state)
    assert "<svg" in html
    assert re.search(r"</svg>\w", html)


def test_a_sent_invitation_is_open_but_a_sent_mail_is_done(render):
    assert "is-open" in render("{{ states.pill(state) }}", state=InvitationState.SENT)
    assert "is-yes" in render("{{ states.pill(state) }}", state=MessageState.SENT)


@pytest.mark.parametrize("n", [0, 1, 8, 63, 189, 900])
def test_the_ring_seats_everybody_or_draws_arcs_and_has_a_table(render, n):
    counts = [{"state": "accepted", "label": "Accepted", "count": n}]
    html = render("{{ ring.ring(counts, 'Answers', 0, n) }}", counts=counts, n=n)
    seats = html.split("</svg>")[0].count('class="seat')
    assert seats == (n if n <= 240 else 0)
    assert f"<td>{n}</td>" in html
    assert "<title>Answers</title>" in html


def test_a_dangerous_act_stands_below_its_consequences(render):
    html = render(
        "{% call page.consequence('Cancel?', ['12 delegates.']) %}<button>Yes</button>{% endcall %}"
    )
    assert html.index("12 delegates") < html.index("<button>")


def test_an_empty_page_has_one_sentence_and_one_button(render):
    html = render("{{ empty.empty('Nothing yet.', 'Create', '/new') }}")
    assert html.count("act") == 1 + html.count("action")
    assert '<a class="act" href="/new">Create</a>' in html


def test_nobody_to_ask_is_no_heading_either(render):
    assert render("{{ page.contact('', '', '') }}").strip() == ""


def test_pages_keep_within_their_bounds(render):
    html = render("{{ tables.pages(1, 3, '?page={page}') }}")
    assert 'rel="next" href="?page=2"' in html
    assert 'rel="prev"' not in html
    assert render("{{ tables.pages(1, 1, '?page={page}') }}").strip() == ""


def test_user_text_in_components_is_escaped(render):
    html = render(
        "{{ page.breadcrumbs([(evil, '/')]) }}{{ page.facts([(evil, evil)]) }}{{ empty.empty(evil) }}"
        "{{ page.timeline([{'at': 'now', 'what': evil, 'who': evil}], evil) }}{{ moment.when(evil, evil) }}",
        evil="<b>x</b>",
    )
    assert "<b>" not in html


@pytest.mark.parametrize("status", [403, 404, 405, 409, 410, 413, 422, 429, 500, 503, "link"])
@pytest.mark.parametrize("language", ["vi", "en", "ru", "fr"])
def test_error_pages_speak_the_readers_language_and_offer_a_way_on(app, language, status, monkeypatch):
    monkeypatch.delattr(Engine, "connect")  # there may be no database to speak to
    with app.test_request_context(f"/x?lang={language}"):
        app.preprocess_request()
        html = render_template(f"errors/{status}.html", minutes=1, typed=())
    assert f'<html lang="{language}">' in html
    assert re.search(r"<h1>[^<]{5,}</h1>", html)
    assert 'class="quiet" href="/"' in html


def test_the_reason_of_a_refusal_replaces_the_general_words(app):
    with app.test_request_context("/x?lang=en"):
        app.preprocess_request()
        html = render_template("errors/409.html", reason="No seat is left.")
    assert "No seat is left." in html
    assert "meantime" not in html


def test_the_language_switch_of_the_header_names_itself(app):
    with app.test_request_context("/events/x?page=2&lang=en"):
        app.preprocess_request()
        html = render_template("errors/404.html")
    for code, name in languages.NAMES.items():
        assert re.search(rf'href="/events/x\?page=2&amp;lang={code}" hreflang="{code}" lang="{code}"', html)
        assert f'<span class="sr">{name}</span>' in html


def test_a_text_that_stands_in_from_another_language_says_which(render):
    names = {"vi": "Đại sứ quán Pháp", "en": "Embassy of France"}
    assert render("{{ page.said(names) }}", language="vi", names=names) == "Đại sứ quán Pháp"
    assert render("{{ page.said(names) }}", language="ru", names=names) == (
        '<span lang="en">Embassy of France</span>'
    )
