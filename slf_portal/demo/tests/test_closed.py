"""Without PORTAL_DEMO there is no way in without a password, and in production no PORTAL_DEMO."""

import runpy

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from slf_portal.demo.defaults.personas import LEADER
from tests.builders import make_person

SETTINGS = settings.BASE_DIR / "slf_portal" / "settings.py"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/demo/", "/demo/login/", "/demo/mail/"])
def test_the_demo_has_no_address(client: Client, path: str) -> None:
    make_person(LEADER.name, email=LEADER.email)

    assert client.get(path).status_code == 404
    assert client.post(path, {"persona": "leader"}).status_code == 404


def test_the_demo_is_refused_where_debug_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_DEMO", "1")
    monkeypatch.setenv("DEBUG", "1")
    assert runpy.run_path(str(SETTINGS))["PORTAL_DEMO"] is True

    monkeypatch.setenv("DEBUG", "0")
    with pytest.raises(ImproperlyConfigured, match="PORTAL_DEMO"):
        runpy.run_path(str(SETTINGS))
