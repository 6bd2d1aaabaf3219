"""The demo organisation, built once for a file of tests and each day asked for."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction
from pytest_django import DjangoDbBlocker

from slf_portal.common.dates import at
from slf_portal.demo.actions import build_demo


@pytest.fixture(scope="module")
def demo(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[dt.date]:
    """The day the demo organisation is built, in the morning; time stands still."""
    day: dt.date = request.param
    with django_db_blocker.unblock(), time_machine.travel(at(day, dt.time(9)), tick=False), transaction.atomic():
        build_demo(say=lambda _words: None)
        yield day
        transaction.set_rollback(True)
