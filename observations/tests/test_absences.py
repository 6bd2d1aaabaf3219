"""When somebody is away: her own page, and what is in the way of it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from observations.actions import book_visit
from observations.models import Absence, Booking
from slf_portal.accounts.models import User
from slf_portal.common.dates import at, end_of_day, start_of_day
from teams.models import Team
from tests.builders import make_member, make_resource_person
from tests.visit_booking_world import make_absence

DAY = dt.date(2026, 12, 8)


@pytest.fixture
def url(visitor: User, tuesday: dt.date) -> str:
    return reverse("observations:absence_list")


@pytest.mark.parametrize(
    ("form", "span"),
    [
        ({}, (start_of_day(DAY), end_of_day(DAY))),
        ({"last_day": "2026-12-11"}, (start_of_day(DAY), end_of_day(dt.date(2026, 12, 11)))),
        ({"begins": "08:00", "ends": "12:00"}, (at(DAY, dt.time(8)), at(DAY, dt.time(12)))),
    ],
)
def test_a_day_or_several_or_a_part_of_one(
    client: Client, url: str, visitor: User, form: dict[str, str], span: tuple[dt.datetime, dt.datetime]
) -> None:
    assert client.post(url, {"on": "2026-12-08", **form}).status_code == 302
    absence = Absence.objects.get()
    assert (absence.person, absence.starts_at, absence.ends_at) == (visitor, *span)
    assert [(booking.part, booking.starts_at) for booking in Booking.objects.all()] == [("away", span[0])]
    assert len(client.get(url).context["absences"]) == 1


@pytest.mark.parametrize(
    ("form", "where"),
    [
        ({"on": "2026-11-23"}, "on"),
        ({"last_day": "2026-12-07"}, "last_day"),
        ({"begins": "12:00", "ends": "12:00"}, "ends"),
        ({"on": "2027-03-28", "begins": "02:30"}, "begins"),
    ],
)
def test_what_cannot_be_is_told_at_the_field(client: Client, url: str, form: dict[str, str], where: str) -> None:
    response = client.post(url, {"on": "2026-12-08", **form})
    assert list(response.context["form"].errors) == [where]
    assert not Absence.objects.exists()


def test_a_visit_then_is_shown_to_be_handed_over(client: Client, url: str, team: Team, visitor: User) -> None:
    times: dict[str, Any] = {"starts_at": at(DAY, dt.time(10)), "ends_at": at(DAY, dt.time(11))}
    visit = book_visit(by=visitor, team=team, visitor=visitor, **times)
    response = client.post(url, {"on": "2026-12-08"})
    assert response.context["visits"] == [visit]
    assert reverse("observations:visit_hand_over", args=[visit.pk]) in response.content.decode()
    assert not Absence.objects.exists()


def test_it_can_be_taken_away(client: Client, url: str, visitor: User) -> None:
    absence = make_absence(visitor, DAY)
    client.post(reverse("observations:absence_remove", args=[absence.pk]))
    assert (Absence.objects.exists(), Booking.objects.exists()) == (False, False)


def test_it_is_nobody_else_s(client: Client, url: str, team: Team) -> None:
    absence = make_absence(make_resource_person(team, name="Kaja Kollega"), DAY)
    assert client.post(reverse("observations:absence_remove", args=[absence.pk])).status_code == 404
    client.force_login(make_member(team))
    assert client.get(url).status_code == 403
