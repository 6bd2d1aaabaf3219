"""What the pages ask for every few seconds."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import TimeMachineFixture

from learningcycle.actions import write_item
from learningcycle.models import Conversation
from slf_portal.accounts.models import User
from tests.builders import make_leader, make_resource_person


def state(client: Client, conversation: Conversation, known: str = "") -> dict[str, Any]:
    answer = client.get(reverse("learningcycle:meeting_state", args=[conversation.meeting_id]), {"har": known})
    assert answer["Content-Type"] == "application/json"
    found: dict[str, Any] = answer.json()
    return found


def test_it_tells_where_everybody_is_and_who_leads(
    client: Client, running: Conversation, member: User, time_machine: TimeMachineFixture
) -> None:
    time_machine.shift(75)
    found = state(client, running)
    told = {name: found[name] for name in ("current", "spent", "is_running", "is_closed", "leader", "person")}
    assert told == {
        "current": running.current_id,
        "spent": 75,
        "is_running": True,
        "is_closed": False,
        "leader": member.name,
        "person": member.pk,
    }
    assert len(found["csrf"]) == 64


def test_a_text_is_given_to_who_does_not_have_it(client: Client, running: Conversation) -> None:
    first, second = running.items.all()[:2]
    everything = "-".join(f"{item.pk}.{item.text_version}" for item in running.items.all())
    assert state(client, running, everything)["texts"] == {}
    rosa = make_resource_person(running.meeting.team)
    write_item(by=rosa, item=second, text="Vi prøvede at vente.", version=0)
    fresh = {str(second.pk): {"text": "Vi prøvede at vente.", "version": 1}}
    assert state(client, running, everything)["texts"] == fresh
    assert state(client, running)["texts"][str(first.pk)] == {"text": "Vi er her alle.", "version": 1}


@pytest.mark.parametrize("known", ["x", "1", "1.x", "-", ".", "1.-1", f"{'9' * 5000}.1"])
def test_what_is_not_a_version_is_none(client: Client, running: Conversation, known: str) -> None:
    assert len(state(client, running, known)["texts"]) == 7


def test_its_mark_changes_with_the_place_the_clock_the_leader_and_the_silence(
    client: Client, running: Conversation
) -> None:
    marks = [state(client, running)["mark"]]
    rosa, second = make_resource_person(running.meeting.team), running.items.all()[1]
    for change in (
        lambda: Conversation.objects.update(current=second),
        lambda: Conversation.objects.update(running_since=None),
        lambda: running.roles.update(person=rosa),
        lambda: running.items.filter(pk=second.pk).update(silence="writing"),
        lambda: second.silent_notes.create(text="Hemmeligt."),
        lambda: Conversation.objects.update(closed_at=running.begun_at),
    ):
        change()
        marks.append(state(client, running)["mark"])
    assert len(set(marks)) == 7
    write_nothing = state(client, running)["mark"]
    assert write_nothing == marks[-1]


def test_it_is_cheap(client: Client, running: Conversation) -> None:
    everything = "-".join(f"{item.pk}.{item.text_version}" for item in running.items.all())
    with CaptureQueriesContext(connection) as asked:
        state(client, running, everything)
    # The session, the person, her standing, the conversation, its items, who leads.
    assert len(asked) == 6


def test_a_leader_of_the_unit_may_not_and_a_stranger_finds_nothing(client: Client, running: Conversation) -> None:
    address = reverse("learningcycle:meeting_state", args=[running.meeting_id])
    client.force_login(make_leader(running.meeting.team.unit))
    assert client.get(address).status_code == 403
    client.force_login(make_resource_person(name="Fremmed"))
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302
