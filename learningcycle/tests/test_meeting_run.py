"""The page of a conversation that is going on."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.models import Conversation
from slf_portal.accounts.models import User
from teams.models import Team
from tests.builders import make_agreement, make_contract, make_leader, make_meeting, make_resource_person
from tests.cycle_builders import make_conversation


def page(client: Client, conversation: Conversation, query: str = "") -> str:
    return client.get(f"{reverse('learningcycle:meeting_run', args=[conversation.meeting_id])}{query}").content.decode()


def test_it_shows_the_item_everybody_is_at_with_what_is_written(client: Client, running: Conversation) -> None:
    found = page(client, running)
    assert "Vi er her alle.</textarea>" in found
    assert "4 min<span data-left> · 4 tilbage" in found
    assert "Teamet og jeres ressourceperson. Lederen kan ikke se det i portalen." in found
    assert "De andre er ved" not in found


def test_another_item_can_be_looked_at_and_says_where_the_others_are(client: Client, running: Conversation) -> None:
    found = page(client, running, f"?punkt={running.items.all()[4].pk}")
    assert '<h2 id="item-title">Fælles undersøgelse</h2>' in found
    assert "De andre er ved Tjek ind." in found


@pytest.mark.parametrize("query", ["?punkt=x", "?punkt=987654321", "?punkt=", f"?punkt={'9' * 5000}"])
def test_an_item_that_is_not_there_is_the_one_everybody_is_at(
    client: Client, running: Conversation, query: str
) -> None:
    assert '<h2 id="item-title">Tjek ind</h2>' in page(client, running, query)


def test_beside_it_stand_what_is_open_and_the_two_lines_of_the_contract(client: Client, running: Conversation) -> None:
    team = running.meeting.team
    make_agreement(team, "Vi spørger Løn om tal.")
    make_contract(team, dt.date(2026, 1, 1))
    team.contracts.update(first_line="Vi lægger bøvlet på bordet.", second_line="Vi slutter til tiden.")
    found = page(client, running)
    for words in ("Vi spørger Løn om tal.", "Vi lægger bøvlet på bordet.", "Vi slutter til tiden."):
        assert words in found


def test_what_somebody_typed_is_text_and_never_markup(client: Client, running: Conversation) -> None:
    running.items.filter(position=1).update(text="</textarea><script>alert(1)</script>")
    assert "&lt;/textarea&gt;&lt;script&gt;" in page(client, running)


def test_a_closed_conversation_leads_to_its_minutes_and_takes_no_text(client: Client, running: Conversation) -> None:
    Conversation.objects.update(closed_at=running.meeting.ends_at, running_since=None)
    found = page(client, running)
    assert "Samtalen er afsluttet." in found
    assert "<textarea" not in found


def test_a_conversation_that_has_not_begun_offers_to_begin(client: Client, team: Team, member: User) -> None:
    meeting = make_meeting(team, dt.date(2026, 11, 24))
    begin = reverse("learningcycle:meeting_begin", args=[meeting.pk])
    address = reverse("learningcycle:meeting_run", args=[meeting.pk])
    assert f'action="{begin}"' in client.get(address).content.decode()
    make_conversation(meeting)
    assert f'action="{begin}"' in client.get(address).content.decode()


def test_a_meeting_to_come_says_when_it_can_begin(client: Client, team: Team, member: User, tuesday: dt.date) -> None:
    meeting = make_meeting(team, dt.date(2026, 12, 1))
    found = client.get(reverse("learningcycle:meeting_run", args=[meeting.pk])).content.decode()
    assert "tirsdag 1. december" in found
    assert reverse("learningcycle:meeting_begin", args=[meeting.pk]) not in found


def test_a_leader_of_the_unit_may_not_and_a_stranger_finds_nothing(client: Client, running: Conversation) -> None:
    address = reverse("learningcycle:meeting_run", args=[running.meeting_id])
    client.force_login(make_leader(running.meeting.team.unit))
    assert client.get(address).status_code == 403
    client.force_login(make_resource_person(name="Fremmed"))
    assert client.get(address).status_code == 404
