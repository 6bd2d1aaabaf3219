"""The browser of the browser tests: found, or fetched where that can be done.

Run as a program it makes sure of one and prints its path. Where none can be had it says so: a person's machine then
skips the browser tests, a machine with CI set fails.
"""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import sync_playwright

from slf_portal.local.console import complain, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FETCH_SECONDS = 900


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
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _quietly("apt-get", "update")
        _quietly("apt-get", "install", "--yes", "--no-install-recommends", "chromium")
    found = find()
    if found is None:
        _quietly(sys.executable, "-m", "playwright", "install", "chromium")
        found = find()
    return found


def _quietly(*command: str) -> None:
    # Standard output is for the path alone. A command that fails says why, and the next way is tried.
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with suppress(subprocess.TimeoutExpired):
        subprocess.run(
            command, check=False, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environment, timeout=FETCH_SECONDS
        )


if __name__ == "__main__":
    sys.exit(main())
