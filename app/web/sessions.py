"""The session's cookie, left out where nothing depends on it."""

from flask import Flask, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer


class PageSessions(SecureCookieSessionInterface):
    """Sessions of pages: calendar files vary by no cookie, though Flask-Login has looked at it."""

    def __init__(self, app: Flask) -> None:
        """Make the serializer once: Flask makes one for every cookie that it reads or writes."""
        self._serializer = super().get_signing_serializer(app)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs the cookies of the application."""
        return self._serializer

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Save what was changed; say `Vary: Cookie` on pages only."""
        if session.modified or response.mimetype == "text/html":
            super().save_session(app, session, response)


def install(app: Flask) -> None:
    """Use them."""
    app.session_interface = PageSessions(app)
