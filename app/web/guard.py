"""Deny by default: every view declares who may see it; one without a guard answers 403."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from flask_security import current_user

from app import site
from app.domain import clock, webhooks
from app.domain.errors import NotAllowed, NotFound
from app.domain.policy import PUBLIC, Actor, Permission, require
from app.queries import links

if TYPE_CHECKING:
    from app.models.invitations import Invitation

P = ParamSpec("P")
R = TypeVar("R")
_GUARDED_ELSEWHERE = {"security", "static"}
"""Blueprints and endpoints that guard themselves: Flask-Security's views, the static files."""


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Let everybody in."""
    return _mark(view, "public")


def signed_in(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R | Response]]:
    """Let accounts in that hold the permission; others are asked to sign in, or refused."""

    def decorate(view: Callable[P, R]) -> Callable[P, R | Response]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
            if not current_user.is_authenticated:
                return redirect(url_for("security.login", next=request.full_path.rstrip("?")))  # type: ignore[return-value]  # werkzeug's Response
            require(actor(), permission)
            return view(*args, **kwargs)

        return _mark(guarded, f"signed_in:{permission}")

    return decorate


def link(purpose: str) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Let the holder of a secret link in; the view gets whose it is instead of the token."""
    load = {
        "invitation": _invitation,
        "member": links.get_invitation_of_member,
        "approval": links.get_invitation_of_approver,
        "delegate": links.get_delegate,
        "delegate-feed": links.get_delegate_of_feed,
        "desk-feed": links.get_account_of_feed,
    }[purpose]

    def decorate(view: Callable[..., R]) -> Callable[..., R]:
        @wraps(view)
        def guarded(token: str, **kwargs: Any) -> R:
            return view(load(token, site.settings().secret_keys), **kwargs)

        return _mark(guarded, f"link:{purpose}")

    return decorate


def webhook(view: Callable[P, R]) -> Callable[P, R | Response]:
    """Let requests in that are signed with the secret of the webhook; without a secret there is none."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
        secret = site.settings().webhook_secret or abort(404)
        if not webhooks.is_signed(
            secret,
            request.headers.get("X-Bantron-Signature", ""),
            timestamp=request.headers.get("X-Bantron-Timestamp", ""),
            envelope_to=envelope_to(),
            body=request.get_data(),
            now=clock.now(),
        ):
            return Response("", 401, mimetype="text/plain")
        return view(*args, **kwargs)

    return _mark(guarded, "webhook")


def envelope_to() -> str:
    """Return to whom the mail in a request of the webhook was sent."""
    return request.headers.get("X-Bantron-Envelope-To", "")[:320]


def _invitation(token: str, keys: Sequence[str]) -> "Invitation":
    """Return the invitation, by its own link or by that of a focal point, who is kept in mind."""
    try:
        return links.get_invitation(token, keys)
    except NotFound:
        named = g.focal_point = links.get_focal_point(token, keys)
        return named.invitation


def actor() -> Actor:
    """Return who acts in this request: the signed-in account, else the public."""
    if not current_user.is_authenticated:
        return PUBLIC
    return Actor("account", current_user.name, current_user.id, current_user.role)


def guard_of(endpoint: str) -> str | None:
    """Return the guard that the view of an endpoint declares."""
    if endpoint.split(".")[0] in _GUARDED_ELSEWHERE:
        return endpoint.split(".")[0]
    return getattr(current_app.view_functions.get(endpoint), "guard", None)


def install(app: Flask) -> None:
    """Refuse every view that declares no guard."""

    @app.before_request
    def deny_by_default() -> None:
        if request.endpoint and guard_of(request.endpoint) is None:
            raise NotAllowed("not_allowed")


def _mark(view: Callable[P, R], guard: str) -> Callable[P, R]:
    view.guard = guard  # type: ignore[attr-defined]  # read by guard_of
    return view
