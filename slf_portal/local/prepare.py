"""Brings the database of `make run` up to date and, the first time, builds the demo organisation."""

import io
import os
import subprocess
import sys

import django
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction

from slf_portal.local import state


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slf_portal.settings")
    # In a process of its own: Django reads the translations while it starts, and never again.
    subprocess.run([sys.executable, "manage.py", "messages", "--compile"], cwd=state.ROOT, check=True)
    django.setup()
    # Gunicorn does not ask. What is wrong is said by the exception.
    call_command("check", stdout=io.StringIO())
    call_command("migrate", interactive=False, verbosity=0)
    # Whole or not at all: people are the sign that it was built.
    with transaction.atomic():
        if not get_user_model().objects.exists():
            call_command("build_demo")


if __name__ == "__main__":
    main()
