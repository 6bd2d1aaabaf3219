"""A request for sparring has been met."""

import pytest
from django.test import Client
from django.urls import reverse

from teams.models import SupportRequest
from tests.builders import make_leader, make_learning_partner, make_unit


@pytest.fixture
def asked(db: None, client: Client) -> SupportRequest:
    unit = make_unit("Birkeskolen")
    client.force_login(make_learning_partner(unit))
    return SupportRequest.objects.create(unit=unit, asked_by=make_leader(unit), text="Kom og lyt med.")


def test_it_leaves_the_list(client: Client, asked: SupportRequest) -> None:
    response = client.post(reverse("teams:support_close", args=[asked.pk]), follow=True)
    assert list(response.context["requests"]) == []


def test_closing_again_keeps_the_first_time(client: Client, asked: SupportRequest) -> None:
    url = reverse("teams:support_close", args=[asked.pk])
    client.post(url)
    asked.refresh_from_db()
    first = asked.closed_at
    client.post(url)
    asked.refresh_from_db()
    assert asked.closed_at == first is not None
