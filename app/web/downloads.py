"""Headers of files that are saved."""

from urllib.parse import quote

from app.domain.filenames import ascii_filename, printed_filename

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachment(title: str, extension: str) -> str:
    """Return Content-Disposition with a plain name, and the title's own letters beside it (RFC 6266)."""
    printed = quote(printed_filename(title, extension), safe="")
    return f"attachment; filename=\"{ascii_filename(title, extension)}\"; filename*=UTF-8''{printed}"
