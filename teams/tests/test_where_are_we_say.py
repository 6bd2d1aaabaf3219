"""A team writes down what it says about a pillar or a marker."""

import uuid

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from slf_portal.common.dates import today
from teams.models import PracticeTopic, Team, TopicWord
from tests.builders import (
    make_leader,
    make_member,
    make_person,
    make_resource_person,
    make_team,
    make_topic_word,
    make_unit,
)

WITH_DIGITS = "Ring på 010190-1234."


@pytest.fixture
def team(db: None) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen"))


@pytest.fixture
def member(team: Team, client: Client) -> User:
    person = make_member(team)
    client.force_login(person)
    return person


@pytest.fixture
def topic(db: None) -> PracticeTopic:
    return PracticeTopic.objects.get(title="Reflekterende dialoger")


@pytest.fixture
def url(team: Team, topic: PracticeTopic, member: User) -> str:
    return reverse("teams:where_are_we_say", args=[team.pk, topic.pk])


def test_the_words_are_kept_with_the_day_and_one_lands_where_they_stand(
    client: Client, url: str, team: Team, topic: PracticeTopic
) -> None:
    response = client.post(url, {"text": "Vi spørger mere."})
    assert response["Location"] == reverse("teams:where_are_we", args=[team.pk]) + f"#topic-{topic.pk}"
    word = TopicWord.objects.get()
    assert (word.team, word.topic, word.text, word.said_on) == (team, topic, "Vi spørger mere.", today())


def test_two_who_write_at_once_are_both_kept(client: Client, url: str, team: Team) -> None:
    client.get(url)
    client.post(url, {"text": "Den enes.", "token": str(uuid.uuid4())})
    client.force_login(make_resource_person(team))
    client.post(url, {"text": "Den andens.", "token": str(uuid.uuid4())})
    assert set(TopicWord.objects.values_list("text", flat=True)) == {"Den enes.", "Den andens."}


def test_a_double_click_says_it_once(client: Client, url: str) -> None:
    sent = {"text": "Vi spørger mere.", "token": str(uuid.uuid4())}
    assert [client.post(url, sent).status_code for _ in range(2)] == [302, 302]
    assert TopicWord.objects.count() == 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001, WITH_DIGITS])
def test_what_cannot_be_is_said_at_the_field_and_the_text_kept(client: Client, url: str, text: str) -> None:
    shown = client.post(url, {"text": text}).context["form"]
    assert (list(shown.errors), shown["text"].value()) == (["text"], text)
    assert TopicWord.objects.count() == 0


def test_confirmed_digits_are_saved_and_logged(client: Client, url: str, member: User) -> None:
    client.post(url, {"text": WITH_DIGITS, "not_cpr": "on"})
    assert TopicWord.objects.get().text == WITH_DIGITS
    assert TextOverride.objects.values_list("person", "place").get() == (member.pk, "teams.TopicWord.text")


def test_what_is_no_longer_offered_takes_no_words_and_the_text_is_kept(
    client: Client, url: str, topic: PracticeTopic
) -> None:
    PracticeTopic.objects.filter(pk=topic.pk).update(is_offered=False)
    shown = client.post(url, {"text": "Vi spørger mere."}).context["form"]
    assert shown.non_field_errors() == ["Punktet bruges ikke længere. Det, I har sagt før, bliver stående."]
    assert shown["text"].value() == "Vi spørger mere."
    assert TopicWord.objects.count() == 0


def test_leaders_write_no_words_and_strangers_find_nothing(client: Client, url: str, team: Team) -> None:
    found = {}
    for name, person in (("leader", make_leader(team.unit)), ("stranger", make_person())):
        client.force_login(person)
        found[name] = client.post(url, {"text": "Vi spørger mere."}).status_code
    assert found == {"leader": 403, "stranger": 404}
    assert TopicWord.objects.count() == 0


def test_the_page_shows_the_latest_words_and_says_who_can_read_the_new_ones(
    client: Client, url: str, team: Team, topic: PracticeTopic
) -> None:
    make_topic_word(team, topic, today(), "Sidst sagde vi det her.")
    page = client.get(url).content.decode()
    assert "Sidst sagde vi det her." in page
    assert 0 < page.index("dets ledere kan læse det") < page.index('name="text"')


def test_the_database_keeps_words_as_they_were_said(team: Team, topic: PracticeTopic) -> None:
    word = make_topic_word(team, topic, today())
    with pytest.raises(DatabaseError), transaction.atomic():
        TopicWord.objects.filter(pk=word.pk).update(text="Noget andet")
