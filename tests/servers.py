"""A pytest plugin: a PostgreSQL and a Valkey of the run's own, there before Django's settings are read.

DATABASE_URL and REDIS_URL that are set already are used as they are. The processes of pytest-xdist inherit both.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from slf_portal.local import servers

# What the settings read in a test run. Nothing comes from a portal that runs on the same machine.
ENVIRONMENT = {
    "PORTAL_ENV_FILE": os.devnull,
    "DEBUG": "1",
    "PORTAL_DEMO": "0",
    "SECRET_KEY": "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
    "PORTAL_URL": "http://127.0.0.1:8000",
    "EMAIL_URL": "smtp://127.0.0.1:1",
}


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    # A wrapper, because pytest-django reads the settings in this very hook.
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    if not {"DATABASE_URL", "REDIS_URL"} <= os.environ.keys():
        running = ExitStack()
        early_config.add_cleanup(running.close)
        for name, url in running.enter_context(servers.temporary(servers.WITHOUT_DURABILITY)).items():
            os.environ.setdefault(name, url)
    yield
