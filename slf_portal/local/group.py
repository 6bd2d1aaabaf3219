"""The running group: one supervisord and its programs, followed and stopped from `run`."""

import os
import signal
import subprocess
import sys
import time
import xmlrpc.client
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any, TypedDict, cast

from slf_portal.local import state
from slf_portal.local.console import CannotStartError
from slf_portal.local.programs import Control, Program, configuration

ANSWER_SECONDS = 20
STOP_SECONDS = 120
LEFTOVER_SECONDS = 10
LOG_LINES = 6
UNWELL = {"BACKOFF", "EXITED", "FATAL"}


class ProcessRow(TypedDict):
    """What supervisord tells of a program, as far as we use it."""

    name: str
    statename: str
    pid: int


@dataclass
class Watcher:
    """Turns what supervisord tells, time after time, into what is worth saying once."""

    pids: dict[str, int] = field(default_factory=dict)
    unwell: set[str] = field(default_factory=set)

    def news(self, rows: Sequence[ProcessRow]) -> list[str]:
        return [line for row in rows for line in self._news_of(row)]

    def _news_of(self, row: ProcessRow) -> list[str]:
        name, pid = row["name"], row["pid"]
        lines = []
        is_gone = row["statename"] in UNWELL or self.pids.get(name, pid) != pid
        if is_gone and name not in self.unwell:
            self.unwell.add(name)
            lines.append(f"!    {name} er stoppet og startes igen. Slutningen af loggen:\n{log_tail(name)}")
        if row["statename"] == "RUNNING":
            self.pids[name] = pid
            if name in self.unwell:
                self.unwell.discard(name)
                lines.append(f"     {name} kører igen (proces {pid})")
        return lines


class Group:
    """One supervisord. It runs in a session of its own, so that a Ctrl-C reaches `run` alone."""

    def __init__(self, programs: Sequence[Program], control: Control, environment: Mapping[str, str]) -> None:
        path = state.STATE / "supervisord.conf"
        state.write_private(path, configuration(programs, control))
        self._watcher = Watcher()
        self._pids: set[int] = set()
        self._rpc: Any = xmlrpc.client.ServerProxy(control.url).supervisor
        self._process = subprocess.Popen(
            [sys.executable, "-m", "supervisor.supervisord", "--configuration", str(path)],
            cwd=state.ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={**os.environ, **environment, "PYTHONUNBUFFERED": "1"},
            start_new_session=True,
        )

    def wait_until_answering(self) -> None:
        deadline = time.monotonic() + ANSWER_SECONDS
        while not self._rows():
            if not self.is_alive() or time.monotonic() > deadline:
                raise CannotStartError(f"supervisord kunne ikke starte:\n{log_tail('supervisord')}")
            time.sleep(0.1)

    def start(self, program: Program) -> None:
        self._rpc.startProcess(program.name, False)  # noqa: FBT003 (a call to supervisord takes no names)

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def news(self) -> list[str]:
        return self._watcher.news(self._rows())

    def stop(self) -> None:
        """Stop every program in turn; end by force only those that supervisord has left behind."""
        if self.is_alive():
            self._rows()  # so that we know of all that runs
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_SECONDS)
            self._process.kill()  # nothing to kill, as a rule
        for number in (signal.SIGTERM, signal.SIGKILL):
            self._end_leftovers(number)

    def _rows(self) -> list[ProcessRow]:
        try:
            rows = cast(list[ProcessRow], self._rpc.getAllProcessInfo())
        except (OSError, HTTPException, xmlrpc.client.Error):
            return []
        self._pids = {row["pid"] for row in rows if row["pid"]}
        return rows

    def _end_leftovers(self, number: signal.Signals) -> None:
        # supervisord makes every program the leader of a process group: its own children go with it.
        deadline = time.monotonic() + LEFTOVER_SECONDS
        for pid in self._pids:
            with suppress(ProcessLookupError):
                os.killpg(pid, number)
        while any(_group_exists(pid) for pid in self._pids) and time.monotonic() < deadline:
            time.sleep(0.1)


def log_tail(name: str) -> str:
    path: Path = state.LOGS / f"{name}.log"
    if not path.exists():
        return "       (ingen log)"
    with path.open(encoding="utf-8", errors="replace") as lines:
        return "".join(f"       {line}" for line in deque(lines, maxlen=LOG_LINES)).rstrip("\n")


def _group_exists(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True
