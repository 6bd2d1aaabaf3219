"""An administrator's front page: import, health, and people without access."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from teams.models import Membership
from tests.builders import SINCE, make_administrator, make_member, make_person, make_team


@pytest.fixture
def context(db: None, client: Client, tuesday: dt.date) -> Any:
    client.force_login(make_administrator())
    make_member(make_team())
    Membership.objects.create(team=make_team(), person=make_person("Åse"), starts_on=SINCE, ends_on=tuesday)
    make_person("Bo")
    make_person("Dorte", is_active=False)
    return client.get(reverse("dashboard:administrator")).context


def test_active_people_without_a_role_today_are_named_in_danish_order(context: Any) -> None:
    assert [person.name for person in context["without_role"]] == ["Bo", "Åse"]


def test_active_people_who_have_never_signed_in_are_counted(context: Any) -> None:
    assert context["never_signed_in"] == 3


def test_the_health_is_not_well_while_nobody_has_heard_from_the_worker(context: Any) -> None:
    assert (context["health"].is_heard, context["health"].is_well) == (False, False)
