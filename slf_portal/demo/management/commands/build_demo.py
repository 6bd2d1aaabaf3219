"""`manage.py build_demo`: the demo organisation with a year of history up to today."""

from typing import Any

from django.core.management.base import BaseCommand

from slf_portal.demo.actions import build_demo


class Command(BaseCommand):
    help = "Build the demo organisation in a database without people; otherwise say so and do nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        build_demo(say=self.stdout.write)
