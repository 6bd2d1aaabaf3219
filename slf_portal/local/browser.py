"""The browser of the browser tests: found, or fetched where that can be done.

Run as a program it makes sure of one and prints its path. Where none can be had it says so: a person's machine then
skips the browser tests, a machine with CI set fails.
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from slf_portal.local.console import complain, say
from slf_portal.local.packages import install, quietly

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> Path | None:
    """The browser that PORTAL_CHROMIUM names, else one on PATH, else Playwright's own; None where there is none."""
    named = os.environ.get("PORTAL_CHROMIUM")
    if named:
        return Path(named)
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    if on_path:
        return Path(on_path)
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.exists() else None


def main() -> int:
    path = find() or _fetch()
    if path is not None:
        say(str(path))
        return 0
    complain(
        "Der er ingen Chromium, og den kunne ikke hentes. Installér den (Debian: apt install chromium), "
        "eller peg på den med PORTAL_CHROMIUM."
    )
    if os.environ.get("CI"):
        return 1
    complain("Testene i browseren springes over.")
    return 0


def _fetch() -> Path | None:
    install("chromium")
    found = find()
    if found is None:
        quietly(sys.executable, "-m", "playwright", "install", "chromium")
        found = find()
    return found


if __name__ == "__main__":
    sys.exit(main())
