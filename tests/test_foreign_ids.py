"""Ids of rows that are not one's own, and fields that no form has, change nothing."""

from typing import Any

import pytest
from django import forms
from django.db import transaction
from django.test import Client
from django.urls import reverse

from learningcycle.models import Meeting, Rhythm
from observations.models import Visit
from slf_portal.accounts.models import User
from teams.models import PromiseTerms, SupportRequest, Team, Unit
from tests.access_addresses import address_of, form_of
from tests.access_table import Row, read_rows
from tests.world import NOT_SIGNED_IN, OTHER_UNIT, OWN, RESOURCE_PERSON, World, make_world

# Where on a page (not in the administration) a row is chosen by its id.
CHOICES_OF_ROWS = {
    "dashboard:learning_partner: district",
    "dashboard:overview: district",
    "observations:visit_move: visitor",
    "observations:visit_plan: visitor",
}
# These differ from one time to the next: only whether they are set is looked at.
MOMENTS = {"id", "asked_at", "taken_at", "closed_at", "password", "last_login"}
WRITTEN = (Meeting, Rhythm, Visit, SupportRequest, PromiseTerms, Team, Unit, User)
OWN_ROWS = [row for row in read_rows() if row.relation in {"", OWN} and not row.is_administration]
FORMS = [row for row in OWN_ROWS if "POST" in row.methods and row.relation == OWN]


# The pages behind sign-in that somebody reads.
PAGES_WITH_A_FORM = [
    row
    for row in OWN_ROWS
    if "GET" in row.methods and row.answers[NOT_SIGNED_IN] == "sign in" and "yes" in row.answers.values()
]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_every_choice_of_a_row_is_known_here(world: World, client: Client) -> None:
    found = {
        f"{row.name}: {name}"
        for row in PAGES_WITH_A_FORM
        for name, field in form_on(client, row, world).fields.items()
        if isinstance(field, forms.ModelChoiceField)
    }
    assert found == CHOICES_OF_ROWS


def form_on(client: Client, row: Row, world: World) -> Any:
    """The form on the page, as somebody who may open it sees it."""
    allowed = (world.people[role] for role, answer in row.answers.items() if answer == "yes")
    client.force_login(next(person for person in allowed if person))
    context = client.get(address_of(row, world)).context
    return context.get("form") or context.get("filters") or forms.Form()


@pytest.mark.parametrize("page", ["visit_plan", "visit_move"])
def test_a_visitor_from_another_unit_is_no_choice(world: World, client: Client, page: str) -> None:
    (row,) = (row for row in FORMS if row.name == f"observations:{page}")
    client.force_login(signed_in(world, row))
    stranger = world.places[OTHER_UNIT].visitor
    before = written()
    response = client.post(address_of(row, world), {**form_of(row, world), "visitor": stranger.pk})
    assert list(response.context["form"].errors) == ["visitor"]
    assert stranger.name not in response.content.decode()
    assert written() == before


def test_a_district_that_is_not_there_is_no_choice(world: World, client: Client) -> None:
    leader = world.people["unit leader"]
    assert leader is not None
    client.force_login(leader)
    response = client.get(reverse("dashboard:overview"), {"district": 987654321})
    assert list(response.context["filters"].errors) == ["district"]


@pytest.mark.parametrize("row", FORMS, ids=lambda row: row.name)
def test_fields_that_the_form_does_not_have_are_ignored(world: World, client: Client, row: Row) -> None:
    client.force_login(signed_in(world, row))
    url, form = address_of(row, world), form_of(row, world)
    plain = what_is_written(client, url, form)
    smuggled = what_is_written(client, url, {**smuggled_fields(world), **form})
    assert smuggled == plain != written()


def signed_in(world: World, row: Row) -> Any:
    role = next(role for role, answer in row.answers.items() if answer == "yes")
    return world.people[role]


def smuggled_fields(world: World) -> dict[str, Any]:
    """The columns of what the forms write, with values that would be somebody else's gain."""
    place, person = world.places[OTHER_UNIT], world.people[RESOURCE_PERSON]
    assert person is not None
    rows = {
        "id": place.coming_meeting.pk,
        "pk": place.coming_meeting.pk,
        "team": place.team.pk,
        "unit": place.unit.pk,
        "rhythm": place.coming_meeting.pk,
        "visitor": place.visitor.pk,
    }
    people = dict.fromkeys(("by", "person", "asked_by", "taken_by", "leader"), place.visitor.pk)
    plain = {
        "state": "cancelled",
        "period": "2026-11-01",
        "sequence": 99,
        "changed_by_person": "",
        "starts_on": "2020-01-01",
        "ends_on": "2020-01-02",
        "starts_at": "2020-01-01T10:00",
        "closed_at": "2020-01-01T10:00",
        "kind": "school",
        "role": "administrator",
        "is_active": "",
        "email": "somebody.else@example.org",
    }
    with_ids = {f"{name}_id": value for name, value in {**rows, **people}.items()}
    return {**rows, **people, **plain, **with_ids}


def what_is_written(client: Client, url: str, form: dict[str, Any]) -> dict[str, Any]:
    with transaction.atomic():
        assert client.post(url, form).status_code == 302
        found = written()
        transaction.set_rollback(True)
    return found


def written() -> dict[str, Any]:
    """Every row that a form could write."""
    return {
        model.__name__: [
            {name: value is not None if name in MOMENTS else value for name, value in row.items()}
            for row in model._default_manager.order_by("pk").values()
        ]
        for model in WRITTEN
    }
