"""The webhook: the provider of the mail hands over what arrived, signed, one raw mail a request."""

from flask import Blueprint, Response, request

from app.domain import clock
from app.domain.inbound import Door
from app.services.inbound import ingest
from app.web import guard, limits

pages = Blueprint("hooks", __name__, url_prefix="/hooks")
"""No form of ours leads here: the signature is the protection against forgery."""


@pages.post("/mail")
@limits.at_most(limits.MACHINES)
@guard.webhook
def mail() -> Response:
    """Store a mail; what becomes of it is not told here."""
    raw = request.get_data()
    if not raw.strip():
        return Response("There is no mail in the body.\n", 400, mimetype="text/plain")
    ingest.receive(raw=raw, envelope_to=guard.envelope_to(), door=Door.WEBHOOK, now=clock.now())
    return Response("Taken in.\n", 202, mimetype="text/plain")
