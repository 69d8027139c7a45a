"""Requests that may be larger than others: those that carry a file."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flask import Flask, current_app, request

P = ParamSpec("P")
R = TypeVar("R")
_AROUND = 64 * 1024
"""What a form puts around its file."""


def at_most(size: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorate a view: a request to it may carry a file of that many bytes."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        view.takes = size  # type: ignore[attr-defined]  # read below
        return view

    return decorate


def install(app: Flask) -> None:
    """Raise the limit before anybody reads the form; the protection against forgery is the first to."""

    @app.before_request
    def admit_files() -> None:
        size = getattr(current_app.view_functions.get(request.endpoint or ""), "takes", None)
        if size is not None:
            request.max_content_length = request.max_form_memory_size = size + _AROUND
