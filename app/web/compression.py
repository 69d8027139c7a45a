"""Fewer bytes on the way: texts are compressed, browsers keep static files for as long as they are the same.

The length of a compressed page that holds a secret beside words of a stranger's choosing tells the secret to
who can ask for many pages and measure them (BREACH). Pages that are somebody's own are therefore compressed
only where the reader's own tab asked for them: browsers say so (Fetch Metadata), who says nothing gets
the page as it is, but for the style sheet in it: that is everybody's, and is compressed by itself.
"""

import gzip
import struct
import zlib
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request

from app.web import stylesheet
from app.web.guard import guard_of

_TEXTS = {"text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml", "text/plain"}
_SMALLEST_WORTH_IT = 1024
_OWN_TAB = {"same-origin", "none"}
_YEAR = 365 * 24 * 3600
_STAMP = 12
_SHEET = stylesheet.TEXT.encode()
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""Deflate, no name, no time, no matter from which system (RFC 1952 section 2.3)."""
_DEFLATE = -15


def install(app: Flask) -> None:
    """Give static files addresses that change with them, and compress answers."""
    folder = Path(app.static_folder or "")

    @app.url_defaults
    def stamp(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "v" not in values:
            values["v"] = _stamp_of(folder / values["filename"])

    @app.after_request
    def shrink(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code in {200, 304}:
            _keep(response, folder)
        return _compressed(response) if _is_worth_it(response) else response


def _keep(response: Response, folder: Path) -> None:
    """Let browsers keep a file for a year under the address of its bytes, for an hour under any other."""
    file = folder / (request.view_args or {})["filename"]
    named = request.args.get("v") == _stamp_of(file)
    response.cache_control.no_cache = None
    response.cache_control.public = True
    response.cache_control.max_age = _YEAR if named else 3600
    response.cache_control.immutable = named


def _is_worth_it(response: Response) -> bool:
    return (
        response.status_code == 200
        and response.mimetype in _TEXTS
        and "Content-Encoding" not in response.headers
        and (response.content_length or 0) >= _SMALLEST_WORTH_IT
    )


def _compressed(response: Response) -> Response:
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings["gzip"] or request.method != "GET":
        return response
    response.direct_passthrough = False
    if (packed := _packed(response.get_data())) is None:
        return response
    response.set_data(packed)
    response.headers["Content-Encoding"] = "gzip"
    if tag := response.get_etag()[0]:
        response.set_etag(tag, weak=True)
    return response


def _packed(body: bytes) -> bytes | None:
    """Return the body as small as it may be; None where it stays as it is."""
    if _tells_nothing():
        return _zip_once(body)
    if request.headers.get("Sec-Fetch-Site") in _OWN_TAB:
        return _zip(body)
    return _zip_sheet(body) if _SHEET in body else None


def _tells_nothing() -> bool:
    """Tell whether it is the same for everybody: a file, or a page without a token against forgery."""
    return guard_of(request.endpoint or "") in {"public", "static"} and "csrf_token" not in g


def _zip(text: bytes) -> bytes:
    return gzip.compress(text, 6, mtime=0)


_zip_once = lru_cache(64)(_zip)


def _zip_sheet(body: bytes) -> bytes:
    """Compress the sheet alone, so that the answer tells no more by its length than the page would."""
    before, sheet, after = body.partition(_SHEET)
    parts = (_stored(before, zlib.Z_FULL_FLUSH), _deflated(sheet), _stored(after, zlib.Z_FINISH))
    return b"".join((_GZIP_HEAD, *parts, struct.pack("<2L", zlib.crc32(body), len(body))))


def _stored(part: bytes, end: int) -> bytes:
    plain = zlib.compressobj(0, wbits=_DEFLATE)
    return plain.compress(part) + plain.flush(end)


@lru_cache(1)
def _deflated(part: bytes) -> bytes:
    packer = zlib.compressobj(9, wbits=_DEFLATE)
    return packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH)


@lru_cache
def _stamp_of(file: Path) -> str | None:
    """Return what changes with the bytes of a file; None where there is no such file."""
    return sha256(file.read_bytes()).hexdigest()[:_STAMP] if file.is_file() else None
