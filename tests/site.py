"""The site under test: its settings, and a client that keeps requests apart."""

from dataclasses import replace
from hashlib import sha1
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from app import create_app
from app.db import db
from app.models.accounts import Account
from config import Settings

SETTINGS = Settings(
    secret_key="a key of the tests, known to everybody, 0123456789",
    base_url="http://localhost",
    testing=True,
)


class ApartClient(FlaskClient):
    """A browser without screen; each request has its own database session, whatever the test holds."""

    def open(self, *arguments: object, **options: object) -> TestResponse:
        """Send one request."""
        with self.application.app_context():
            return super().open(*arguments, **options)

    def post(self, *arguments: object, csrf: bool = True, **options: object) -> TestResponse:
        """Send a form with the token that a page would have carried; csrf=False sends it bare."""
        if csrf:
            options["headers"] = {**options.get("headers", {}), "X-CSRFToken": self._token()}
        return super().post(*arguments, **options)

    def sign_in(self, email: str) -> None:
        """Be the account with this address, as after a sign-in."""
        with self.application.app_context():
            name = db.session.scalar(sa.select(Account.fs_uniquifier).where(Account.email == email))
        with self.session_transaction() as session:
            session.update(_user_id=name, _fresh=True)

    def _token(self) -> str:
        with self.session_transaction() as session:
            known = session.setdefault("csrf_token", sha1(b"of the tests").hexdigest())
        return URLSafeTimedSerializer(SETTINGS.secret_key, salt="wtf-csrf-token").dumps(known)


def make_app(database_url: str, folder: Path, **settings: object) -> Flask:
    """Return an application on a database; the tables are made by app.services.schema."""
    app = create_app(replace(SETTINGS, database_url=database_url, instance=folder, **settings))
    app.test_client_class = ApartClient
    return app


def close(app: Flask) -> None:
    """Close the connections that an application holds."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
