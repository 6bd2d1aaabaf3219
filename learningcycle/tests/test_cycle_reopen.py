"""Opening a closed learning cycle again."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.models import Cycle
from slf_portal.accounts.models import User


@pytest.fixture
def url(cycle: Cycle, member: User, tuesday: dt.date) -> str:
    Cycle.objects.update(state="closed", closed_on=tuesday, learning="Ro smitter.", decision="keep")
    return reverse("learningcycle:cycle_reopen", args=[cycle.pk])


def test_it_runs_again_with_what_was_written(client: Client, url: str) -> None:
    client.post(url)
    assert Cycle.objects.values_list("state", "closed_on", "learning", "decision").get() == (
        "running",
        None,
        "Ro smitter.",
        "keep",
    )


def test_once_is_enough(client: Client, url: str) -> None:
    client.post(url)
    version = Cycle.objects.get().version
    client.post(url)
    assert Cycle.objects.get().version == version
