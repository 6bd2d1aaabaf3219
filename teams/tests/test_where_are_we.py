""" "Hvor er vi?": the pillars and the guiding markers with the team's own words."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from slf_portal.common.dates import today
from teams.defaults import ensure_topics
from teams.models import PracticeTopic, Team, TopicLine
from tests.builders import (
    make_leader,
    make_learning_partner,
    make_member,
    make_person,
    make_resource_person,
    make_team,
    make_topic_word,
    make_unit,
)

DAY = dt.timedelta(days=1)


@pytest.fixture
def team(db: None) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen"))


@pytest.fixture
def url(team: Team) -> str:
    return reverse("teams:where_are_we", args=[team.pk])


@pytest.fixture
def topic(db: None) -> PracticeTopic:
    return PracticeTopic.objects.get(title="Reflekterende dialoger")


def test_five_pillars_and_four_markers_with_actions_and_signs_are_there_from_the_start(
    client: Client, url: str, team: Team
) -> None:
    client.force_login(make_member(team))
    pillars, markers = client.get(url).context["groups"]
    assert [len(group.talks) for group in (pillars, markers)] == [5, 4]
    assert pillars.talks[3].topic.title == "Udvikling af professionel dømmekraft"
    assert all(talk.actions and talk.signs for talk in markers.talks)


def test_they_are_made_once_and_what_was_made_of_them_is_left_alone(topic: PracticeTopic) -> None:
    PracticeTopic.objects.exclude(pk=topic.pk).delete()
    ensure_topics(PracticeTopic, TopicLine)
    assert list(PracticeTopic.objects.all()) == [topic]


def test_the_latest_words_are_shown_and_three_earlier_ones_behind_a_fold(
    client: Client, url: str, team: Team, topic: PracticeTopic
) -> None:
    for number in range(5):
        make_topic_word(team, topic, today() - number * 60 * DAY, f"Ord {number}")
    make_topic_word(make_team("Syd", unit=team.unit), topic, today(), "Syds ord")
    client.force_login(make_leader(team.unit))
    response = client.get(url)
    (talk,) = (talk for group in response.context["groups"] for talk in group.talks if talk.topic == topic)
    assert (talk.latest.text, [word.text for word in talk.earlier]) == ("Ord 0", ["Ord 1", "Ord 2", "Ord 3"])
    assert (talk.has_more, talk.words_in_all) == (True, 5)
    assert "Alle 5 gange" in response.content.decode()


def test_who_reads_and_who_is_asked_to_write(client: Client, url: str, team: Team, topic: PracticeTopic) -> None:
    say = reverse("teams:where_are_we_say", args=[team.pk, topic.pk])
    found = {}
    for name, person in {
        "member": make_member(team),
        "resource person": make_resource_person(team),
        "leader": make_leader(team.unit),
        "learning partner": make_learning_partner(team.unit),
        "stranger": make_person(),
    }.items():
        client.force_login(person)
        response = client.get(url)
        found[name] = (response.status_code, say in response.content.decode())
    assert found == {
        "member": (200, True),
        "resource person": (200, True),
        "leader": (200, False),
        "learning partner": (403, False),
        "stranger": (404, False),
    }


def test_a_topic_that_is_no_longer_offered_stays_where_the_team_has_spoken_about_it(
    client: Client, url: str, team: Team, topic: PracticeTopic
) -> None:
    client.force_login(make_member(team))

    def titles() -> list[str]:
        return [talk.topic.title for group in client.get(url).context["groups"] for talk in group.talks]

    PracticeTopic.objects.filter(pk=topic.pk).update(is_offered=False)
    assert topic.title not in titles()
    make_topic_word(team, topic, today())
    assert topic.title in titles()
    assert reverse("teams:where_are_we_say", args=[team.pk, topic.pk]) not in client.get(url).content.decode()


def test_without_any_topic_the_page_says_who_writes_them(client: Client, url: str, team: Team) -> None:
    PracticeTopic.objects.all().delete()
    client.force_login(make_member(team))
    assert "En administrator skriver dem." in client.get(url).content.decode()


def test_many_words_cost_what_one_costs(client: Client, url: str, team: Team, topic: PracticeTopic) -> None:
    client.force_login(make_member(team))

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    make_topic_word(team, topic, today())
    count()
    with_one = count()
    for other in PracticeTopic.objects.all():
        for number in range(6):
            make_topic_word(team, other, today() - number * DAY)
    assert count() == with_one
