"""The programs of `make run`, and the configuration that makes supervisord keep them alive as one group."""

import shlex
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from slf_portal.local import state
from slf_portal.local.ports import HOST
from slf_portal.local.postgres import Postgres
from slf_portal.local.valkey import Valkey

USER = "portal"


@dataclass(frozen=True)
class Control:
    """Where supervisord takes orders, and the password for giving them."""

    port: int
    password: str

    @property
    def url(self) -> str:
        return f"http://{USER}:{self.password}@{HOST}:{self.port}/RPC2"


@dataclass(frozen=True)
class Program:
    """One process of the group. The lowest order starts first and is stopped last."""

    name: str
    command: list[str]
    order: int
    starts_itself: bool = True
    directory: Path = state.ROOT
    # How long it must live to count as started; dying sooner each time, it is tried more and more seldom.
    settled_seconds: int = 2
    stop_signal: str = "TERM"
    account: str | None = None

    @property
    def log(self) -> Path:
        return state.LOGS / f"{self.name}.log"


def servers(database: Postgres | None, queue: Valkey | None) -> list[Program]:
    """The servers that are ours; one that DATABASE_URL or REDIS_URL names instead is None here."""
    programs = []
    if database is not None:
        programs.append(
            Program(
                "postgres",
                database.command(),
                order=1,
                directory=database.home,
                # PostgreSQL's fast shutdown: does not wait for those still connected.
                stop_signal="INT",
                account=database.account,
            )
        )
    if queue is not None:
        programs.append(Program("valkey", queue.command(), order=2))
    return programs


def around(*, sink_port: int) -> list[Program]:
    """What runs from the beginning besides the servers."""
    return [
        Program("mail", _module("slf_portal.local.sink", str(sink_port), str(state.MAIL)), order=3),
        Program("watch", _module("slf_portal.local.watch"), order=4),
    ]


def portal(port: int) -> list[Program]:
    """The portal itself: started by `run` once the database is up to date."""
    web = _module(
        "gunicorn",
        "slf_portal.wsgi",
        f"--bind={HOST}:{port}",
        "--workers=2",
        "--threads=4",
        "--graceful-timeout=10",
        "--access-logfile=-",
        "--no-control-socket",
    )
    celery = _module("celery", "--app=slf_portal")
    worker = [*celery, "worker", "--concurrency=2", "--prefetch-multiplier=1", "--loglevel=INFO", "--without-mingle"]
    beat = [*celery, "beat", "--loglevel=INFO"]
    return [
        Program("web", web, order=5, starts_itself=False, settled_seconds=10),
        Program("worker", worker, order=6, starts_itself=False, settled_seconds=10),
        Program("beat", beat, order=7, starts_itself=False, settled_seconds=10),
    ]


def configuration(programs: Iterable[Program], control: Control) -> str:
    """The text of supervisord.conf."""
    sections = [
        _section(
            "supervisord",
            nodaemon="true",
            silent="true",
            logfile=str(state.LOGS / "supervisord.log"),
            logfile_maxbytes="5MB",
            logfile_backups="1",
            pidfile=str(state.STATE / "supervisord.pid"),
        ),
        _section("inet_http_server", port=f"{HOST}:{control.port}", username=USER, password=control.password),
        _section(
            "rpcinterface:supervisor",
            **{"supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface"},
        ),
    ]
    return "\n".join([*sections, *(_program_section(program) for program in programs)])


def _program_section(program: Program) -> str:
    return _section(
        f"program:{program.name}",
        command=shlex.join(program.command),
        directory=str(program.directory),
        priority=str(program.order),
        autostart="true" if program.starts_itself else "false",
        autorestart="true",
        startsecs=str(program.settled_seconds),
        # Each attempt waits a second longer: a developer mends the fault, and the program comes back by itself.
        startretries="100",
        stopsignal=program.stop_signal,
        stopwaitsecs="20",
        killasgroup="true",
        redirect_stderr="true",
        stdout_logfile=str(program.log),
        stdout_logfile_maxbytes="5MB",
        stdout_logfile_backups="2",
        **({"user": program.account} if program.account else {}),
    )


def _section(title: str, **options: str) -> str:
    # A percent sign begins an expansion in supervisord's files.
    lines = [f"{name}={value.replace('%', '%%')}" for name, value in options.items()]
    return "\n".join([f"[{title}]", *lines, ""])


def _module(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", name, *arguments]
