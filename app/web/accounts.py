"""Sign-in: Flask-Security, told what this house wants of it."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import flask
from flask import Flask, Request, Response, request
from flask_security import MailUtil, Security

from app.domain import clock
from app.domain.accounts import UNICODE_FORM
from app.i18n.catalogue import N_
from app.services import accounts
from app.web import limits
from app.web.languages import LibraryTexts

MIN_PASSWORD = 12
_SENT = N_("If this address belongs to an account, a mail with a link to a new password is on its way.")


class Post(MailUtil):
    """Flask-Security's mail goes through the outbox, with links from the configured address."""

    def send_mail(self, template: str, *_: object, **context: Any) -> None:
        """Put the one-time link in the mail; there is no other kind."""
        if template.endswith("reset_instructions"):
            accounts.mail_one_time_link(email=context["user"].email, now=clock.now())


def install(app: Flask) -> None:
    """Set up sign-in for the organiser's desk."""
    app.config.update(
        SECURITY_URL_PREFIX="/organizer",
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106  the name of the hash
        SECURITY_HASHING_SCHEMES=["hex_sha256"],  # of what is hashed and salted already, inside signed tokens
        SECURITY_DEPRECATED_HASHING_SCHEMES=[],
        SECURITY_PASSWORD_SALT=app.config["SECRET_KEY"],
        SECURITY_PASSWORD_LENGTH_MIN=MIN_PASSWORD,
        SECURITY_PASSWORD_NORMALIZE_FORM=UNICODE_FORM,
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
        SECURITY_STATIC_FOLDER=None,  # its looks are ours
        SECURITY_LOGIN_URL="/sign-in",
        SECURITY_LOGOUT_URL="/sign-out",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_POST_LOGIN_VIEW="/organizer/",
        SECURITY_POST_LOGOUT_VIEW="/",
        SECURITY_RECOVERABLE=True,
        SECURITY_RESET_URL="/password/new",
        SECURITY_RESET_PASSWORD_WITHIN=timedelta(days=2),
        SECURITY_MSG_PASSWORD_RESET_REQUEST=(_SENT, "info"),
        SECURITY_SEND_PASSWORD_RESET_NOTICE_EMAIL=False,
        SECURITY_POST_RESET_VIEW="/organizer/sign-in",
        SECURITY_EMAIL_PLAINTEXT=False,  # the letter is ours, see Post
        SECURITY_EMAIL_HTML=False,
        SECURITY_CHANGEABLE=True,
        SECURITY_CHANGE_URL="/password",
        SECURITY_SEND_PASSWORD_CHANGE_EMAIL=False,
        SECURITY_POST_CHANGE_VIEW="/organizer/",
        SECURITY_JOIN_USER_ROLES=False,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_FLASH_MESSAGES=True,
        SECURITY_DEFAULT_REMEMBER_ME=False,
    )
    security = Security(app, accounts.datastore, mail_util_cls=Post)
    app.login_manager.request_loader(_nobody)  # type: ignore[attr-defined]  # Flask-Login hangs itself there
    security.render_template = _render  # type: ignore[assignment]  # Flask takes a Response as well
    views: dict[str, Any] = app.view_functions
    views["security.forgot_password"] = limits.at_most(limits.MAILS)(views["security.forgot_password"])
    security.i18n_domain = LibraryTexts()  # type: ignore[assignment]  # what Flask-Security asks of it
    app.before_request_funcs.setdefault("security", []).append(_refuse_torn_address)


def _nobody(_request: Request) -> None:
    """Let nobody in by a token in a header or an address, for which Flask-Security looks in every request."""


def _refuse_torn_address() -> None:
    """Refuse a `next` that is no address at all: Flask-Security takes it apart without a guard."""
    try:
        for address in request.values.getlist("next"):
            urlsplit(address)
    except ValueError:
        flask.abort(422)


def _render(template: str, **context: Any) -> Response:
    """Render a page of Flask-Security; a form that came back with errors answers 422."""
    page = flask.make_response(flask.render_template(template, **context))
    if request.method == "POST" and any(getattr(form, "errors", None) for form in context.values()):
        page.status_code = 422
    return page
