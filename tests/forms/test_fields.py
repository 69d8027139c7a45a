"""Forms: text cleaned once, refusals at their field, nothing typed lost."""

from collections.abc import Iterator
from datetime import date, time

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app.domain.errors import Conflict, InvalidInput, NotAllowed
from app.domain.events import Mode
from app.forms.fields import Choice, Clock, Day, Email, Form, Line, TranslatedLine, WholeNumber, Zone


class Sample(Form):
    """One of each."""

    titles = TranslatedLine("Title", required="vi")
    name = Line("Name", length=20)
    email = Email("E-mail")
    day = Day("Day")
    at = Clock("Time")
    seats = WholeNumber("Seats", most=10)
    mode = Choice("Mode", Mode, blank="Unknown")
    zone = Zone("Time zone")


@pytest.fixture
def request_context(app: Flask) -> Iterator[None]:
    """A page is asked for."""
    with app.test_request_context():
        yield


def _form(**typed: str) -> Sample:
    return Sample(
        MultiDict({name.replace("__", "-"): value for name, value in typed.items()}), meta={"csrf": False}
    )


def test_what_is_typed_comes_out_clean_and_typed(request_context: None) -> None:
    """Dates are dates, choices are enums, texts per language a mapping."""
    form = _form(titles__vi=" Tọa\u202e đàm ", day="2027-10-27", at="14:00", mode="online", seats="3")
    assert form.validate(), form.errors
    assert form.titles.data == {"vi": "Tọa đàm"}
    assert (form.day.data, form.at.data) == (date(2027, 10, 27), time(14))
    assert (form.mode.data, form.seats.data) == (Mode.ONLINE, 3)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("email", "không phải thư"),
        ("day", "27/10/2027"),
        ("day", "0001-01-01"),
        ("at", "25:00"),
        ("seats", "11"),
        ("seats", "9" * 5000),
        ("mode", "by_boat"),
        ("zone", "Mars/Olympus"),
        ("name", "x" * 21),
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(request_context: None, field: str, typed: str) -> None:
    """The message stands at the field, and the field still shows what was typed."""
    form = _form(titles__vi="Tọa đàm", **{field: typed})
    assert not form.validate()
    assert list(form.errors) == [field]
    if field != "mode":
        assert typed[:20] in form[field]()


def test_a_refusal_of_the_rules_is_shown_where_it_belongs(request_context: None) -> None:
    """At its field; on top where the form has no such field; other errors pass."""
    form = _form(titles__vi="Tọa đàm")
    form.validate()

    def refuse(error: Exception) -> None:
        raise error

    assert form.attempt(lambda: refuse(InvalidInput("day_missing", field="day"))) is None
    assert len(form.day.errors) == 1
    assert form.attempt(lambda: refuse(Conflict("changed_meanwhile"))) is None
    assert form.form_errors
    with pytest.raises(NotAllowed):
        form.attempt(lambda: refuse(NotAllowed("not_allowed")))
    assert form.attempt(lambda: "slug") == "slug"
