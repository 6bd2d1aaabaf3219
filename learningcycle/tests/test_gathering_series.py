"""Beginning, changing and ending a series of fixed meetings."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.models import GatheringSeries
from slf_portal.accounts.models import User
from teams.models import Team
from tests.builders import make_leader, make_learning_partner, make_member, make_resource_person, make_team
from tests.gathering_builders import make_gathering, make_series, take_part

FORM = {"kind": "one_to_one", "every": "2", "first_on": "2026-12-01", "begins": "13.00", "ends": "13.30"}


@pytest.fixture
def leader(team: Team, client: Client, tuesday: dt.date) -> User:
    person = make_leader(team.unit)
    client.force_login(person)
    return person


@pytest.fixture
def colleague(team: Team) -> User:
    return make_resource_person(team)


@pytest.fixture
def create(leader: User, team: Team) -> str:
    return reverse("learningcycle:gathering_series_create", args=[team.unit_id])


@pytest.fixture
def series(leader: User, colleague: User, team: Team) -> GatheringSeries:
    return make_series(team.unit, leader, colleague, first_on=dt.date(2026, 12, 1))


def who(series: GatheringSeries, on: dt.date) -> set[str]:
    return {part.person.name for part in series.parts.in_force(on)}


def test_it_begins_with_who_is_chosen_and_is_planned_at_once(
    client: Client, create: str, colleague: User, tuesday: dt.date
) -> None:
    response = client.post(create, {**FORM, "people": [colleague.pk]})
    assert response["Location"] == reverse("learningcycle:gathering_list")
    series = GatheringSeries.objects.get()
    assert who(series, tuesday) == {"Lone Leder", "Rikke Ressource"}
    assert [row.planned_on for row in series.gatherings.all()][:2] == [dt.date(2026, 12, 1), dt.date(2026, 12, 15)]


def test_a_member_can_be_chosen_too(client: Client, create: str, team: Team, tuesday: dt.date) -> None:
    client.post(create, {**FORM, "members": [make_member(team).pk]})
    assert who(GatheringSeries.objects.get(), tuesday) == {"Lone Leder", "Mette Medlem"}


def test_a_double_click_begins_once(client: Client, create: str) -> None:
    form = {**FORM, "token": str(uuid.uuid4())}
    assert [client.post(create, form).status_code for _ in range(2)] == [302, 302]
    assert GatheringSeries.objects.count() == 1


def test_days_from_a_calendar_file_come_on_the_next_page(client: Client, create: str) -> None:
    response = client.post(create, {"kind": "theme", "every": "file"})
    series = GatheringSeries.objects.get()
    assert response["Location"] == reverse("learningcycle:gatherings_import", args=[series.pk])
    assert (series.first_on, series.every_weeks, series.gatherings.count()) == (None, None, 0)


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"first_on": ""}, "first_on"),
        ({"first_on": "2026-11-23"}, "first_on"),
        ({"first_on": "2028-11-23"}, "first_on"),
        ({"first_on": "2026-12-05"}, "first_on"),
        ({"ends": "12:00"}, "ends"),
        ({"last_day": "2026-11-30"}, "last_day"),
        ({"every": "9"}, "every"),
        ({"title": "Om 010190-1234"}, "title"),
    ],
)
def test_a_series_that_cannot_be_is_refused(client: Client, create: str, wrong: dict[str, Any], where: str) -> None:
    assert list(client.post(create, {**FORM, **wrong}).context["form"].errors) == [where]
    assert GatheringSeries.objects.count() == 0


def test_who_is_not_ticked_any_more_takes_part_no_more(
    client: Client, series: GatheringSeries, tuesday: dt.date
) -> None:
    url = reverse("learningcycle:gathering_series_edit", args=[series.pk])
    client.post(url, {**FORM, "version": series.version})
    assert who(series, tuesday) == {"Lone Leder"}
    assert who(series, tuesday - dt.timedelta(days=1)) == {"Lone Leder", "Rikke Ressource"}


def test_a_page_opened_before_a_colleague_s_change_is_caught(client: Client, series: GatheringSeries) -> None:
    url = reverse("learningcycle:gathering_series_edit", args=[series.pk])
    response = client.post(url, {**FORM, "version": 7})
    assert list(response.context["form"].errors) == ["__all__"]


def test_a_series_that_began_long_ago_can_be_changed(client: Client, leader: User, team: Team) -> None:
    series = make_series(team.unit, leader)
    url = reverse("learningcycle:gathering_series_edit", args=[series.pk])
    form = {**FORM, "first_on": "2020-01-07", "every": "1", "title": "Tirsdagsmødet", "version": 0}
    assert client.post(url, form).status_code == 302
    assert GatheringSeries.objects.get().title == "Tirsdagsmødet"


def test_ending_asks_first(client: Client, series: GatheringSeries, tuesday: dt.date) -> None:
    coming = make_gathering(series, dt.date(2026, 12, 1))
    url = reverse("learningcycle:gathering_series_end", args=[series.pk])
    assert client.get(url).context["coming"] == 1
    client.post(url)
    coming.refresh_from_db()
    assert coming.is_cancelled
    assert list(client.get(reverse("learningcycle:gathering_list")).context["series"]) == []


def test_only_who_takes_part_changes_it(client: Client, series: GatheringSeries, team: Team) -> None:
    client.force_login(make_leader(team.unit, name="Lars Leder"))
    for page in ("edit", "end"):
        assert client.get(reverse(f"learningcycle:gathering_series_{page}", args=[series.pk])).status_code == 404
    person = make_member(team)
    take_part(series, person)
    client.force_login(person)
    assert client.get(reverse("learningcycle:gathering_series_edit", args=[series.pk])).status_code == 200


def test_who_only_supports_is_offered_no_members_by_name(client: Client, team: Team, tuesday: dt.date) -> None:
    """A learning partner, and a resource person for another team's members, see status, not names."""
    make_member(team, name="Nina Navn")
    url = reverse("learningcycle:gathering_series_create", args=[team.unit_id])
    for person, sees in (
        (make_learning_partner(team.unit), False),
        (make_resource_person(make_team("Syd", unit=team.unit), name="Sif Syd"), False),
        (make_resource_person(team, name="Nor Nord"), True),
    ):
        client.force_login(person)
        assert ("Nina Navn" in client.get(url).content.decode()) is sees


def test_who_takes_part_stays_when_somebody_who_may_not_see_the_team_changes_it(
    client: Client, team: Team, tuesday: dt.date
) -> None:
    partner, member = make_learning_partner(team.unit), make_member(team, name="Nina Navn")
    make_member(team, name="Ole Anden")
    series = make_series(team.unit, partner, member, first_on=dt.date(2026, 12, 1))
    client.force_login(partner)
    page = client.get(reverse("learningcycle:gathering_series_edit", args=[series.pk])).content.decode()
    assert ("Nina Navn" in page, "Ole Anden" in page) == (True, False)
