"""What monitors ask: is the process alive, can it work."""

from flask import Blueprint, Response

from app.queries import health
from app.web import guard

pages = Blueprint("health", __name__)


@pages.get("/healthz")
@guard.public
def process() -> Response:
    """Answer as long as the process lives."""
    return Response("ok\n", mimetype="text/plain")


@pages.get("/readyz")
@guard.public
def ready() -> Response:
    """Answer 200 when the database is reachable and its schema is current, else 503 and the reason."""
    reason = health.find_obstacle()
    return Response(f"{reason or 'ok'}\n", status=503 if reason else 200, mimetype="text/plain")
