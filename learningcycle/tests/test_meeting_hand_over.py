"""Handing on the role of meeting leader, and taking it over."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from learningcycle.models import Conversation, RoleTaken
from slf_portal.accounts.models import User
from tests.builders import make_member, make_resource_person


@pytest.fixture
def rosa(running: Conversation) -> User:
    return make_resource_person(running.meeting.team, name="Rosa Ressource")


def hand_over(client: Client, conversation: Conversation, **form: Any) -> list[str]:
    response: Any = client.post(reverse("learningcycle:meeting_hand_over", args=[conversation.meeting_id]), form)
    assert response.status_code == 302
    return [message.message for message in get_messages(response.wsgi_request)]


def leaders() -> list[User]:
    return [role.person for role in RoleTaken.objects.filter(role="meeting_leader").select_related("person")]


def test_who_leads_hands_the_role_on(client: Client, running: Conversation, rosa: User) -> None:
    assert hand_over(client, running, person=rosa.pk) == ["Rosa Ressource er mødeleder nu."]
    assert leaders() == [rosa]


def test_anybody_of_the_team_takes_it_over(client: Client, running: Conversation, rosa: User) -> None:
    client.force_login(rosa)
    hand_over(client, running)
    assert leaders() == [rosa]


def test_only_who_leads_gives_it_to_somebody_else(
    client: Client, running: Conversation, rosa: User, member: User
) -> None:
    client.force_login(rosa)
    other = make_member(running.meeting.team, name="Bo")
    assert hand_over(client, running, person=other.pk) == ["Mødelederen fører samtalen videre. Du kan overtage rollen."]
    assert leaders() == [member]


def test_nobody_from_outside_the_team_leads(client: Client, running: Conversation, member: User) -> None:
    stranger = make_resource_person(name="Fremmed")
    for person in (stranger.pk, "x", 987654321):
        assert hand_over(client, running, person=person)[-1] == "Vælg en fra teamet."
    assert leaders() == [member]
