"""Brings the database of `make run` up to date and, the first time, builds the demo organisation."""

import os

import django
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slf_portal.settings")
    django.setup()
    call_command("messages", "--compile")
    # Gunicorn asks for no checks.
    call_command("check")
    call_command("migrate", interactive=False, verbosity=0)
    # Whole or not at all: people are the sign that it was built.
    with transaction.atomic():
        if not get_user_model().objects.exists():
            call_command("build_demo")


if __name__ == "__main__":
    main()
