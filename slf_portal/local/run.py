"""`make run`: the whole portal on this machine, from empty or from where it was left, until Ctrl-C."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NoReturn

import psycopg2
import redis

from slf_portal.local import ports, postgres, programs, state, valkey
from slf_portal.local.console import CannotStartError, complain, say
from slf_portal.local.group import Group

DEFAULT_PORT = "8000"
# As root PostgreSQL's files lie here, in a folder of its own system user.
ROOT_FOLDER = Path("/var/lib")
LOOK_SECONDS = 1
IMPATIENT_SECONDS = 90
OK = 200


@dataclass(frozen=True)
class Servers:
    """What the portal stands on: our own servers, or None where the environment names another."""

    database: postgres.Postgres | None
    queue: valkey.Valkey | None

    @property
    def environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.database.url if self.database else os.environ["DATABASE_URL"],
            "REDIS_URL": self.queue.url if self.queue else os.environ["REDIS_URL"],
        }


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop_asked)
    try:
        port = ports.port_from(os.environ.get("PORT") or DEFAULT_PORT)
        state.make_folders()
        with state.held_alone():
            ports.require_free(port)
            _run(port)
    except CannotStartError as error:
        complain(str(error))
        return 1
    except KeyboardInterrupt:
        say("Alt er stoppet.")
    return 0


def _stop_asked(number: int, frame: object) -> NoReturn:
    for again in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(again, signal.SIG_IGN)
    raise KeyboardInterrupt


def _run(port: int) -> None:
    say("1/4  Starter PostgreSQL, Valkey og mailmodtageren")
    servers = _servers()
    sink_port = ports.free_port()
    environment = {**servers.environment, **_environment(port, sink_port)}
    state.write_environment(environment)
    first = [*programs.servers(servers.database, servers.queue), *programs.around(sink_port=sink_port)]
    portal = programs.portal(port)
    control = programs.Control(port=ports.free_port(), password=state.secret("control"))
    group = Group([*first, *portal], control, environment)
    try:
        group.wait_until_answering()
        _wait_for(servers)
        _prepare(environment)
        say("3/4  Starter webserver, worker og beat")
        for program in portal:
            group.start(program)
        say("4/4  Venter på, at alt svarer")
        _follow(group, port)
    finally:
        say("Stopper ...")
        group.stop()


def _servers() -> Servers:
    database = queue = None
    if not os.environ.get("DATABASE_URL"):
        database = postgres.prepare(
            state.POSTGRES, root_folder=ROOT_FOLDER, port=ports.free_port(), password=state.secret("postgres")
        )
    if not os.environ.get("REDIS_URL"):
        queue = valkey.prepare(state.STATE / "valkey.conf", port=ports.free_port(), password=state.secret("valkey"))
    return Servers(database, queue)


def _environment(port: int, sink_port: int) -> dict[str, str]:
    return {
        "DEBUG": "1",
        "PORTAL_DEMO": "1",
        "SECRET_KEY": state.secret("django"),
        "PORTAL_URL": f"http://{ports.HOST}:{port}",
        "EMAIL_URL": f"smtp://{ports.HOST}:{sink_port}",
        "DEMO_MAIL_DIR": str(state.MAIL),
    }


def _wait_for(servers: Servers) -> None:
    try:
        if servers.database:
            postgres.wait_until_ready(servers.database)
        if servers.queue:
            valkey.wait_until_ready(servers.queue)
    except (psycopg2.OperationalError, redis.RedisError) as error:
        raise CannotStartError(f"Serverne svarer ikke ({error}). Se logfilerne i {state.LOGS}.") from error


def _prepare(environment: dict[str, str]) -> None:
    say("2/4  Gør databasen klar (første gang bygges demoorganisationen; det kan tage nogle minutter)")
    # In a session of its own a Ctrl-C is answered here, once, and not by a traceback from there as well.
    command = [sys.executable, "-m", "slf_portal.local.prepare"]
    done = subprocess.run(
        command, cwd=state.ROOT, env={**os.environ, **environment}, check=False, start_new_session=True
    )
    if done.returncode:
        raise CannotStartError("Databasen kunne ikke gøres klar; grunden står ovenfor.")


def _follow(group: Group, port: int) -> NoReturn:
    impatient_at = time.monotonic() + IMPATIENT_SECONDS
    is_announced = is_complained = False
    while group.is_alive():
        for line in group.news():
            say(line)
        if not is_announced:
            status, answer = _readiness(port)
            is_announced = status == OK
            if is_announced:
                say(_welcome(port))
            elif not is_complained and time.monotonic() > impatient_at:
                is_complained = True
                say(f"!    Ikke klar endnu: {answer}\n     Der ventes videre; se logfilerne i {state.LOGS}.")
        time.sleep(LOOK_SECONDS)
    raise CannotStartError(f"supervisord er stoppet uden at være bedt om det. Se logfilerne i {state.LOGS}.")


def _readiness(port: int) -> tuple[int | None, str]:
    connection = HTTPConnection(ports.HOST, port, timeout=10)
    try:
        connection.request("GET", "/readyz")
        response = connection.getresponse()
        return response.status, response.read(2000).decode("utf-8", "replace")
    except (OSError, HTTPException) as error:
        return None, str(error)
    finally:
        connection.close()


def _welcome(port: int) -> str:
    address = f"http://{ports.HOST}:{port}"
    return f"""
     Portalen kører på {address}

     Log ind:    {address}/demo/       vælg den person, du vil være; der er ingen adgangskode
     Mails:      {address}/demo/mail/  alt, hvad portalen har sendt
     Kommandoer: .venv/bin/python manage.py ...  (samme database)
     Logfiler:   {state.LOGS.relative_to(state.ROOT)}/

     Stop med Ctrl-C. Næste start finder de samme data; begynd forfra med make reset.
"""


if __name__ == "__main__":
    sys.exit(main())
