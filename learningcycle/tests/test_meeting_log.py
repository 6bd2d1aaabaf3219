"""Logging a held meeting in under a minute: at most three fields, and two clicks from the front page."""

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.enums import MeetingState
from learningcycle.models import Meeting
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from teams.models import Agreement, Team
from tests.builders import make_meeting, make_resource_person, make_rhythm, make_team

DAY = dt.date(2026, 11, 19)
FORM = {"on": "2026-11-19", "with_learning_cycle": "on"}


@pytest.fixture
def url(team: Team, member: User, tuesday: dt.date) -> str:
    return reverse("learningcycle:meeting_log", args=[team.pk])


def test_the_meeting_was_held_with_the_learning_cycle_at_the_usual_time(client: Client, url: str, team: Team) -> None:
    make_rhythm(team, starts_at=dt.time(13), ends_at=dt.time(14, 30))
    response = client.post(url, FORM)
    meeting = Meeting.objects.get()
    assert response["Location"] == reverse("learningcycle:meeting_detail", args=[meeting.pk])
    assert (meeting.team, meeting.state, meeting.with_learning_cycle) == (team, MeetingState.HELD, True)
    assert (meeting.starts_at, meeting.ends_at) == (at(DAY, dt.time(13)), at(DAY, dt.time(14, 30)))
    assert Agreement.objects.count() == 0


def test_without_a_rhythm_it_was_at_ten(client: Client, url: str) -> None:
    client.post(url, {"on": "2026-11-19"})
    meeting = Meeting.objects.get()
    assert (meeting.starts_at, meeting.with_learning_cycle) == (at(DAY, dt.time(10)), False)


def test_a_meeting_that_stands_planned_that_day_is_marked_held(client: Client, url: str, team: Team) -> None:
    planned = make_meeting(team, DAY, time=dt.time(8, 15))
    client.post(url, FORM)
    planned.refresh_from_db()
    assert (Meeting.objects.get(), planned.state, planned.with_learning_cycle) == (planned, MeetingState.HELD, True)
    assert planned.starts_at == at(DAY, dt.time(8, 15))


def test_what_the_team_tries_is_looked_at_at_the_next_meeting(client: Client, url: str, team: Team) -> None:
    make_meeting(team, dt.date(2026, 12, 8))
    client.post(url, {**FORM, "trial": "Vi venter lidt længere."})
    agreement, meeting = Agreement.objects.get(), Meeting.objects.get(state=MeetingState.HELD)
    assert (agreement.text, agreement.source, agreement.source_id) == (
        "Vi venter lidt længere.",
        "meeting",
        meeting.pk,
    )
    assert (agreement.team, agreement.owner, agreement.due_on) == (team, None, dt.date(2026, 12, 8))


def test_without_a_next_meeting_it_is_looked_at_in_a_month(client: Client, url: str) -> None:
    client.post(url, {**FORM, "trial": "Vi venter lidt længere."})
    assert Agreement.objects.get().due_on == dt.date(2026, 12, 24)


def test_the_agreement_says_where_it_was_made(client: Client, url: str, team: Team) -> None:
    client.post(url, {**FORM, "trial": "Vi venter lidt længere."})
    content = client.get(reverse("teams:team_agreements", args=[team.pk])).content.decode()
    link = reverse("learningcycle:meeting_detail", args=[Meeting.objects.get().pk])
    assert f'<a href="{link}">mødet 19. nov.</a>' in content


def test_a_double_click_notes_once(client: Client, url: str, team: Team) -> None:
    form = {**FORM, "trial": "Vi venter.", "token": str(uuid.uuid4())}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert (Meeting.objects.count(), Agreement.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("wrong", "where"),
    [({"on": "2026-11-25"}, "on"), ({"on": ""}, "on"), ({"trial": "Ring på 010190-1234."}, "trial")],
)
def test_what_cannot_be_is_refused(client: Client, url: str, wrong: dict[str, Any], where: str) -> None:
    response = client.post(url, {**FORM, "trial": "Vi venter.", **wrong})
    assert list(response.context["form"].errors) == [where]
    assert (Meeting.objects.count(), Agreement.objects.count()) == (0, 0)


def test_a_day_to_come_is_told_plainly(client: Client, url: str) -> None:
    content = client.post(url, {**FORM, "on": "2026-11-25"}).content.decode()
    assert "Dagen er ikke kommet endnu. Planlæg mødet i stedet." in content


def test_a_second_meeting_at_that_time_is_refused_and_nothing_is_agreed(client: Client, url: str, team: Team) -> None:
    make_meeting(team, DAY, time=dt.time(10), state=MeetingState.HELD)
    response = client.post(url, {**FORM, "trial": "Vi venter."})
    assert response.context["form"].errors == {"__all__": ["Teamet har allerede et møde på det tidspunkt."]}
    assert (Meeting.objects.count(), Agreement.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("planned", "proposed"),
    [
        ([], dt.date(2026, 11, 24)),
        ([dt.date(2026, 11, 10), dt.date(2026, 11, 17), dt.date(2026, 12, 8)], dt.date(2026, 11, 17)),
        ([dt.date(2026, 9, 8)], dt.date(2026, 11, 24)),
    ],
)
def test_the_page_proposes_what_nobody_has_noted_else_today(
    client: Client, url: str, team: Team, planned: list[dt.date], proposed: dt.date
) -> None:
    for day in planned:
        make_meeting(team, day)
    assert client.get(url).context["form"]["on"].value() == proposed


@pytest.mark.parametrize("home", ["member", "resource_person"])
def test_three_fields_and_two_clicks_from_the_front_page(
    client: Client, url: str, team: Team, home: str, member: User
) -> None:
    if home == "resource_person":
        client.force_login(make_resource_person(team, make_team("Syd")))
    front = client.get(reverse(f"dashboard:{home}")).content.decode()
    assert front.count(f'href="{url}"') == 1  # the first click
    page = client.get(url)
    assert [field.name for field in page.context["form"].visible_fields()] == ["on", "with_learning_cycle", "trial"]
    assert page.content.decode().split("<main")[1].count("<button") == 1
    # The second: the form as it came, nothing filled in.
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))
    as_it_came = {"on": page.context["form"]["on"].value().isoformat(), "with_learning_cycle": "on", **hidden}
    assert client.post(url, as_it_came).status_code == 302
    assert Meeting.objects.get().with_learning_cycle is True
