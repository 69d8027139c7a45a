"""The language of a request: `?lang=`, else the cookie, else Accept-Language, else Vietnamese."""

from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, Response, current_app, g, request

from app.domain.languages import INTERFACE
from app.i18n import catalogue, jinja

COOKIE = "lang"
DEFAULT = "vi"
NAMES = {"vi": "Tiếng Việt", "en": "English", "ru": "Русский", "fr": "Français"}
_YEAR = 365 * 24 * 3600


def install(app: Flask) -> None:
    """Choose the language before each request, remember a switch after it, and teach the templates."""
    app.before_request(_choose)
    app.after_request(_remember)
    jinja.install(app.jinja_env, current)
    app.jinja_env.globals.update(language_names=NAMES, here_in=here_in)


def current() -> str:
    """Return the language of this request; Vietnamese outside requests."""
    try:
        language: str = g.language
    except (AttributeError, RuntimeError):  # no page is asked for, or there is no application at all
        return DEFAULT
    return language


def prefer(language: str) -> None:
    """Speak the addressee's language unless the reader chose one himself (a mailed link is opened)."""
    if language in INTERFACE and not _chosen():
        g.language = language


def understood() -> str | None:
    """Return the language of the interface that the browser puts first; None when it names none."""
    # Not best_match(): it prefers an exact "en" of low quality to the "ru-RU" that the browser puts first.
    codes = (tag.partition("-")[0].lower() for tag in request.accept_languages.values())
    return next((code for code in codes if code in INTERFACE), None)


def here_in(language: str) -> str:
    """Return the address of this page in another language."""
    path = "/" + quote(f"{request.script_root}{request.path}".lstrip("/"))
    others = urlencode(_other_arguments())
    return f"{path}?{others}{'&' if others else ''}lang={language}"


class LibraryTexts:
    """Flask-Security's translation domain: `security.i18n_domain = LibraryTexts()`."""

    def gettext(self, message: str, **values: Any) -> str:
        """Return the message in this request's language, its `%(values)s` filled."""
        text = catalogue.gettext(current(), message)
        return text % values if values else text

    def ngettext(self, one: str, many: str, num: int, **values: Any) -> str:
        """Return the form for `num` things."""
        return catalogue.texts(current()).ngettext(one, many, num) % {"num": num, **values}

    def format_list(self, words: list[str], **_: Any) -> str:
        """Return the words one after the other."""
        return ", ".join(words)


def _choose() -> None:
    g.language = _chosen() or understood() or DEFAULT


def _chosen() -> str | None:
    wishes = (request.args.get("lang"), request.cookies.get(COOKIE))
    return next((wish for wish in wishes if wish in INTERFACE), None)


def _remember(response: Response) -> Response:
    if response.mimetype != "text/html":
        return response
    response.vary.update(("Accept-Language", "Cookie"))
    response.content_language.add(current())
    if request.args.get("lang") in INTERFACE:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(COOKIE, current(), max_age=_YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


def _other_arguments() -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
