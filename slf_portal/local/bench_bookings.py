"""Many clients who book the same times at once, over real connections, against gunicorn and PostgreSQL.

Each books through the page of the portal, with a session and a CSRF token of its own. Then the same again without locks
and constraints: a measurement that could not see the race would prove nothing. Part of `make bench`; alone with
`python -m slf_portal.local.bench_bookings [clients] [tries]`.
"""

import http.client
import json
import statistics
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from slf_portal.local import ports, servers
from slf_portal.local.bench_servers import environment, gunicorn, manage
from slf_portal.local.console import say

CLIENTS, TRIES = 128, 20
# Four processes of eight threads: thirty-two transactions are under way at a time.
SERVING = ("--workers", "4", "--threads", "8")
GUARDED, UNGUARDED = "slf_portal.wsgi", "slf_portal.local.bench_unguarded"
SECRET = "b" * 32
TIMEOUT = 120


@dataclass(frozen=True, slots=True)
class Contest:
    """What came of it. Times in milliseconds; `twice` pairs of bookings of one person that overlap."""

    name: str
    clients: int
    requests: int
    booked: int
    conflicts: int
    failed: int
    deadlocks: int
    twice: int
    p50: float
    p95: float
    per_second: float


def main(arguments: list[str]) -> int:
    numbers = [int(word) for word in arguments]
    clients, tries = (*numbers, *(CLIENTS, TRIES)[len(numbers) :])
    with servers.temporary() as addresses, environment(addresses) as env:
        manage(env, "migrate", "--verbosity", "0")
        manage(env, "messages", "--compile")
        manage(env, "collectstatic", "--no-input", "--verbosity", "0")
        say("\n".join(_table(contests(env, clients, tries))))
    return 0


def contests(env: dict[str, str], clients: int = CLIENTS, tries: int = TRIES) -> list[Contest]:
    """With locks and constraints, then without."""
    built = json.loads(
        manage(env, "bench_bookings", "build", f"--clients={clients}", f"--tries={tries}").splitlines()[-1]
    )
    guarded = _contest("with locks and constraints", env, GUARDED, built)
    manage(env, "bench_bookings", "unguard")
    return [guarded, _contest("control: without them", env, UNGUARDED, built)]


def report(found: list[Contest]) -> list[str]:
    """The lines of docs/performance.md about it."""
    return [
        "## Nobody is booked twice",
        "",
        f"{found[0].clients} clients book at once through the page, the same few visitors, teams and times.",
        "The control is the same without locks and constraints: it shows that the measurement would see the race.",
        "",
        *_table(found),
        "",
    ]


def _table(found: list[Contest]) -> list[str]:
    return [
        "| | clients | requests | booked | conflicts | 5xx | deadlocks | double bookings | p50 | p95 | a second |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {one.name} | {one.clients} | {one.requests} | {one.booked} | {one.conflicts} | {one.failed} "
            f"| {one.deadlocks} | {one.twice} | {one.p50:.0f} | {one.p95:.0f} | {one.per_second:.0f} |"
            for one in found
        ),
    ]


def _contest(name: str, env: dict[str, str], application: str, built: dict[str, Any]) -> Contest:
    port, statuses, times = ports.free_port(), Counter[int](), list[float]()
    before = _count(env)
    with gunicorn(env, port, application, *SERVING):
        start, together = (threading.Barrier(len(built["contenders"]) + more) for more in (1, 0))
        threads = [
            threading.Thread(target=_book_all, args=(port, built, contender, (start, together), statuses, times))
            for contender in built["contenders"]
        ]
        for thread in threads:
            thread.start()
        start.wait()
        began = time.perf_counter()
        for thread in threads:
            thread.join()
        took = time.perf_counter() - began
    after, cuts = _count(env), statistics.quantiles(times, n=20)
    return Contest(
        name=name,
        clients=len(built["contenders"]),
        requests=len(times),
        booked=statuses[http.client.FOUND],
        conflicts=statuses[http.client.OK],
        failed=len(times) - statuses[http.client.FOUND] - statuses[http.client.OK],
        deadlocks=after["deadlocks"] - before["deadlocks"],
        twice=after["twice"],
        p50=cuts[9],
        p95=cuts[18],
        per_second=len(times) / took,
    )


def _count(env: dict[str, str]) -> dict[str, int]:
    found: dict[str, int] = json.loads(manage(env, "bench_bookings", "count").splitlines()[-1])
    return found


def _book_all(
    port: int,
    built: dict[str, Any],
    contender: dict[str, Any],
    barriers: tuple[threading.Barrier, threading.Barrier],
    statuses: Counter[int],
    times: list[float],
) -> None:
    cookies = f"{built['session_cookie']}={contender['session']}; {built['csrf_cookie']}={SECRET}"
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    start, together = barriers
    start.wait()
    for path, form in contender["tries"]:
        # All ask for the same time of day at once: a race is looked for, not how fast one after the other are served.
        together.wait()
        body = urlencode({**form, "csrfmiddlewaretoken": SECRET})
        began = time.perf_counter()
        status = _post(port, path, body, headers)
        times.append((time.perf_counter() - began) * 1000)
        statuses[status] += 1


def _post(port: int, path: str, body: str, headers: dict[str, str]) -> int:
    """The answer's status; 599 for a connection that broke."""
    connection = http.client.HTTPConnection(ports.HOST, port, timeout=TIMEOUT)
    try:
        connection.request("POST", path, body=body, headers=headers)
        answer = connection.getresponse()
        answer.read()
    except OSError:
        return 599
    finally:
        connection.close()
    return answer.status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
