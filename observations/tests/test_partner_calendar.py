"""The learning partner's one calendar, and the load of all learning partners."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from observations.enums import OfferState, VisitState
from observations.models import Absence, VisitOffer
from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import User
from slf_portal.common.dates import at, start_of_day
from teams.models import PortfolioUnit, SupportRequest
from tests.builders import (
    SINCE,
    make_central,
    make_leader,
    make_learning_partner,
    make_person,
    make_team,
    make_unit,
    make_visit,
)
from tests.visit_partner_world import make_partner_visit

URL = reverse("observations:partner_calendar")
LOAD = reverse("observations:partner_load")


@pytest.fixture
def partner(client: Client, db: None, tuesday: dt.date) -> User:
    person = make_learning_partner()
    client.force_login(person)
    return person


def shown(client: Client, query: str = "") -> dict[str, list[tuple[str, str]]]:
    """The entries of each day that has some."""
    month = client.get(URL + query).context["month"]
    return {
        f"{day.day:%d/%m}": [(entry.time, entry.title) for entry in day.entries]
        for week in month.weeks
        for day in week.days
        if day.entries
    }


def test_everything_of_hers_stands_in_one_calendar(client: Client, partner: User) -> None:
    unit, team = make_unit("Birkeskolen"), make_team("Nord")
    make_partner_visit(unit, partner, dt.date(2026, 11, 24))
    make_partner_visit(unit, partner, dt.date(2026, 11, 25), state=VisitState.CANCELLED)
    make_partner_visit(unit, make_learning_partner(), dt.date(2026, 11, 26))
    make_visit(team, partner, dt.date(2026, 11, 24), state=VisitState.HELD)
    offer = VisitOffer.objects.create(team=team, visitor=partner)
    begins = at(dt.date(2026, 11, 27), dt.time(13))
    offer.times.create(starts_at=begins, ends_at=begins + dt.timedelta(hours=1))
    answered = VisitOffer.objects.create(team=make_team(), visitor=partner, state=OfferState.DECLINED)
    answered.times.create(starts_at=begins, ends_at=begins + dt.timedelta(hours=1))
    away = start_of_day(dt.date(2026, 11, 29)), at(dt.date(2026, 12, 1), dt.time(12))
    Absence.objects.create(person=partner, starts_at=away[0], ends_at=away[1])

    assert shown(client) == {
        "24/11": [("9.00-10.30", "Birkeskolen"), ("10.00-11.00", "Nord")],
        "27/11": [("13.00-14.00", "Nord")],
        "29/11": [("Hele dagen", "Fravær")],
        "30/11": [("Hele dagen", "Fravær")],
        "01/12": [("0.00-12.00", "Fravær")],
    }


def test_weeks_are_counted_as_danes_do_and_say_their_load(client: Client, partner: User) -> None:
    for hour in (9, 11, 13):
        make_partner_visit(make_unit(), partner, dt.date(2026, 11, 26), time=dt.time(hour))
    make_visit(make_team(), partner, dt.date(2026, 11, 27))
    response = client.get(URL)
    weeks = response.context["month"].weeks
    assert [week.number for week in weeks] == [44, 45, 46, 47, 48, 49]
    assert [(week.load.visits, week.load.minutes) for week in weeks] == [(0, 0)] * 4 + [(4, 330), (0, 0)]
    assert "4 besøg · 5,5 timer" in " ".join(response.content.decode().split())


def test_the_new_year_has_week_53(client: Client, partner: User) -> None:
    weeks = client.get(f"{URL}?maaned=2027-01").context["month"].weeks
    assert (weeks[0].number, weeks[0].first) == (53, dt.date(2026, 12, 28))


@pytest.mark.parametrize("query", ["", "?maaned=", "?maaned=nonsens", "?maaned=2026-13", "?maaned=9999-12"])
def test_another_month_is_one_click_away_and_nonsense_is_this_month(client: Client, partner: User, query: str) -> None:
    context = client.get(URL + query).context
    assert (context["month"].first, context["earlier"], context["later"]) == (
        dt.date(2026, 11, 1),
        dt.date(2026, 10, 1),
        dt.date(2026, 12, 1),
    )


def test_beside_it_stand_what_units_ask_for_what_is_to_be_noted_and_the_units(client: Client, partner: User) -> None:
    unit = make_unit("Birkeskolen")
    part = make_unit("Indskoling", parent=unit)
    PortfolioUnit.objects.create(unit=unit, person=partner, starts_on=SINCE)
    asked = SupportRequest.objects.create(unit=part, asked_by=make_leader(part), text="Kom og lyt med.")
    SupportRequest.objects.create(unit=make_unit(), asked_by=make_person(), text="Andetsteds.")
    passed = make_partner_visit(unit, partner, dt.date(2026, 11, 23))
    make_partner_visit(part, make_learning_partner(), dt.date(2026, 11, 2), state=VisitState.HELD)
    make_partner_visit(part, partner, dt.date(2026, 12, 8))

    context = client.get(URL).context
    assert (list(context["requests"]), list(context["to_note"])) == ([asked], [passed])
    (whole,) = context["units"]
    (inner,) = whole.parts
    assert (whole.unit, whole.last, whole.following) == (unit, None, None)
    assert (inner.unit, inner.last.day, inner.following.day) == (part, 2, 8)


def test_a_month_costs_the_same_with_one_thing_in_it_and_with_many(client: Client, partner: User) -> None:
    def fill(number: int) -> None:
        unit, day = make_unit(), dt.date(2026, 11, 9 + number)
        PortfolioUnit.objects.create(unit=unit, person=partner, starts_on=SINCE)
        make_unit(parent=unit)
        SupportRequest.objects.create(unit=unit, asked_by=make_leader(unit), text="Kom og lyt med.")
        make_partner_visit(unit, partner, day)
        make_visit(make_team(), partner, day)
        offer = VisitOffer.objects.create(team=make_team(), visitor=partner)
        offer.times.create(starts_at=at(day, dt.time(13)), ends_at=at(day, dt.time(14)))
        Absence.objects.create(person=partner, starts_at=at(day, dt.time(14)), ends_at=at(day, dt.time(15)))

    counts = []
    for number in range(3):
        fill(number)
        counts.append(queries(client, URL))
    assert counts == [counts[0]] * 3


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_section_sees_each_one_s_load_and_nothing_of_what_it_holds(client: Client, partner: User) -> None:
    make_partner_visit(make_unit("Birkeskolen"), partner, dt.date(2026, 11, 26), about="En rolig start.")
    make_visit(make_team(), partner, dt.date(2026, 11, 27))
    idle = make_learning_partner(name="Åse Læringspartner")
    client.force_login(make_central(CentralRole.SECTION_LEADER))
    response = client.get(LOAD)
    rows: list[Any] = response.context["rows"]
    assert response.context["weeks"] == [44, 45, 46, 47, 48, 49]
    assert [(row.partner, [load.minutes for load in row.weeks]) for row in rows] == [
        (partner, [0, 0, 0, 0, 150, 0]),
        (idle, [0] * 6),
    ]
    words = response.content.decode()
    assert [word for word in ("Birkeskolen", "En rolig start.") if word in words] == []


def test_the_load_costs_the_same_for_one_and_for_many(client: Client, db: None, tuesday: dt.date) -> None:
    client.force_login(make_central(CentralRole.SECTION_LEADER))
    counts = []
    for _ in range(3):
        make_partner_visit(make_unit(), make_learning_partner(), tuesday)
        counts.append(queries(client, LOAD))
    assert counts == [counts[0]] * 3
