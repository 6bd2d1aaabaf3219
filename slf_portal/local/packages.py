"""Packages of the machine's own, where they can be installed: by root, with apt."""

import os
import shutil
import subprocess
import sys
from contextlib import suppress

SECONDS = 900


def install(*names: str) -> None:
    """Install Debian packages when we are root on such a machine; elsewhere nothing happens."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quietly("apt-get", "update")
        quietly("apt-get", "install", "--yes", "--no-install-recommends", *names)


def quietly(*command: str) -> None:
    """Run a command whose output is not ours to print. One that fails says why, and the next way is tried."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with suppress(subprocess.TimeoutExpired):
        subprocess.run(
            command, check=False, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environment, timeout=SECONDS
        )
