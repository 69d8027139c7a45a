"""Inputs are written as WTForms writes them, only faster."""

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from wtforms.widgets.core import html_params as theirs

from app.forms.widgets import html_params

_NAMES = st.sampled_from(("class_", "id", "value", "data_once", "aria_label", "aria-invalid", "required"))
_VALUES = st.text() | st.integers() | st.booleans() | st.text().map(Markup) | st.just('"><script>')


@given(st.dictionaries(_NAMES, _VALUES))
def test_attributes_are_those_of_wtforms(attributes: dict[str, object]) -> None:
    """Nothing that somebody types leaves its quotes."""
    assert html_params(**attributes) == theirs(**attributes)
