"""ical.js, the reader of calendars in Thunderbird and Nextcloud, where Node is present."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from tests.plugins.found import Found, Missing

ROOT = Path(__file__).resolve().parents[2]
_MODULE = ROOT / ".venv" / "node" / "node_modules" / "ical.js"
_READER = ROOT / "tests" / "ical" / "read_with_icaljs.mjs"


def find(_environ: Mapping[str, str], _started: ExitStack) -> Found | Missing:
    """Return the folder of ical.js, which `make test` installs where there is npm."""
    if shutil.which("node") is None:
        return Missing("there is no Node on this machine")
    if not (_MODULE / "package.json").is_file():
        return Missing("make test could not install it with npm")
    return Found(json.loads((_MODULE / "package.json").read_text())["version"], str(_MODULE))


def read(module: str, data: bytes) -> list[dict[str, object]]:
    """Return what ical.js reads of each entry: uid, summary, starts, ends (UTC or a date), people, method."""
    done = subprocess.run(
        ["node", str(_READER), module], input=data, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    entries: list[dict[str, object]] = json.loads(done.stdout)
    return entries
