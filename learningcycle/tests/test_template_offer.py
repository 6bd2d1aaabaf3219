"""Offering a template to teams, or no longer."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from learningcycle.defaults import DEFAULT_AGENDA, DEFAULT_CYCLE
from learningcycle.enums import TemplateKind
from learningcycle.models import MethodTemplate
from learningcycle.queries import offered_versions
from teams.models import Team
from tests.builders import make_administrator, make_team
from tests.cycle_builders import make_cycle, shipped


@pytest.fixture
def team(db: None, client: Client) -> Team:
    client.force_login(make_administrator())
    return make_team()


def url(template: MethodTemplate) -> str:
    return reverse("learningcycle:template_offer", args=[template.pk])


def cycles(team: Team) -> list[str]:
    return [version.template.key for version in offered_versions(team, TemplateKind.CYCLE)]


def test_it_is_offered_no_longer_and_again(client: Client, team: Team) -> None:
    pdsa = shipped("pdsa").template
    response = client.post(url(pdsa), {"is_offered": "0"})
    assert response["Location"] == reverse("learningcycle:template_detail", args=[pdsa.pk])
    assert "pdsa" not in cycles(team)
    client.post(url(pdsa), {"is_offered": "1"})
    assert "pdsa" in cycles(team)


def test_a_cycle_that_is_under_way_with_it_goes_on(client: Client, team: Team) -> None:
    cycle = make_cycle(team, version_used=shipped("pdsa"))
    client.post(url(shipped("pdsa").template), {"is_offered": "0"})
    cycle.refresh_from_db()
    assert (cycle.is_running, cycle.version_used) == (True, shipped("pdsa"))


@pytest.mark.parametrize("key", [DEFAULT_CYCLE, DEFAULT_AGENDA])
def test_what_every_team_falls_back_on_stays_offered(client: Client, team: Team, key: str) -> None:
    template = shipped(key).template
    response = client.post(url(template), {"is_offered": "0"})
    (told,) = get_messages(response.wsgi_request)
    assert "teams begynder med, når deres enhed ikke har sin egen" in str(told)
    template.refresh_from_db()
    assert template.is_offered
    page = client.get(reverse("learningcycle:template_detail", args=[template.pk])).content.decode()
    assert url(template) not in page
    assert "Den bliver ved med at være tilbudt" in page
