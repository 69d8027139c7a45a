"""Limits: guessing links and passwords, asking for mail, sending forms without an account.

Counted in memory by one process, in Redis (BANTRON_REDIS_URL) by several. If Redis is lost each process
counts for itself: nobody is let through unlimited, nobody is shut out.
"""

from collections.abc import Callable
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from typing import ParamSpec, TypeVar

from flask import Flask, Response, current_app, request
from flask_limiter import ApplicationLimit, Limiter

from app.domain import clock
from app.web.counts import Counts
from app.web.guard import guard_of

P = ParamSpec("P")
R = TypeVar("R")

GUESSES = "15 per 15 minutes"
"""Wrong links: a person mistypes a few, the twentieth is guessing."""
SIGN_INS = "10 per 15 minutes"
"""Refused sign-ins: enough for a forgotten password, too few to guess one."""
MAILS = "5 per hour"
"""Forms that have a mail sent to an address somebody typed."""
FORMS = "600 per hour"
"""Forms of one link, or of strangers behind one address: a ministry that registers its five hundred in one
morning comes through, a flood does not go on."""
MACHINES = "1000 per minute"
"""Mails from the provider of the mailbox: a thousand calendars that answer at once come through."""
_ASK_FOR_A_PASSWORD = {
    "security.login",
    "security.verify",
    "security.change_password",
    "security.reset_password",
}
_IPV6_NETWORK_BITS = 64


def install(app: Flask, *, redis_url: str | None) -> None:
    """Count wrong links, over all pages that are opened by one; pages add their own limits by `at_most`."""
    app.config.update(
        RATELIMIT_STORAGE_URI=redis_url or f"{Counts.STORAGE_SCHEME[0]}://",
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=redis_url is not None,
        RATELIMIT_HEADERS_ENABLED=True,
    )
    limiter.init_app(app)


def at_most(rate: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorate a view: that many forms may be sent to it by one link or, without one, from one address."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        limited = limiter.limit(rate, key_func=_whose, methods=["POST"])(view)
        limited.limit = rate  # type: ignore[attr-defined]  # read by limit_of
        return limited

    return decorate


def limit_of(endpoint: str) -> str | None:
    """Return how many forms may be sent to the view of an endpoint."""
    if endpoint in _ASK_FOR_A_PASSWORD:
        return SIGN_INS
    return getattr(current_app.view_functions.get(endpoint), "limit", None)


def minutes_to_wait() -> int:
    """Return after how many minutes the limit that refused this request lets through again."""
    refused_by = limiter.current_limit
    seconds = refused_by.reset_at - clock.now().timestamp() if refused_by else 0
    return max(1, round(seconds / 60))


def reset() -> None:
    """Forget what was counted."""
    limiter.reset()


def _who() -> str:
    """Return the address; of IPv6 the network, since whoever has one address has them all."""
    address = ip_address(request.remote_addr or "::")
    if isinstance(address, IPv6Address):
        return str(IPv6Address(int(address) >> _IPV6_NETWORK_BITS << _IPV6_NETWORK_BITS))
    return str(address)


def _whose() -> str:
    """Return the link, not to be read from the counts, or the address where none is needed."""
    token = (request.view_args or {}).get("token")
    return sha256(token.encode()).hexdigest() if token else _who()


def _opens_no_link() -> bool:
    guard = guard_of(request.endpoint) if request.endpoint else None
    return not (guard or "").startswith("link:")


def _was_wrong(response: Response) -> bool:
    return response.status_code == 404


def _asks_for_no_password() -> bool:
    return request.method != "POST" or request.endpoint not in _ASK_FOR_A_PASSWORD


def _was_refused(response: Response) -> bool:
    return response.status_code not in {302, 303}


limiter = Limiter(
    _who,
    application_limits=[
        ApplicationLimit(GUESSES, exempt_when=_opens_no_link, deduct_when=_was_wrong, scope="links"),
        ApplicationLimit(
            SIGN_INS, exempt_when=_asks_for_no_password, deduct_when=_was_refused, scope="sign-in"
        ),
    ],
)


@limiter.request_filter
def _counts_for_nothing() -> bool:
    """Tell whether no limit can concern this request: most pages are looked at without a link."""
    return request.method != "POST" and _opens_no_link()
