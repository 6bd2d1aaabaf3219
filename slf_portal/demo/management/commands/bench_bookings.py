"""`manage.py bench_bookings`: what `make bench` asks of the database when many book the same times at once."""

import json
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from slf_portal.demo import bench


class Command(BaseCommand):
    help = "Build, look at or unguard the contest of bookings in the benchmark's own database, and print JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("step", choices=("build", "count", "unguard"))
        parser.add_argument("--clients", type=int, default=0)
        parser.add_argument("--tries", type=int, default=0)

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.SETTINGS_MODULE != "slf_portal.local.bench_settings":
            raise CommandError("Only in the benchmark's own database.")
        if options["step"] == "build":
            found = bench.contenders(options["clients"], options["tries"])
            told: Any = {
                "contenders": [asdict(one) for one in found],
                "session_cookie": settings.SESSION_COOKIE_NAME,
                "csrf_cookie": settings.CSRF_COOKIE_NAME,
            }
        else:
            if options["step"] == "unguard":
                bench.without_guards()
            told = bench.double_bookings()
        self.stdout.write(json.dumps(told))
