"""`make reset`: delete what `make run` has kept, so that the next start begins from empty. Never while it runs."""

import shutil
import sys

from slf_portal.local import postgres, state
from slf_portal.local.console import CannotStartError, complain, say


def main() -> int:
    if not state.STATE.exists():
        say("Der er ikke noget at slette.")
        return 0
    try:
        state.make_folders()
        with state.held_alone():
            postgres.remove(state.POSTGRES)
            shutil.rmtree(state.STATE)
    except CannotStartError as error:
        complain(str(error))
        return 1
    say("Database, mails og logfiler er slettet. Næste make run begynder forfra.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
