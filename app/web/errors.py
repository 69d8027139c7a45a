"""Errors in words: each becomes a page in the reader's language."""

import re

from flask import Flask, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError, TooManyRequests

from app import site
from app.domain.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotFound
from app.i18n.wording import error_text
from app.web import languages, limits

Answer = tuple[str, int] | tuple[str, int, dict[str, str]]
_STATUS: dict[type[DomainError], int] = {NotFound: 404, NotAllowed: 403, Conflict: 409, InvalidInput: 422}
_PAGES = {403, 404, 405, 409, 410, 413, 422, 429, 500, 503}
_RETRY_SECONDS = "10"
_NOT_KEPT = re.compile("password|^csrf_token$")


def install(app: Flask) -> None:
    """Register the handlers, and let pages name whom to ask for help."""
    app.jinja_env.globals.update(help_contact=lambda: site.settings().contact)
    app.register_error_handler(SecurityError, _foreign_host)
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(TooManyRequests, _too_many)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _database_error)
    app.register_error_handler(Exception, _unexpected)


def _domain_error(error: DomainError) -> Answer:
    status = _STATUS[type(error)]
    if error.code == "link_invalid":
        return render_template("errors/link.html"), status
    return render_template(f"errors/{status}.html", reason=error_text(error, languages.current())), status


def _foreign_host(_error: SecurityError) -> tuple[str, int, dict[str, str]]:
    # No page: its links would be built for a host that is not ours.
    return "This address does not belong to the site.\n", 400, {"Content-Type": "text/plain"}


def _too_many(_error: TooManyRequests) -> Answer:
    """Keep what was typed on the page, ready to be sent again; all but passwords."""
    return render_template("errors/429.html", minutes=limits.minutes_to_wait(), typed=_typed()), 429


def _stale(_error: CSRFError) -> Answer:
    """Say that the page was too old; keep what was typed, unless a password or a file would be missing."""
    is_whole = not request.files and not any("password" in name for name in request.form)
    rule = request.url_rule
    page = request.full_path if rule and "GET" in (rule.methods or ()) else "/"
    typed = _typed() if is_whole and _is_from_here() else []
    return render_template("errors/stale.html", typed=typed, page_again=page), 400


def _is_from_here() -> bool:
    """Tell whether a page of this site sent the form; browsers say so, older ones only by their Origin."""
    told = request.headers.get("Sec-Fetch-Site")
    return told == "same-origin" if told else request.headers.get("Origin") == request.host_url.rstrip("/")


def _typed() -> list[tuple[str, str]]:
    """Return the names and values of the form that may stand on a page."""
    return [(name, value) for name, value in request.form.items(multi=True) if not _NOT_KEPT.search(name)]


def _http_error(error: HTTPException) -> Answer | HTTPException:
    status = error.code or 500
    if status < 400:
        return error
    headers = {name: value for name, value in error.get_headers() if name in {"Allow", "Retry-After"}}
    return render_template(f"errors/{status if status in _PAGES else _nearest(status)}.html"), status, headers


def _nearest(status: int) -> int:
    return 500 if status >= 500 else 422


def _database_error(error: OperationalError) -> Answer:
    current_app.logger.error("the database does not answer", exc_info=error)
    return render_template("errors/503.html"), 503, {"Retry-After": _RETRY_SECONDS}


def _unexpected(error: Exception) -> Answer:
    if current_app.testing:
        raise error
    current_app.logger.error("unexpected", exc_info=error)
    return render_template("errors/500.html"), 500
