"""Headers of every answer: a strict content policy, no framing, nothing cached that is private."""

from flask import Flask, Response, request

from app.web import stylesheet
from app.web.guard import guard_of

_POLICY = "; ".join(
    (
        "default-src 'self'",
        f"style-src 'self' {stylesheet.SOURCE}",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


def install(app: Flask, *, https: bool) -> None:
    """Add the headers after each request."""

    @app.after_request
    def add(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", _POLICY)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("Referrer-Policy", "no-referrer" if _is_private() else "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if https:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if _is_private():
            headers.setdefault("Cache-Control", "no-store")
            headers.setdefault("X-Robots-Tag", "noindex")
        return response


def _is_private() -> bool:
    guard = guard_of(request.endpoint) if request.endpoint else None
    return guard not in {"public", "static", None}
