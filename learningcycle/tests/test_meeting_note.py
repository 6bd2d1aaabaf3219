"""Noting a meeting that was held without having been planned here."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.enums import MeetingState
from learningcycle.models import Meeting
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from teams.models import Team
from tests.builders import make_meeting

DAY = dt.date(2026, 11, 19)
FORM = {"on": "2026-11-19", "begins": "13:00", "with_learning_cycle": "on"}


@pytest.fixture
def url(team: Team, member: User, tuesday: dt.date) -> str:
    return reverse("learningcycle:meeting_note", args=[team.pk])


def test_the_meeting_was_held_with_the_learning_cycle(client: Client, url: str, team: Team) -> None:
    response = client.post(url, FORM)
    assert response["Location"] == reverse("dashboard:team_detail", args=[team.pk])
    meeting = Meeting.objects.get()
    assert (meeting.team, meeting.state, meeting.with_learning_cycle) == (team, MeetingState.HELD, True)
    assert (meeting.starts_at, meeting.ends_at) == (at(DAY, dt.time(13)), at(DAY, dt.time(14)))


def test_the_meeting_was_held_without_it(client: Client, url: str) -> None:
    client.post(url, {"on": "2026-11-19", "begins": "13:00"})
    assert Meeting.objects.get().with_learning_cycle is False


def test_a_double_click_notes_once(client: Client, url: str) -> None:
    form = {**FORM, "token": str(uuid.uuid4())}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert Meeting.objects.count() == 1


def test_tomorrow_has_not_been_held(client: Client, url: str) -> None:
    response = client.post(url, {**FORM, "on": "2026-11-25"})
    assert list(response.context["form"].errors) == ["__all__"]
    assert Meeting.objects.count() == 0


def test_the_same_time_is_noted_once(client: Client, url: str, team: Team) -> None:
    make_meeting(team, DAY, time=dt.time(13), state=MeetingState.HELD)
    response = client.post(url, FORM)
    assert list(response.context["form"].errors) == ["__all__"]
    assert Meeting.objects.count() == 1


def test_the_page_proposes_today(client: Client, url: str, tuesday: dt.date) -> None:
    assert client.get(url).context["form"]["on"].value() == tuesday
