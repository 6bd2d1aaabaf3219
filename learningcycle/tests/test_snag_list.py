"""Something troublesome, noted in ten seconds: one's own alone."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from learningcycle.models import Snag
from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from teams.models import Membership, Team
from teams.tests.test_grus_prepare import tables_that_hold
from tests.builders import (
    make_administrator,
    make_leader,
    make_learning_partner,
    make_person,
    make_resource_person,
    make_team_leader,
)

MINE = "Printeren på gangen er altid i stykker."


@pytest.fixture
def url(tuesday: dt.date, member: User) -> str:
    return reverse("learningcycle:snag_list")


def test_one_field_and_one_click(client: Client, url: str, member: User) -> None:
    response = client.post(url, {"text": MINE}, follow=True)
    assert response.redirect_chain == [(url, 302)]
    assert Snag.objects.values_list("owner", "text").get() == (member.pk, MINE)
    content = response.content.decode()
    assert "Kun du kan se den. Smider du den ud, er den væk." in content
    assert "Hvad er bøvlet?" in content
    assert (MINE in content, "Tag den med til et møde" in content, "Smid ud" in content) == (True, True, True)


def test_ones_own_stand_there_the_newest_first_and_nobody_elses(client: Client, url: str, member: User) -> None:
    for days, text in ((3, "Den gamle"), (1, "Den nye")):
        Snag.objects.create(owner=member, text=text, noted_at=timezone.now() - dt.timedelta(days=days))
    Snag.objects.create(owner=make_person(), text="En andens")
    assert [snag.text for snag in client.get(url).context["page"]] == ["Den nye", "Den gamle"]


def test_without_notes_the_page_says_what_would_stand_there(client: Client, url: str) -> None:
    assert "Her står det, du har noteret" in client.get(url).content.decode()


def test_a_double_click_notes_once(client: Client, url: str) -> None:
    form = {"text": MINE, "token": str(uuid.uuid4())}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert Snag.objects.count() == 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 301, "Ring på 010190-1234."])
def test_what_cannot_be_noted_is_refused_and_kept_on_the_page(client: Client, url: str, text: str) -> None:
    form = client.post(url, {"text": text}).context["form"]
    assert (list(form.errors), form["text"].value()) == (["text"], text)
    assert Snag.objects.count() == 0


def test_digits_like_a_cpr_number_are_refused_because_a_confirmation_would_be_a_trace(client: Client, url: str) -> None:
    page = client.post(url, {"text": "Ring på 010190-1234.", "not_cpr": "on"})
    assert list(page.context["form"].errors) == ["text"]
    assert "Ring på 010190-1234." in page.content.decode()
    assert (Snag.objects.count(), TextOverride.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (make_resource_person, ["Tag den med til et møde", "Smid ud"]),
        (lambda team: make_leader(team.unit), ["Smid ud"]),
        (make_team_leader, ["Smid ud"]),
    ],
    ids=["resource person", "unit leader", "team leader"],
)
def test_everyone_with_a_team_or_a_unit_has_it(
    client: Client, url: str, team: Team, make: Callable[[Team], User], words: list[str]
) -> None:
    client.force_login(make(team))
    response = client.post(url, {"text": MINE}, follow=True)
    content = response.content.decode()
    assert [said for said in ("Tag den med til et møde", "Smid ud") if said in content] == words


def test_nobody_else_has_it(client: Client, url: str, team: Team) -> None:
    for person in (make_administrator(), make_learning_partner(team.unit), make_person("Uden Roller")):
        client.force_login(person)
        assert [client.get(url).status_code, client.post(url, {"text": MINE}).status_code] == [403, 403]
    assert Snag.objects.count() == 0


def test_who_lost_her_team_can_still_see_what_is_hers_but_note_no_more(
    client: Client, url: str, member: User, tuesday: dt.date
) -> None:
    Snag.objects.create(owner=member, text=MINE)
    Membership.objects.update(ends_on=tuesday)
    content = client.get(url).content.decode()
    assert (MINE in content, "Hvad er bøvlet?" in content, "Smid ud" in content) == (True, False, True)
    assert client.post(url, {"text": "Mere"}).status_code == 403


def test_it_is_nowhere_but_among_her_notes(client: Client, url: str) -> None:
    client.post(url, {"text": MINE})
    assert tables_that_hold(MINE) == ["learningcycle_snag"]
    assert not admin.site.is_registered(Snag)


@pytest.mark.parametrize("home", ["member", "resource_person"])
def test_the_homes_lead_to_it(client: Client, url: str, team: Team, member: User, home: str) -> None:
    client.force_login(member if home == "member" else make_resource_person(team))
    assert f'href="{url}"' in client.get(reverse(f"dashboard:{home}")).content.decode()


def test_many_notes_cost_what_one_costs_and_stand_page_by_page(client: Client, url: str, member: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            client.get(url)
        return len(made)

    Snag.objects.create(owner=member, text=MINE)
    queries()
    with_one = queries()
    Snag.objects.bulk_create(Snag(owner=member, text=f"{MINE} {number}") for number in range(60))
    assert queries() == with_one
    assert client.get(url).context["page"].has_next()
