"""A member of the group that ends the group when `run` is gone without having stopped it.

A Ctrl-C is handled by `run`. Killed hard it cannot; but its lock on the state folder goes with it, and then this
process gets the lock and tells supervisord, its parent, to stop.
"""

import fcntl
import os
import signal

from slf_portal.local import state


def main() -> None:
    supervisor = os.getppid()
    with state.LOCK.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        if os.getppid() == supervisor:
            os.kill(supervisor, signal.SIGTERM)


if __name__ == "__main__":
    main()
