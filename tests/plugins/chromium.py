"""A Chromium: the one that is named, the machine's own, or Playwright's."""

import shutil
import subprocess
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from tests.plugins.found import Found, Missing

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def find(environ: Mapping[str, str], _started: ExitStack) -> Found | Missing:
    """Return the path of a Chromium that starts."""
    if named := environ.get("BANTRON_TEST_CHROMIUM"):
        return _ask(named) if Path(named).is_file() else Missing(f"{named} is not there")
    for path in (*map(shutil.which, _NAMES), _MAC):
        if path and Path(path).is_file():
            return _ask(path)
    return _playwrights_own()


def _ask(path: str) -> Found | Missing:
    answer = subprocess.run([path, "--version", "--no-sandbox"], capture_output=True, text=True, timeout=60)
    if answer.returncode:
        return Missing(f"{path} does not start: {answer.stderr.strip()[-200:]}")
    return Found(next(word for word in answer.stdout.split() if word[0].isdigit()), path)


def _playwrights_own() -> Found | Missing:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return Missing("playwright is not installed")
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return _ask(path) if Path(path).is_file() else Missing("none on PATH; make test could not install one")
