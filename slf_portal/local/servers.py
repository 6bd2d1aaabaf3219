"""PostgreSQL and Valkey of their own for a test run or a measurement, gone when whoever asked for them is gone.

A keeper process starts them and reads its standard input: when the one who asked ends, in whatever way, the pipe
closes and the keeper stops the servers and deletes their files.
"""

import json
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import cast

from slf_portal.local import ports, postgres, state, valkey
from slf_portal.local.console import CannotStartError, complain, say

# For data that nobody needs after a crash.
WITHOUT_DURABILITY = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
# As root PostgreSQL's files lie here for as long as the servers run.
ROOT_FOLDER = Path("/var/tmp")  # noqa: S108 (mkdtemp makes the folder in it)
STOP_SECONDS = 30


@contextmanager
def temporary(postgres_options: Sequence[str] = ()) -> Iterator[dict[str, str]]:
    """Yield DATABASE_URL and REDIS_URL of servers that live for as long as the block."""
    keeper = subprocess.Popen(
        [sys.executable, "-m", "slf_portal.local.servers", *postgres_options],
        cwd=state.ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # a Ctrl-C is for us; the keeper goes when we go
    )
    with keeper:
        answer = keeper.stdout.readline() if keeper.stdout else ""
        if not answer:
            raise CannotStartError("PostgreSQL og Valkey kunne ikke starte; grunden står ovenfor.")
        yield cast(dict[str, str], json.loads(answer))
        # Leaving `with keeper` closes the pipe and waits for it.


def main(postgres_options: Sequence[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with ExitStack() as stack:
            say(json.dumps(_start(stack, postgres_options)))
            sys.stdin.read()
    except CannotStartError as error:
        complain(str(error))
        return 1
    return 0


def _start(stack: ExitStack, postgres_options: Sequence[str]) -> dict[str, str]:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="slf-portal-")))
    database = postgres.prepare(
        folder / "postgres", root_folder=ROOT_FOLDER, port=ports.free_port(), password=secrets.token_urlsafe()
    )
    stack.callback(postgres.remove, folder / "postgres")
    queue = valkey.prepare(folder / "valkey.conf", port=ports.free_port(), password=secrets.token_urlsafe())
    stack.enter_context(_running(queue.command(), folder / "valkey.log", folder, None, signal.SIGTERM))
    stack.enter_context(
        _running(
            database.command(postgres_options),
            folder / "postgres.log",
            database.home,
            database.account,
            signal.SIGINT,  # PostgreSQL's fast shutdown: does not wait for those still connected
        )
    )
    postgres.wait_until_ready(database)
    valkey.wait_until_ready(queue)
    return {"DATABASE_URL": database.url, "REDIS_URL": queue.url}


@contextmanager
def _running(command: list[str], log: Path, cwd: Path, account: str | None, stop: signal.Signals) -> Iterator[None]:
    with log.open("w", encoding="utf-8") as output:
        server = subprocess.Popen(
            command,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            user=account,
            group=account,
            extra_groups=[] if account else None,
        )
    try:
        yield
    except Exception as error:
        raise CannotStartError(f"{error}\n{log.read_text(encoding='utf-8', errors='replace')}") from error
    finally:
        server.send_signal(stop)
        with suppress(subprocess.TimeoutExpired):
            server.wait(STOP_SECONDS)
        server.kill()  # nothing to kill, as a rule


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
