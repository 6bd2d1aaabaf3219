"""The libraries that the portal's documents are drawn with: found, or installed where that can be done.

They come from the machine, not from pip. Without them the portal does not start, so `make` looks for them once.
"""

import subprocess
import sys

from slf_portal.local.console import complain
from slf_portal.local.packages import install

DEBIAN = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")


def main() -> int:
    if not is_there():
        install(*DEBIAN)
    if is_there():
        return 0
    complain(
        "Portalen tegner sine dokumenter med Pango, som ikke er på maskinen. Installér den (Debian og Ubuntu: "
        f"apt install {' '.join(DEBIAN)}, macOS: brew install pango), og kør igen."
    )
    return 1


def is_there() -> bool:
    asked = subprocess.run([sys.executable, "-c", "import weasyprint"], check=False, capture_output=True)
    return asked.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
