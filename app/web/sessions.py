"""The session's cookie, left out where nothing depends on it."""

from flask import Flask, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin


class PageSessions(SecureCookieSessionInterface):
    """Sessions of pages: calendar files vary by no cookie, though Flask-Login has looked at it."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Save what was changed; say `Vary: Cookie` on pages only."""
        if session.modified or response.mimetype == "text/html":
            super().save_session(app, session, response)


def install(app: Flask) -> None:
    """Use them."""
    app.session_interface = PageSessions()
