"""Beginning a learning cycle, the next one after a closed one too."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.enums import TemplateKind
from learningcycle.models import Cycle, MethodTemplate
from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from teams.models import Team
from tests.builders import make_unit
from tests.cycle_builders import make_cycle, make_template, shipped


@pytest.fixture
def url(team: Team, member: User, tuesday: dt.date) -> str:
    return reverse("learningcycle:cycle_begin", args=[team.pk])


@pytest.fixture
def form(url: str) -> dict[str, Any]:
    return {"title": "Bedre spørgsmål", "focus": "Hvem svarer?", "template": shipped("fem-trin").pk}


@pytest.fixture
def closed(team: Team, tuesday: dt.date) -> Cycle:
    return make_cycle(team, "En rolig start", phase=6, closed_on=tuesday, learning="Ro smitter.")


def test_it_begins_in_the_first_phase_of_the_template(
    client: Client, url: str, form: dict[str, Any], team: Team, tuesday: dt.date
) -> None:
    response = client.post(url, form)
    cycle = Cycle.objects.get()
    assert response["Location"] == reverse("learningcycle:cycle_detail", args=[cycle.pk])
    assert (cycle.team, cycle.title, cycle.focus, cycle.begun_on) == (team, "Bedre spørgsmål", "Hvem svarer?", tuesday)
    assert (cycle.phase.title, cycle.phase.position, cycle.follows) == ("Observér", 1, None)


def test_the_usual_template_is_chosen_beforehand(client: Client, url: str) -> None:
    assert client.get(url).context["form"]["template"].value() == shipped("laeringscirklen").pk


def test_the_unit_s_own_template_is_offered_first_and_no_other_unit_s(client: Client, url: str, team: Team) -> None:
    own = make_template(team.unit, "Vores cirkel", kind=TemplateKind.CYCLE)
    make_template(make_unit("Østerskolen"), "Deres cirkel", kind=TemplateKind.CYCLE)
    form = client.get(url).context["form"]
    titles = [row["version"].title for row in form.templates()]
    assert form["template"].value() == own.versions.get().pk
    assert (titles[0], "Deres cirkel" in titles) == ("Vores cirkel", False)


def test_without_a_template_on_offer_the_page_says_whom_to_ask(client: Client, url: str) -> None:
    MethodTemplate.objects.update(is_offered=False)
    assert "Der er ingen skabelon at vælge lige nu." in client.get(url).content.decode()
    assert list(client.post(url, {"title": "Bedre spørgsmål"}).context["form"].errors) == ["template"]


def test_a_double_click_begins_one(client: Client, url: str, form: dict[str, Any]) -> None:
    twice = {**form, "token": str(uuid.uuid4())}
    assert [client.post(url, twice).status_code for _ in range(2)] == [302, 302]
    assert Cycle.objects.count() == 1


def test_the_next_one_follows_the_closed_one_and_shows_what_it_taught(
    client: Client, url: str, form: dict[str, Any], closed: Cycle
) -> None:
    after = f"{url}?efter={closed.pk}"
    assert "Ro smitter." in client.get(after).content.decode()
    client.post(after, form)
    assert Cycle.objects.get(title="Bedre spørgsmål").follows == closed


def test_two_colleagues_do_not_both_begin_the_next_one(
    client: Client, url: str, form: dict[str, Any], closed: Cycle
) -> None:
    after = f"{url}?efter={closed.pk}"
    client.post(after, form)
    shown = client.post(after, {**form, "title": "Mine ord"}).context["form"]
    assert shown.non_field_errors() == [
        "En kollega har allerede begyndt den næste efter ”En rolig start”. I finder den på listen."
    ]
    assert shown["title"].value() == "Mine ord"
    assert Cycle.objects.count() == 2


@pytest.mark.parametrize("efter", ["x", "-1", "987654321", "9" * 30, "²"])
def test_a_cycle_that_is_not_there_is_not_followed(client: Client, url: str, form: dict[str, Any], efter: str) -> None:
    assert client.post(f"{url}?efter={efter}", form).status_code == 302
    assert Cycle.objects.get().follows is None


def test_another_team_s_cycle_and_a_running_one_are_not_followed(
    client: Client, url: str, form: dict[str, Any], team: Team, tuesday: dt.date
) -> None:
    others = make_cycle(Team.objects.create(name="Syd", unit=team.unit, kind=team.kind), closed_on=tuesday)
    for other in (others, make_cycle(team, "I gang")):
        client.post(f"{url}?efter={other.pk}", form)
        other.refresh_from_db()
        assert not hasattr(other, "next_cycle")


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"focus": "x" * 301}, "focus"),
        ({"focus": "x" * 200_000}, "focus"),
        ({"template": ""}, "template"),
        ({"template": "987654321"}, "template"),
        ({"title": "Om 010190-1234"}, "title"),
        ({"focus": "Om 010190-1234"}, "focus"),
    ],
)
def test_what_is_refused_stays_on_the_page(
    client: Client, url: str, form: dict[str, Any], wrong: dict[str, Any], where: str
) -> None:
    shown = client.post(url, {**form, **wrong}).context["form"]
    assert list(shown.errors) == [where]
    assert {name: shown[name].value() for name in wrong} == wrong
    assert Cycle.objects.count() == 0


def test_digits_that_are_no_cpr_number_are_confirmed_and_logged(
    client: Client, url: str, form: dict[str, Any], member: User
) -> None:
    client.post(url, {**form, "focus": "Sag 010190-1234", "not_cpr": "on"})
    assert Cycle.objects.get().focus == "Sag 010190-1234"
    assert TextOverride.objects.values_list("person", "place").get() == (member.pk, "learningcycle.Cycle.title")


def test_a_cycle_needs_a_team(client: Client, member: User) -> None:
    assert client.get(reverse("learningcycle:cycle_begin", args=[987654321])).status_code == 404
