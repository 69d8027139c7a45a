"""The style sheet comes along with a page whose reader arrives from elsewhere, else pages name it.

A browser draws nothing before it has the sheet, and on a slow line a second way there and back takes longest.
Who follows a link of ours has the file (Fetch Metadata); who says nothing of where he comes from, and who
works at the desk, where pages are long and the day is too, fetches it once and keeps it.
"""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request
from markupsafe import Markup

TEXT = (Path(__file__).parents[1] / "static" / "bantron.css").read_text("utf-8")
SOURCE = f"'sha256-{b64encode(sha256(TEXT.encode()).digest()).decode()}'"
"""How the content policy names the sheet that a page carries (CSP level 3, section 2.3.1)."""
_FROM_ELSEWHERE = {"none", "cross-site", "same-site"}


def install(app: Flask) -> None:
    """Teach the template of every page, and say by what pages differ."""
    app.jinja_env.globals.update(carried_sheet=_carried)

    @app.after_request
    def differ(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.vary.add("Sec-Fetch-Site")
        return response


def is_carried() -> bool:
    """Tell whether the page of this request carries the sheet."""
    is_at_the_desk = request.path.startswith("/organizer/")
    return request.headers.get("Sec-Fetch-Site") in _FROM_ELSEWHERE and not is_at_the_desk


def _carried() -> Markup | None:
    return Markup(TEXT) if is_carried() else None  # noqa: S704  a file of ours
