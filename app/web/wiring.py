"""Put the web together: sessions, sign-in, guards, languages, errors, headers and the pages."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask
from flask.templating import Environment
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from app.forms import widgets
from app.i18n.jinja import PlainGlobals
from app.web import (
    accounts,
    calendar_tags,
    compression,
    errors,
    guard,
    headers,
    hooks,
    languages,
    limits,
    pages,
    sessions,
    stylesheet,
    uploads,
)
from config import Settings

_MAX_REQUEST = 2 * 1024 * 1024


class _Templates(PlainGlobals, Environment):
    """Flask's environment."""


def install(app: Flask, settings: Settings) -> None:
    """Configure the application and register every page."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.secret_key_fallbacks),
        TESTING=settings.testing,
        MAX_CONTENT_LENGTH=_MAX_REQUEST,
        MAX_FORM_MEMORY_SIZE=_MAX_REQUEST,
        MAX_FORM_PARTS=2_000,
        TRUSTED_HOSTS=_hosts(settings),
        SESSION_COOKIE_NAME="__Host-bantron" if settings.is_https else "bantron",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        WTF_CSRF_TIME_LIMIT=None,
    )
    widgets.install()
    app.jinja_environment = _Templates
    app.jinja_env.undefined = StrictUndefined
    calendar_tags.install(app, settings)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]  # as Flask documents it
    compression.install(app)
    stylesheet.install(app)
    sessions.install(app)
    languages.install(app)  # before anything can refuse a request in words
    uploads.install(app)
    CSRFProtect(app).exempt(hooks.pages)
    guard.install(app)
    accounts.install(app)
    errors.install(app)
    limits.install(app, redis_url=settings.redis_url)
    headers.install(app, https=settings.is_https)
    pages.install(app)


def _hosts(settings: Settings) -> list[str]:
    """Return the names the site answers to: that of its base URL; the demo also goes by the loopback's."""
    own = urlsplit(settings.base_url).hostname or ""
    return [own, "localhost", "127.0.0.1"] if settings.demo else [own]
