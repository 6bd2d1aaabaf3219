"""One's own fixed meetings."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.models import ResourcePerson, Team
from tests.builders import make_administrator, make_leader, make_resource_person
from tests.gathering_builders import make_gathering, make_series, take_part

URL = reverse("learningcycle:gathering_list")
FIRST = dt.date(2026, 12, 1)


@pytest.fixture
def person(team: Team, client: Client, tuesday: dt.date) -> User:
    """A resource person, who is signed in."""
    person = make_resource_person(team)
    client.force_login(person)
    return person


def test_the_coming_ones_stand_with_their_points(client: Client, person: User, team: Team) -> None:
    series = make_series(team.unit, person)
    later = make_gathering(series, FIRST + dt.timedelta(days=7))
    coming = make_gathering(series, FIRST, "Årshjulet", "Tid")
    make_gathering(series, dt.date(2026, 11, 17))
    make_gathering(series, FIRST + dt.timedelta(days=14), is_cancelled=True)
    response = client.get(URL)
    assert list(response.context["page"]) == [coming, later]
    assert list(response.context["series"]) == [series]
    assert "2 punkter" in response.content.decode()


def test_others_see_nothing_of_it_whatever_their_role(client: Client, person: User, team: Team) -> None:
    gathering = make_gathering(make_series(team.unit, person), FIRST)
    client.force_login(make_leader(team.unit))
    assert list(client.get(URL).context["page"]) == []
    for other in (make_leader(team.unit), make_administrator()):
        client.force_login(other)
        assert client.get(reverse("learningcycle:gathering_detail", args=[gathering.pk])).status_code == 404


def test_who_has_no_role_there_any_more_does_not_see_it(
    client: Client, person: User, team: Team, tuesday: dt.date
) -> None:
    gathering = make_gathering(make_series(team.unit, person), FIRST)
    url = reverse("learningcycle:gathering_detail", args=[gathering.pk])
    assert client.get(url).status_code == 200
    ResourcePerson.objects.update(ends_on=tuesday)
    assert client.get(url).status_code == 404


def test_who_takes_part_no_more_does_not_see_it(client: Client, person: User, team: Team, tuesday: dt.date) -> None:
    series = make_series(team.unit, make_leader(team.unit))
    part = take_part(series, person)
    gathering = make_gathering(series, FIRST)
    assert list(client.get(URL).context["page"]) == [gathering]
    part.ends_on = tuesday
    part.save()
    assert list(client.get(URL).context["page"]) == []


def test_a_list_costs_the_same_with_one_and_with_many(client: Client, person: User, team: Team) -> None:
    costs = []
    for number in range(3):
        series = make_series(team.unit, person)
        for week in range(1 + 20 * number):
            make_gathering(series, FIRST + dt.timedelta(weeks=week), "Et punkt")
        with CaptureQueriesContext(connection) as queries:
            client.get(URL)
        costs.append(len(queries))
    assert len(set(costs)) == 1
    assert client.get(URL).context["page"].has_other_pages()


def test_they_stand_on_the_resource_person_s_day(client: Client, person: User, team: Team, tuesday: dt.date) -> None:
    gathering = make_gathering(make_series(team.unit, person), tuesday, "Årshjulet", "Tid", time=dt.time(13))
    (entry,) = client.get(reverse("dashboard:resource_person")).context["entries_today"]
    url = reverse("learningcycle:gathering_detail", args=[gathering.pk])
    assert (entry.title, entry.detail) == ("Ressourcepersonernes møde", "fast møde · 2 punkter")
    assert (entry.url, entry.action_url, entry.action_label) == (url, f"{url}#id_text", "Tilføj punkt")
