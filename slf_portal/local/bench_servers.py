"""What the measurements of `make bench` run against: the portal as in production, on servers of their own."""

import http.client
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from slf_portal.local import ports, state


@contextmanager
def environment(addresses: dict[str, str]) -> Iterator[dict[str, str]]:
    """What the portal reads: as in production, on the benchmark's own servers."""
    yield {
        **os.environ,
        **addresses,
        "DJANGO_SETTINGS_MODULE": "slf_portal.local.bench_settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DEBUG": "0",
        "PORTAL_DEMO": "0",
        "ALLOWED_HOSTS": ports.HOST,
        "SECURE_SSL_REDIRECT": "0",
        "LOG_LEVEL": "WARNING",
    }


def manage(env: dict[str, str], *command: str) -> str:
    """What that command of manage.py prints."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=state.ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


@contextmanager
def gunicorn(env: dict[str, str], port: int, application: str = "slf_portal.wsgi", *serving: str) -> Iterator[None]:
    """The server on that port, with two workers where `serving` says nothing else, until the block ends."""
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"{ports.HOST}:{port}"]
    how = serving or ("--workers", "2")
    server = subprocess.Popen([*command, *how, "--log-level", "warning"], cwd=state.ROOT, env=env)
    try:
        _wait_until_up(port)
        yield
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_until_up(port: int) -> None:
    for _ in range(100):
        try:
            connection = http.client.HTTPConnection(ports.HOST, port, timeout=5)
            connection.request("GET", "/livez")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("gunicorn does not answer")
