"""XLSX and ODS -> rows of text: the zip is checked first, then another process reads it within limits."""

import io
import json
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

from app.domain.errors import InvalidInput
from app.domain.imports import MAX_MEMBERS, MAX_ROWS, MAX_UNPACKED, READER_MEMORY, READER_SECONDS

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the older binary format begins, and a newer one that is protected by a password."""
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_CHILD = Path(__file__).with_name("workbook_child.py")
_GRACE_SECONDS = 10
_TITLES = 50

Rows = list[tuple[int, list[str]]]


def read(content: bytes) -> Rows:
    """Return (line, cells) of the rows that hold anything.

    Raises InvalidInput: table_protected, table_old_format, table_too_large, table_unreadable.
    """
    if content.startswith(OLE):
        raise _refused("table_protected" if _PROTECTED in content else "table_old_format")
    _check_zip(content)
    return _read_apart(content)


def _check_zip(content: bytes) -> None:
    """Look at the table of contents alone: nothing is unpacked here but the list of parts of an ODS."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
                raise _refused("table_too_large")
            if not names & {"xl/workbook.xml", "content.xml"}:
                raise _refused("table_unreadable")
            if "content.xml" in names and _is_sealed(archive):
                raise _refused("table_protected")
    except (zipfile.BadZipFile, RuntimeError, OSError, ValueError) as error:
        raise _refused("table_unreadable") from error


def _is_sealed(archive: zipfile.ZipFile) -> bool:
    try:
        with archive.open("META-INF/manifest.xml") as manifest:
            return b"encryption-data" in manifest.read(1024 * 1024)
    except KeyError:
        return False


def _read_apart(content: bytes) -> Rows:
    command = [sys.executable, "-I", str(_CHILD), str(MAX_ROWS + _TITLES)]
    try:
        done = subprocess.run(  # noqa: S603  our own file, nothing of the user's in the command
            command,
            input=content,
            capture_output=True,
            timeout=READER_SECONDS + _GRACE_SECONDS,
            check=False,
            preexec_fn=_limit,
        )
    except subprocess.TimeoutExpired as error:
        raise _refused("table_too_large") from error
    if done.returncode < 0 or b"memory allocation" in done.stderr or b"MemoryError" in done.stderr:
        raise _refused("table_too_large")
    if done.returncode:
        raise _refused("table_unreadable")
    return [(line, cells) for line, cells in json.loads(done.stdout)]


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (READER_MEMORY, READER_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (READER_SECONDS, READER_SECONDS))


def _refused(code: str) -> InvalidInput:
    return InvalidInput(code, field="file")
