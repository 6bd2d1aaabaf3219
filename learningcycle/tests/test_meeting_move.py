"""Moving a planned meeting."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.enums import MeetingState
from learningcycle.models import Meeting
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from teams.models import Team
from tests.builders import make_meeting

FORM = {"on": "2026-12-10", "begins": "13:00", "ends": "14:00"}


@pytest.fixture
def meeting(team: Team, member: User, tuesday: dt.date) -> Meeting:
    return make_meeting(team, dt.date(2026, 12, 8))


def move(client: Client, meeting: Meeting, **changed: Any) -> Any:
    url = reverse("learningcycle:meeting_move", args=[meeting.pk])
    response = client.post(url, {**FORM, "version": meeting.version, **changed})
    meeting.refresh_from_db()
    return response


def test_the_meeting_is_moved_and_the_plan_leaves_it_there(client: Client, meeting: Meeting, team: Team) -> None:
    response = move(client, meeting)
    assert response["Location"] == reverse("dashboard:team_detail", args=[team.pk])
    assert meeting.starts_at == at(dt.date(2026, 12, 10), dt.time(13))
    assert (meeting.sequence, meeting.version, meeting.changed_by_person) == (1, 1, True)


def test_a_page_opened_before_another_change_is_refused_and_what_was_typed_kept(
    client: Client, meeting: Meeting
) -> None:
    move(client, meeting)
    response = move(client, meeting, on="2026-12-15", version=0)
    form = response.context["form"]
    assert list(form.errors) == ["__all__"]
    assert (form["on"].value(), form["version"].value()) == ("2026-12-15", 1)
    assert meeting.on == dt.date(2026, 12, 10)


def test_after_looking_at_the_new_values_it_can_be_saved(client: Client, meeting: Meeting) -> None:
    move(client, meeting)
    form = move(client, meeting, on="2026-12-15", version=0).context["form"]
    move(client, meeting, on="2026-12-15", version=form["version"].value())
    assert meeting.on == dt.date(2026, 12, 15)


@pytest.mark.parametrize("version", ["", "x"])
def test_a_form_without_its_version_is_refused(client: Client, meeting: Meeting, version: str) -> None:
    assert list(move(client, meeting, version=version).context["form"].errors) == ["version"]
    assert meeting.on == dt.date(2026, 12, 8)


def test_a_day_that_has_passed_is_refused(client: Client, meeting: Meeting) -> None:
    assert list(move(client, meeting, on="2026-11-23").context["form"].errors) == ["__all__"]
    assert meeting.on == dt.date(2026, 12, 8)


@pytest.mark.parametrize("state", [MeetingState.HELD, MeetingState.CANCELLED])
def test_only_a_planned_meeting_is_moved(client: Client, meeting: Meeting, state: MeetingState) -> None:
    meeting.state = state
    meeting.save()
    assert list(move(client, meeting).context["form"].errors) == ["__all__"]
    assert meeting.on == dt.date(2026, 12, 8)


def test_the_page_shows_when_it_is_now(client: Client, meeting: Meeting) -> None:
    form = client.get(reverse("learningcycle:meeting_move", args=[meeting.pk])).context["form"]
    shown = {name: form[name].value() for name in ("on", "begins", "ends", "in_own_calendar", "version")}
    assert shown == {
        "on": dt.date(2026, 12, 8),
        "begins": dt.time(10),
        "ends": dt.time(11),
        "in_own_calendar": True,
        "version": 0,
    }
