"""Beginning a conversation."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from learningcycle.enums import ConversationRole, MeetingState
from learningcycle.models import Attendance, Conversation, Meeting, RoleTaken
from slf_portal.accounts.models import User
from slf_portal.common.dates import COPENHAGEN
from teams.models import Team
from tests.builders import make_meeting, make_resource_person
from tests.cycle_builders import make_conversation

NINE = dt.datetime(2026, 11, 24, 9, tzinfo=COPENHAGEN)


@pytest.fixture
def meeting(team: Team, member: User, tuesday: dt.date, time_machine: TimeMachineFixture) -> Meeting:
    time_machine.move_to(NINE, tick=False)
    return make_meeting(team, tuesday)


def begin(client: Client, meeting: Meeting) -> list[str]:
    """Begin, and give what is said on the next page."""
    response: Any = client.post(reverse("learningcycle:meeting_begin", args=[meeting.pk]))
    assert response["Location"] == reverse("learningcycle:meeting_run", args=[meeting.pk])
    return [message.message for message in get_messages(response.wsgi_request)]


def leader(meeting: Meeting) -> User:
    return RoleTaken.objects.get(conversation__meeting=meeting, role=ConversationRole.MEETING_LEADER).person


def test_it_begins_at_the_first_item_with_the_clock_running(client: Client, meeting: Meeting, member: User) -> None:
    assert begin(client, meeting) == []
    conversation = meeting.conversation
    assert (conversation.begun_at, conversation.running_since, conversation.spent_seconds) == (NINE, NINE, 0)
    assert conversation.current == conversation.items.get(position=1)
    assert leader(meeting) == member
    meeting.refresh_from_db()
    assert (meeting.state, Attendance.objects.count()) == (MeetingState.PLANNED, 0)


def test_the_one_who_was_chosen_leads_whoever_begins(client: Client, meeting: Meeting) -> None:
    chosen = make_resource_person(meeting.team)
    make_conversation(meeting, roles={ConversationRole.MEETING_LEADER: chosen})
    begin(client, meeting)
    assert leader(meeting) == chosen


def test_beginning_twice_changes_nothing(client: Client, meeting: Meeting, time_machine: TimeMachineFixture) -> None:
    begin(client, meeting)
    time_machine.shift(600)
    begin(client, meeting)
    assert Conversation.objects.get().running_since == NINE


def test_a_meeting_whose_day_has_passed_can_begin(client: Client, team: Team, meeting: Meeting) -> None:
    earlier = make_meeting(team, dt.date(2026, 11, 10))
    assert begin(client, earlier) == []
    assert earlier.conversation.is_begun


@pytest.mark.parametrize(
    ("day", "state", "said"),
    [
        (dt.date(2026, 11, 25), MeetingState.PLANNED, "Mødet er først senere. I kan begynde på selve dagen."),
        (dt.date(2026, 11, 23), MeetingState.CANCELLED, "Mødet er aflyst."),
    ],
)
def test_what_is_to_come_or_cancelled_does_not_begin(
    client: Client, team: Team, meeting: Meeting, day: dt.date, state: MeetingState, said: str
) -> None:
    assert begin(client, make_meeting(team, day, state=state)) == [said]
    assert Conversation.objects.count() == 0


def test_what_was_closed_without_having_begun_does_not_begin_and_leads_to_its_minutes(
    client: Client, meeting: Meeting
) -> None:
    make_conversation(meeting, closed_at=NINE)
    assert begin(client, meeting) == ["Samtalen er afsluttet. Den kan åbnes igen fra referatet."]
    page = client.get(reverse("learningcycle:meeting_run", args=[meeting.pk])).content.decode()
    assert reverse("learningcycle:minutes", args=[meeting.pk]) in page
    assert (
        "Skriv samtalen ned bagefter"
        not in client.get(reverse("learningcycle:meeting_detail", args=[meeting.pk])).content.decode()
    )
