"""Everything a team has said about one pillar or marker."""

import datetime as dt

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from slf_portal.common.dates import today
from teams.models import PracticeTopic, Team
from tests.builders import make_leader, make_learning_partner, make_member, make_team, make_topic_word, make_unit

DAY = dt.timedelta(days=1)


@pytest.fixture
def team(db: None) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen"))


@pytest.fixture
def topic(db: None) -> PracticeTopic:
    return PracticeTopic.objects.get(title="Datainformerede læringssamtaler")


@pytest.fixture
def url(team: Team, topic: PracticeTopic) -> str:
    return reverse("teams:where_are_we_topic", args=[team.pk, topic.pk])


def test_the_latest_words_stand_first_and_only_this_teams_about_this(
    client: Client, url: str, team: Team, topic: PracticeTopic
) -> None:
    make_topic_word(team, topic, today() - 90 * DAY, "Det første.")
    make_topic_word(team, topic, today(), "Det andet.")
    make_topic_word(make_team(unit=team.unit), topic, today(), "Andres.")
    make_topic_word(team, PracticeTopic.objects.all()[0], today(), "Om noget andet.")
    client.force_login(make_leader(team.unit))
    assert [word.text for word in client.get(url).context["page"]] == ["Det andet.", "Det første."]


def test_before_anything_is_said_the_page_says_what_would_stand_there(client: Client, url: str, team: Team) -> None:
    client.force_login(make_member(team))
    assert "Her står, hvad teamet siger om det" in client.get(url).content.decode()


def test_nobody_is_asked_to_write_about_what_is_no_longer_offered(
    client: Client, url: str, team: Team, topic: PracticeTopic
) -> None:
    say = reverse("teams:where_are_we_say", args=[team.pk, topic.pk])
    client.force_login(make_member(team))
    assert say in client.get(url).content.decode()
    PracticeTopic.objects.filter(pk=topic.pk).update(is_offered=False)
    assert say not in client.get(url).content.decode()


def test_a_topic_that_is_not_there_is_not_found_and_who_only_supports_is_refused(
    client: Client, url: str, team: Team
) -> None:
    client.force_login(make_member(team))
    assert client.get(reverse("teams:where_are_we_topic", args=[team.pk, 987654321])).status_code == 404
    client.force_login(make_learning_partner(team.unit))
    assert client.get(url).status_code == 403


def test_the_list_comes_by_the_page_and_costs_the_same(
    client: Client, url: str, team: Team, topic: PracticeTopic
) -> None:
    client.force_login(make_member(team))
    make_topic_word(team, topic, today())

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    count()
    with_one = count()
    for number in range(settings.PAGE_SIZE):
        make_topic_word(team, topic, today() - number * DAY)
    assert count() == with_one
    assert len(client.get(url, {"page": 2}).context["page"].object_list) == 1
