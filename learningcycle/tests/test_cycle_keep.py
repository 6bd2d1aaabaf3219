"""Going on with a cycle that has run for a learning loop."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.models import Cycle
from slf_portal.accounts.models import User


@pytest.fixture
def url(cycle: Cycle, member: User) -> str:
    Cycle.objects.update(begun_on=dt.date(2026, 5, 1))
    return reverse("learningcycle:cycle_keep", args=[cycle.pk])


def test_it_is_not_asked_about_for_another_loop(client: Client, url: str, cycle: Cycle, tuesday: dt.date) -> None:
    response = client.post(url)
    assert Cycle.objects.get().looked_at_on == tuesday
    assert "Juster eller afslut?" not in client.get(response["Location"]).content.decode()


def test_a_closed_one_is_not_kept(client: Client, url: str, tuesday: dt.date) -> None:
    Cycle.objects.update(state="closed", closed_on=tuesday)
    client.post(url)
    assert Cycle.objects.get().looked_at_on is None
