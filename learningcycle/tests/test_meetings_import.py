"""Taking a team's meetings over from its own calendar."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learningcycle.enums import MeetingState
from learningcycle.models import Gathering, Meeting
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from teams.models import Team
from tests.builders import make_closure, make_meeting, make_rhythm
from tests.gathering_builders import ics, make_gathering, make_series

FIRST = dt.date(2026, 12, 8)
NORD = "UID:a|SUMMARY:Teammøde om Ida|LOCATION:Lokale 3|DTSTART:20261013T100000|DTEND:20261013T113000"
MONTHLY = f"{NORD}|RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=5"
THEME = "UID:b|SUMMARY:Temamøde|DTSTART:20261216T130000|DTEND:20261216T150000"


@pytest.fixture
def url(team: Team, member: User, tuesday: dt.date) -> str:
    return reverse("learningcycle:meetings_import", args=[team.pk])


def look(client: Client, url: str, content: bytes) -> Any:
    return client.post(url, {"file": SimpleUploadedFile("kalender.ics", content)})


def confirm(client: Client, url: str, content: bytes, *series: str) -> Any:
    sealed = look(client, url, content).context["form"].initial["sealed"]
    return client.post(url, {"sealed": sealed, "series": list(series)})


def test_looking_saves_nothing(client: Client, url: str) -> None:
    response = look(client, url, ics(MONTHLY, THEME))
    previews = response.context["previews"]
    assert [(one.name, len(one.days), one.fresh) for one in previews] == [("Teammøde om Ida", 3, 3), ("Temamøde", 1, 1)]
    assert response.context["found"].passed == 2
    assert Meeting.objects.count() == 0


def test_the_chosen_series_comes_in_and_stays_in_the_own_calendar(client: Client, url: str, team: Team) -> None:
    response = confirm(client, url, ics(MONTHLY, THEME), "1")
    assert response["Location"] == reverse("dashboard:team_detail", args=[team.pk])
    meetings = list(Meeting.objects.all())
    assert [meeting.on for meeting in meetings] == [FIRST, dt.date(2027, 1, 12), dt.date(2027, 2, 9)]
    first = meetings[0]
    assert (first.starts_at, first.ends_at) == (at(FIRST, dt.time(10)), at(FIRST, dt.time(11, 30)))
    assert {(one.state, one.in_own_calendar, one.changed_by_person, one.rhythm) for one in meetings} == {
        ("planned", True, True, None)
    }


def test_the_same_file_again_changes_nothing(client: Client, url: str) -> None:
    confirm(client, url, ics(MONTHLY), "1")
    before = list(Meeting.objects.values())
    response = look(client, url, ics(MONTHLY))
    assert response.context["has_news"] is False
    assert "Alle filens møder står allerede i portalen" in response.content.decode()
    confirm(client, url, ics(MONTHLY), "1")
    assert list(Meeting.objects.values()) == before


def test_what_a_person_cancelled_does_not_come_back(client: Client, url: str, team: Team) -> None:
    cancelled: dict[str, Any] = {"state": MeetingState.CANCELLED}
    make_meeting(team, FIRST, changed_by_person=True, **cancelled)
    make_meeting(team, dt.date(2027, 1, 12), **cancelled)
    confirm(client, url, ics(MONTHLY), "1")
    planned = Meeting.objects.filter(state=MeetingState.PLANNED)
    assert [meeting.on for meeting in planned] == [dt.date(2027, 1, 12), dt.date(2027, 2, 9)]


def test_a_closed_day_is_told_and_comes_in(client: Client, url: str, team: Team) -> None:
    make_closure(FIRST, FIRST + dt.timedelta(days=1), unit=team.unit)
    (series,) = look(client, url, ics(MONTHLY)).context["previews"]
    assert [day.is_closed for day in series.days] == [True, False, False]
    confirm(client, url, ics(MONTHLY), "1")
    assert Meeting.objects.count() == 3


def test_a_rhythm_in_the_portal_is_pointed_out(client: Client, url: str, team: Team) -> None:
    make_rhythm(team)
    assert "Teamet har også en rytme i portalen." in look(client, url, ics(MONTHLY)).content.decode()


def test_nothing_ticked_brings_the_same_page_back(client: Client, url: str) -> None:
    response = confirm(client, url, ics(MONTHLY, THEME))
    assert list(response.context["form"].errors) == ["series"]
    assert "Teammøde om Ida" in response.content.decode()
    assert Meeting.objects.count() == 0


@pytest.mark.parametrize("sealed", ["", "forkert", "eyJzZXJpZXMiOltdfQ:1abc:xyz"])
def test_a_page_that_was_changed_is_refused(client: Client, url: str, sealed: str) -> None:
    assert client.post(url, {"sealed": sealed, "series": ["1"]})["Location"] == url
    assert Meeting.objects.count() == 0


def test_another_team_s_page_is_refused(client: Client, url: str, member: User, team: Team) -> None:
    series = make_series(team.unit, member, first_on=None, every_weeks=None)
    other = reverse("learningcycle:gatherings_import", args=[series.pk])
    sealed = look(client, other, ics(MONTHLY)).context["form"].initial["sealed"]
    assert client.post(url, {"sealed": sealed, "series": ["1"]})["Location"] == url
    assert Meeting.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Det er ikke en kalenderfil."),
        (b"PK\x03\x04\x00", "Det er ikke en kalenderfil."),
        (ics("X" * 2**20), "Filen er for stor: højst 1 MB."),
    ],
)
def test_a_file_that_is_no_calendar_is_told_at_its_field(client: Client, url: str, content: bytes, said: str) -> None:
    response = look(client, url, content)
    assert list(response.context["form"].errors) == ["file"]
    assert said in response.content.decode()


def test_no_file_is_told_at_its_field(client: Client, url: str) -> None:
    assert list(client.post(url, {"token": ""}).context["form"].errors) == ["file"]


def test_what_is_left_out_says_why(client: Client, url: str) -> None:
    page = look(client, url, ics("SUMMARY:<i>Ferie</i>|DTSTART;VALUE=DATE:20261221")).content.decode()
    assert "&lt;i&gt;Ferie&lt;/i&gt;" in page
    assert "det varer hele dagen" in page


def test_the_preview_costs_the_same_for_one_and_for_many(client: Client, url: str) -> None:
    costs = set()
    for count in (1, 100):
        content = ics(f"DTSTART:20261130T100000|RRULE:FREQ=WEEKLY;COUNT={count}")
        with CaptureQueriesContext(connection) as queries:
            look(client, url, content)
        costs.add(len(queries))
    assert len(costs) == 1


def test_the_days_come_into_a_series_once(client: Client, team: Team, member: User, tuesday: dt.date) -> None:
    series = make_series(team.unit, member, first_on=None, every_weeks=None)
    make_gathering(series, FIRST, is_cancelled=True)
    url = reverse("learningcycle:gatherings_import", args=[series.pk])
    for _ in range(2):
        assert confirm(client, url, ics(MONTHLY), "1")["Location"] == reverse("learningcycle:gathering_list")
    days = [row.planned_on for row in Gathering.objects.filter(is_cancelled=False)]
    assert days == [dt.date(2027, 1, 12), dt.date(2027, 2, 9)]
