"""One fixed meeting: its points, another time, and none."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.models import Gathering, GatheringPoint
from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from slf_portal.common.dates import at
from teams.models import Team
from tests.gathering_builders import make_gathering, make_series

DAY = dt.date(2026, 12, 1)


@pytest.fixture
def gathering(team: Team, member: User, tuesday: dt.date) -> Gathering:
    return make_gathering(make_series(team.unit, member), DAY, "Årshjulet")


def address(page: str, gathering: Gathering, *more: int) -> str:
    return reverse(f"learningcycle:gathering_{page}", args=[gathering.pk, *more])


def test_a_point_is_added_and_stands_as_it_was_typed(client: Client, gathering: Gathering) -> None:
    url = address("detail", gathering)
    assert client.post(url, {"text": "<b>Tid</b>\r\n til  forberedelse"})["Location"] == url
    assert [point.text for point in gathering.points.all()] == ["Årshjulet", "<b>Tid</b> til forberedelse"]
    assert "&lt;b&gt;Tid" in client.get(url).content.decode()


@pytest.mark.parametrize("text", ["", "x" * 161, "Ring på 010190-1234"])
def test_a_point_that_cannot_be_is_refused(client: Client, gathering: Gathering, text: str) -> None:
    assert list(client.post(address("detail", gathering), {"text": text}).context["form"].errors) == ["text"]
    assert gathering.points.count() == 1


def test_digits_that_are_no_cpr_number_are_confirmed_and_logged(client: Client, gathering: Gathering) -> None:
    client.post(address("detail", gathering), {"text": "Sag 010190-1234", "not_cpr": "on"})
    assert gathering.points.count() == 2
    assert TextOverride.objects.get().place == "learningcycle.GatheringPoint"


def test_a_point_is_ticked_and_taken_up_again(client: Client, gathering: Gathering) -> None:
    point = gathering.points.get()
    for said, is_done in (("1", True), ("0", False)):
        client.post(address("point", gathering, point.pk), {"is_done": said})
        assert GatheringPoint.objects.get().is_done is is_done


def test_a_point_of_another_meeting_is_not_there(client: Client, gathering: Gathering) -> None:
    other = make_gathering(gathering.series, DAY + dt.timedelta(days=7), "Tid")
    assert client.post(address("point", gathering, other.points.get().pk)).status_code == 404


def test_it_is_moved(client: Client, gathering: Gathering) -> None:
    form = {"on": "2026-12-03", "begins": "14:00", "ends": "15:00", "version": 0}
    assert client.post(address("move", gathering), form)["Location"] == address("detail", gathering)
    gathering.refresh_from_db()
    assert (gathering.starts_at, gathering.changed_by_person) == (at(dt.date(2026, 12, 3), dt.time(14)), True)


@pytest.mark.parametrize("wrong", [{"on": "2026-11-23"}, {"version": 4}])
def test_a_move_that_cannot_be_is_refused(client: Client, gathering: Gathering, wrong: dict[str, object]) -> None:
    form = {"on": "2026-12-03", "begins": "14:00", "ends": "15:00", "version": 0, **wrong}
    assert list(client.post(address("move", gathering), form).context["form"].errors) == ["__all__"]
    gathering.refresh_from_db()
    assert gathering.changed_by_person is False


def test_cancelling_takes_its_points_to_the_next(client: Client, gathering: Gathering) -> None:
    following = make_gathering(gathering.series, DAY + dt.timedelta(days=7))
    assert client.get(address("cancel", gathering)).status_code == 200
    client.post(address("cancel", gathering))
    gathering.refresh_from_db()
    assert (gathering.is_cancelled, gathering.changed_by_person) == (True, True)
    assert [point.text for point in following.points.all()] == ["Årshjulet"]
