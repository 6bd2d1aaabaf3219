"""`make bench`: how fast the pages are, on real servers, each compared with a page that does nothing.

PostgreSQL and Valkey of its own, 400 teams with a year of history, gunicorn with two workers as in production
(DEBUG off), one and four clients that each wait for their answer. Writes docs/performance.md and build/bench.json.
"""

import http.client
import json
import os
import platform
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from slf_portal.local import bench_bookings, ports, servers, state
from slf_portal.local.bench_servers import environment, gunicorn, manage
from slf_portal.local.console import say

ROUNDS = 300
WARM_UP = 40
CLIENTS = (1, 4)
REPORT = state.ROOT / "docs" / "performance.md"
NUMBERS = state.ROOT / "build" / "bench.json"


@dataclass(frozen=True, slots=True)
class Result:
    """One page at one number of clients. Times in milliseconds."""

    name: str
    clients: int
    p50: float
    p95: float
    per_second: float
    queries: int
    size: int
    ratio: float


def main() -> int:
    with servers.temporary() as addresses, environment(addresses) as env:
        manage(env, "migrate", "--verbosity", "0")
        manage(env, "messages", "--compile")
        manage(env, "collectstatic", "--no-input", "--verbosity", "0")
        say("Bygger 400 teams med et års historie ...")
        pages = json.loads(manage(env, "bench_rows").splitlines()[-1])
        port = ports.free_port()
        with gunicorn(env, port):
            results = [_page(port, page, clients) for clients in CLIENTS for page in pages]
        say("128 vil booke det samme på samme tid ...")
        contested = bench_bookings.contests(env)
    results = _with_ratios(results)
    _write(results, contested)
    return 0


def _page(port: int, page: dict[str, Any], clients: int) -> Result:
    _fetch(port, page, WARM_UP)
    times: list[float] = []
    threads = [threading.Thread(target=lambda: times.extend(_fetch(port, page, ROUNDS))) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    if len(times) != ROUNDS * clients:
        raise RuntimeError(f"{page['name']}: some answers never came")
    cuts = statistics.quantiles(times, n=20)
    say(f"{page['name']}, {clients}: p50 {cuts[9]:.1f} ms")
    return Result(
        name=page["name"],
        clients=clients,
        p50=cuts[9],
        p95=cuts[18],
        per_second=len(times) / took,
        queries=page["queries"],
        size=page["size"],
        ratio=0,
    )


def _fetch(port: int, page: dict[str, Any], rounds: int) -> list[float]:
    """The milliseconds of each answer; anything but a 200 of the expected kind ends the run."""
    times = []
    for _ in range(rounds):
        connection = http.client.HTTPConnection(ports.HOST, port, timeout=30)
        began = time.perf_counter()
        # Sessions are marked secure outside DEBUG; the server trusts the cookie, not how it came.
        connection.request("GET", page["path"], headers={"Cookie": f"__Host-session={page['session']}"})
        answer = connection.getresponse()
        answer.read()
        times.append((time.perf_counter() - began) * 1000)
        connection.close()
        if answer.status != http.client.OK:
            raise RuntimeError(f"{page['name']}: {answer.status}")
    return times


def _with_ratios(results: list[Result]) -> list[Result]:
    bare = {result.clients: result.p50 for result in results if result.name == "bare view"}
    return [Result(**{**asdict(result), "ratio": result.p50 / bare[result.clients]}) for result in results]


def _write(results: list[Result], contested: list[bench_bookings.Contest]) -> None:
    NUMBERS.parent.mkdir(exist_ok=True)
    about = _about()
    figures = {"results": [asdict(one) for one in results], "bookings": [asdict(one) for one in contested]}
    NUMBERS.write_text(json.dumps({**about, **figures}, indent=2), "utf-8")
    lines = [
        "# Performance",
        "",
        "Written by `make bench`, which says how it measures in `slf_portal/local/bench.py`. Times in milliseconds.",
        "",
        f"{about['date']}, commit {about['commit']}, {about['machine']}.",
        "",
        "| page | clients | p50 | p95 | a second | queries | bytes | p50 / bare view |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {r.name} | {r.clients} | {r.p50:.1f} | {r.p95:.1f} | {r.per_second:.0f} "
            f"| {r.queries} | {r.size} | {r.ratio:.1f} |"
            for r in results
        ),
        "",
        "The clients run on the same machine and share its cores with the servers.",
        "",
        *bench_bookings.report(contested),
    ]
    REPORT.write_text("\n".join(lines), "utf-8")
    say("\n".join(lines))


def _about() -> dict[str, str]:
    git = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(git, cwd=state.ROOT, stdout=subprocess.PIPE, text=True, check=False).stdout.strip()
    system = f"{platform.system()} {platform.machine()}"
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": commit or "unknown",
        "machine": f"{os.cpu_count()} cores, {system}, Python {platform.python_version()}",
    }


if __name__ == "__main__":
    sys.exit(main())
