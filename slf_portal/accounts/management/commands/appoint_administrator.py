"""Appoint an administrator: the first one, or the one who helps when everybody else has left."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from slf_portal.accounts.actions import appoint_administrator
from slf_portal.common.errors import RefusedError


class Command(BaseCommand):
    help = "Make a person an administrator from today. She makes her password through “forgotten password”."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        try:
            person = appoint_administrator(by=None, email=email, name=name)
        except RefusedError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("%(person)s is an administrator.") % {"person": person})
