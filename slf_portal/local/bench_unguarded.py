"""The portal without the locks that keep bookings apart: the control run of `make bench`, in its own database alone."""

import os
from importlib import import_module
from typing import Any

from slf_portal.wsgi import application

if os.environ.get("DJANGO_SETTINGS_MODULE") != "slf_portal.local.bench_settings":
    raise RuntimeError("Only for the benchmark.")


def _no_lock(number: int, ids: Any) -> None:
    """Let everyone go on at once."""


# By name: what starts the servers imports no app.
setattr(import_module("observations.actions.bookings"), "_lock", _no_lock)  # noqa: B010 - a module's own name

__all__ = ["application"]
