"""`manage.py bench_rows`: fill an empty database for `make bench` and print the pages to measure as JSON."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from slf_portal.accounts.models import User
from slf_portal.demo import bench


class Command(BaseCommand):
    help = "Fill an empty database with 400 teams and a year of history, and print the pages to measure."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            raise CommandError("The database is not empty.")
        with transaction.atomic():
            bench.build()
        self.stdout.write(json.dumps([asdict(page) for page in bench.pages()]))
