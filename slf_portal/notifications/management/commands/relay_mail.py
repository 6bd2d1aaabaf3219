"""Send the mails that are due without Celery: once, or for ever."""

import time
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils.translation import gettext as _

from slf_portal.notifications.actions import relay_mail

REST_SECONDS = 5


class Command(BaseCommand):
    help = "Send the mails that are due. With --loop again and again, as a Celery worker would."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on until stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        self._run()
        with suppress(KeyboardInterrupt):
            while options["loop"]:
                time.sleep(REST_SECONDS)
                close_old_connections()
                self._run()

    def _run(self) -> None:
        sent = relay_mail(seconds=settings.MAIL_RUN_SECONDS)
        if sent:
            self.stdout.write(_("%(count)d mails sent") % {"count": sent})
