"""Who was at the meeting: names for the team, a number for others."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.enums import MeetingState
from learningcycle.models import Conversation, Meeting
from learningcycle.tasks import plan_meetings
from slf_portal.accounts.models import User
from teams.models import Team
from tests.builders import make_meeting, make_member, make_resource_person, make_team
from tests.cycle_builders import make_conversation


@pytest.fixture
def meeting(team: Team, member: User, tuesday: dt.date) -> Meeting:
    return make_meeting(team, tuesday)


@pytest.fixture
def url(meeting: Meeting) -> str:
    return reverse("learningcycle:meeting_attendance", args=[meeting.pk])


def present(meeting: Meeting) -> tuple[set[str], int | None]:
    found = Conversation.objects.get(meeting=meeting)
    return {row.person.name for row in found.attendance.all()}, found.present_count


def test_members_and_resource_persons_are_ticked_and_others_counted(
    client: Client, url: str, meeting: Meeting, member: User, team: Team
) -> None:
    visitor = make_resource_person(team)
    make_member(team, "Bo Bech")
    response = client.post(url, {"here": [member.pk, visitor.pk], "others": "2", "version": "0"})
    assert response["Location"] == reverse("learningcycle:meeting_detail", args=[meeting.pk])
    assert present(meeting) == ({"Mette Medlem", "Rikke Ressource"}, 4)


def test_it_can_be_corrected_when_the_conversation_is_closed(
    client: Client, url: str, meeting: Meeting, member: User, team: Team
) -> None:
    make_conversation(meeting, begun_at=meeting.starts_at, closed_at=meeting.ends_at)
    bo = make_member(team, "Bo Bech")
    client.post(url, {"here": [member.pk, bo.pk], "others": "1", "version": "0"})
    form = client.get(url).context["form"]
    assert (set(form["here"].value()), form["others"].value()) == ({member.pk, bo.pk}, 1)
    client.post(url, {"here": [bo.pk], "others": "", "version": "1"})
    assert present(meeting) == ({"Bo Bech"}, 1)


def test_who_was_here_and_has_left_stays_a_choice(client: Client, url: str, meeting: Meeting, team: Team) -> None:
    bo = make_member(team, "Bo Bech")
    client.post(url, {"here": [bo.pk], "others": "0", "version": "0"})
    team.membership_rows.filter(person=bo).delete()
    assert "Bo Bech" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("wrong", "where"),
    [({"others": "-1"}, "others"), ({"others": "100"}, "others"), ({"version": "7"}, "__all__")],
)
def test_what_cannot_be_is_refused(client: Client, url: str, member: User, wrong: dict[str, Any], where: str) -> None:
    response = client.post(url, {"here": [member.pk], "others": "0", "version": "0", **wrong})
    assert list(response.context["form"].errors) == [where]
    assert not Conversation.objects.filter(present_count__isnull=False).exists()


def test_people_of_other_teams_are_no_choice(client: Client, url: str) -> None:
    stranger = make_member(make_team("Syd"), "Sune Syd")
    response = client.post(url, {"here": [stranger.pk], "others": "0", "version": "0"})
    assert list(response.context["form"].errors) == ["here"]
    assert "Sune Syd" not in response.content.decode()


@pytest.mark.parametrize(
    ("day", "state"),
    [(dt.date(2026, 11, 25), MeetingState.PLANNED), (dt.date(2026, 11, 10), MeetingState.CANCELLED)],
)
def test_before_it_is_held_there_is_nobody_to_note(
    client: Client, team: Team, member: User, meeting: Meeting, day: dt.date, state: MeetingState
) -> None:
    other = make_meeting(team, day, state=state)
    url = reverse("learningcycle:meeting_attendance", args=[other.pk])
    for response in (client.get(url), client.post(url, {"here": [member.pk], "others": "0", "version": "0"})):
        assert response["Location"] == reverse("learningcycle:meeting_detail", args=[other.pk])
    assert Conversation.objects.count() == 0


@pytest.mark.parametrize(("day", "is_kept"), [(dt.date(2025, 11, 23), False), (dt.date(2025, 11, 24), True)])
def test_names_are_forgotten_after_a_year_and_the_number_stays(
    team: Team, member: User, tuesday: dt.date, day: dt.date, *, is_kept: bool
) -> None:
    long_ago = make_meeting(team, day, state=MeetingState.HELD)
    conversation = make_conversation(long_ago, present_count=4)
    conversation.attendance.create(person=member)
    plan_meetings()
    conversation.refresh_from_db()
    assert (conversation.attendance.exists(), conversation.present_count) == (is_kept, 4)
