"""Limits per address: guessing links, asking for new ones, signing in.

Counted in memory by one process, in Redis (BANTRON_REDIS_URL) by several. If Redis is lost each process
counts for itself: nobody is let through unlimited, nobody is shut out.
"""

from ipaddress import IPv6Address, ip_address

from flask import Flask, Response, request
from flask_limiter import ApplicationLimit, Limiter, RouteLimit

from app.web.guard import guard_of

GUESSES = "15 per 15 minutes"
"""Wrong links: a person mistypes a few, the twentieth is guessing."""
SIGN_INS = "10 per 15 minutes"
"""Refused sign-ins: enough for a forgotten password, too few to guess one."""
_IPV6_NETWORK_BITS = 64


def install(app: Flask, *, redis_url: str | None) -> None:
    """Count wrong links, over all pages that are opened by one; pages add their own limits by `at_most`."""
    app.config.update(
        RATELIMIT_STORAGE_URI=redis_url or "memory://",
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=redis_url is not None,
        RATELIMIT_HEADERS_ENABLED=True,
    )
    limiter.init_app(app)


def at_most(rate: str) -> RouteLimit:
    """Decorate a view: that many forms may be sent to it from one address ("5 per hour")."""
    return limiter.limit(rate, methods=["POST"])


def reset() -> None:
    """Forget what was counted."""
    limiter.reset()


def _who() -> str:
    """Return the address; of IPv6 the network, since whoever has one address has them all."""
    address = ip_address(request.remote_addr or "::")
    if isinstance(address, IPv6Address):
        return str(IPv6Address(int(address) >> _IPV6_NETWORK_BITS << _IPV6_NETWORK_BITS))
    return str(address)


def _opens_no_link() -> bool:
    guard = guard_of(request.endpoint) if request.endpoint else None
    return not (guard or "").startswith("link:")


def _was_wrong(response: Response) -> bool:
    return response.status_code == 404


def _signs_nobody_in() -> bool:
    return request.method != "POST" or request.endpoint != "security.login"


def _was_refused(response: Response) -> bool:
    return response.status_code not in {302, 303}


limiter = Limiter(
    _who,
    application_limits=[
        ApplicationLimit(GUESSES, exempt_when=_opens_no_link, deduct_when=_was_wrong, scope="links"),
        ApplicationLimit(SIGN_INS, exempt_when=_signs_nobody_in, deduct_when=_was_refused, scope="sign-in"),
    ],
)
