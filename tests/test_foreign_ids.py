"""Ids of rows that are not one's own, and fields that no form has, change nothing."""

from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import reverse
from pghistory.models import Event

from tests.access_addresses import address_of, form_of
from tests.access_table import Row, read_rows
from tests.world import NOT_SIGNED_IN, OTHER_UNIT, OWN, RESOURCE_PERSON, World, make_world

# Where on a page (not in the administration) a row is chosen by its id.
CHOICES_OF_ROWS = {
    "dashboard:learning_partner: district",
    "dashboard:overview: district",
    "teams:agreement_add: owner",
    "teams:agreement_edit: owner",
    "teams:grus_hold: leader",
    *(f"teams:grus_hold: who_{number}" for number in range(1, 6)),
    "learningcycle:meeting_attendance: here",
    "learningcycle:meeting_prepare: cycle",
    "learningcycle:meeting_prepare: role_focus_person",
    "learningcycle:meeting_prepare: role_meeting_leader",
    "learningcycle:meeting_prepare: role_minute_taker",
    "learningcycle:meeting_prepare: role_time_keeper",
    "learningcycle:cycle_action_add: owner",
    "learningcycle:cycle_edit: goal_step",
    *(f"learningcycle:gathering_series_{page}: {who}" for page in ("create", "edit") for who in ("people", "members")),
    "learningcycle:template_copy: unit",
    *(f"learningcycle:meeting_close: who_{number}" for number in range(1, 4)),
    "learningcycle:meeting_close: next_focus_person",
    "learningcycle:meeting_close: present",
    "learningcycle:minutes_list: cycle",
    "learningcycle:snag_bring: meeting",
    "observations:visit_book: visitor",
    "observations:partner_visit_book: asked",
    *(f"observations:partner_visit_{page}: participants" for page in ("book", "move")),
    "observations:peer_ask: observer",
    "observations:visit_evaluate: step_owner",
    "observations:visit_book: meeting",
    "observations:visit_move: meeting",
    "observations:visit_hand_over: visitor",
    "observations:offer_times: visitor",
    "observations:offer_times: meeting",
    "observations:offer_detail: time",
    "observations:offer_answer: time",
    "teams:staircase_say: step",
    "teams:mandate_list: team",
    "teams:mandate_write: recipient",
    "teams:mandate_write: team",
    "teams:member_add: person",
    "teams:resource_person_add: person",
    "teams:stand_in_give: person",
    "teams:team_leader_name: person",
    "teams:handover_resource_person: successor",
}
# Every kind of row that a form could write.
WRITTEN = [
    model
    for app in ("accounts", "teams", "learningcycle", "observations")
    for model in apps.get_app_config(app).get_models()
    if not issubclass(model, Event)
]
# Moments that people choose. All others differ from one time to the next: only whether they are set is looked at.
CHOSEN = {"starts_at", "ends_at"}
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
    context = client.get(address_of(row, world)).context or {}
    return context.get("form") or context.get("filters") or forms.Form()


@pytest.mark.parametrize("page", ["visit_book", "visit_hand_over", "offer_times"])
def test_a_visitor_from_another_unit_is_no_choice(world: World, client: Client, page: str) -> None:
    (row,) = (row for row in FORMS if row.name == f"observations:{page}")
    client.force_login(signed_in(world, row))
    stranger = world.places[OTHER_UNIT].visitor
    before = written()
    response = client.post(address_of(row, world), {**form_of(row, world), "visitor": stranger.pk})
    assert list(response.context["form"].errors) == ["visitor"]
    assert stranger.name not in response.content.decode()
    assert written() == before


@pytest.mark.parametrize(
    ("page", "field", "of"),
    [
        ("book", "asked", lambda place: place.asked.pk),
        ("book", "participants", lambda place: [place.visitor.pk]),
        ("move", "participants", lambda place: [place.visitor.pk]),
    ],
)
def test_what_a_learning_partner_s_visit_is_tied_to_is_of_the_unit(
    world: World, client: Client, page: str, field: str, of: Any
) -> None:
    (row,) = (row for row in FORMS if row.name == f"observations:partner_visit_{page}")
    client.force_login(signed_in(world, row))
    stranger, before = world.places[OTHER_UNIT], written()
    response = client.post(address_of(row, world), {**form_of(row, world), field: of(stranger)})
    assert list(response.context["form"].errors) == [field]
    assert stranger.visitor.name not in response.content.decode()
    assert written() == before


@pytest.mark.parametrize(
    ("field", "of"), [("observer", lambda place: place.visitor.pk), ("address", lambda place: place.visitor.email)]
)
def test_nobody_from_elsewhere_is_asked_to_observe(world: World, client: Client, field: str, of: Any) -> None:
    client.force_login(signed_in(world, next(row for row in OWN_ROWS if row.name == "observations:peer_ask")))
    stranger, before = world.places[OTHER_UNIT], written()
    response = client.post(reverse("observations:peer_ask"), {"focus": "Hvem spørger jeg?", field: of(stranger)})
    assert list(response.context["form"].errors) == [field]
    assert stranger.visitor.name not in response.content.decode()
    assert written() == before


def test_nobody_from_another_unit_takes_a_next_step(world: World, client: Client) -> None:
    (row,) = (row for row in FORMS if row.name == "observations:visit_evaluate")
    client.force_login(signed_in(world, row))
    stranger = world.places[OTHER_UNIT].visitor
    before = written()
    response = client.post(address_of(row, world), {**form_of(row, world), "step_owner": stranger.pk})
    assert list(response.context["form"].errors) == ["step_owner"]
    assert stranger.name not in response.content.decode()
    assert written() == before


@pytest.mark.parametrize("page", ["visit_book", "visit_move", "offer_times"])
def test_another_team_s_meeting_is_no_choice(world: World, client: Client, page: str) -> None:
    (row,) = (row for row in FORMS if row.name == f"observations:{page}")
    client.force_login(signed_in(world, row))
    before = written()
    foreign = {"meeting": world.places[OTHER_UNIT].prepared_meeting.pk}
    response = client.post(address_of(row, world), {**form_of(row, world), **foreign})
    assert "meeting" in response.context["form"].errors
    assert written() == before


def test_another_offer_s_time_is_no_answer(world: World, client: Client) -> None:
    (row,) = (row for row in FORMS if row.name == "observations:offer_answer")
    client.force_login(signed_in(world, row))
    before = written()
    foreign = {"time": world.places[OTHER_UNIT].offer.times.all()[0].pk}
    response = client.post(address_of(row, world), {**form_of(row, world), **foreign})
    assert list(response.context["form"].errors) == ["time"]
    assert written() == before


@pytest.mark.parametrize("page", ["gathering_series_create", "gathering_series_edit"])
@pytest.mark.parametrize("field", ["people", "members"])
def test_nobody_from_another_unit_takes_part(world: World, client: Client, page: str, field: str) -> None:
    (row,) = (row for row in FORMS if row.name == f"learningcycle:{page}")
    client.force_login(signed_in(world, row))
    stranger = world.places[OTHER_UNIT].visitor
    before = written()
    response = client.post(address_of(row, world), {**form_of(row, world), field: [stranger.pk]})
    assert list(response.context["form"].errors) == [field]
    assert stranger.name not in response.content.decode()
    assert written() == before


@pytest.mark.parametrize("page", ["agreement_add", "agreement_edit"])
def test_nobody_from_another_unit_is_a_choice_of_who_does_it(world: World, client: Client, page: str) -> None:
    (row,) = (row for row in FORMS if row.name == f"teams:{page}")
    client.force_login(signed_in(world, row))
    stranger = world.places[OTHER_UNIT].visitor
    before = written()
    response = client.post(address_of(row, world), {**form_of(row, world), "owner": stranger.pk})
    assert list(response.context["form"].errors) == ["owner"]
    assert stranger.name not in response.content.decode()
    assert written() == before


@pytest.mark.parametrize(
    ("page", "field", "of"),
    [
        ("cycle_action_add", "owner", lambda place: place.visitor),
        ("cycle_edit", "goal_step", lambda place: place.step),
        ("cycle_begin", "template", lambda place: place.template.versions.get()),
    ],
)
def test_what_a_learning_cycle_is_tied_to_is_of_the_unit(
    world: World, client: Client, page: str, field: str, of: Any
) -> None:
    (row,) = (row for row in FORMS if row.name == f"learningcycle:{page}")
    client.force_login(signed_in(world, row))
    stranger, before = of(world.places[OTHER_UNIT]), written()
    response = client.post(address_of(row, world), {**form_of(row, world), field: stranger.pk})
    assert list(response.context["form"].errors) == [field]
    # In the names of everything over there.
    assert "Øst" not in response.content.decode()
    assert written() == before


@pytest.mark.parametrize("field", ["leader", "who_1"])
def test_a_person_from_another_team_is_no_choice_in_a_grus(world: World, client: Client, field: str) -> None:
    (row,) = (row for row in FORMS if row.name == "teams:grus_hold")
    client.force_login(signed_in(world, row))
    stranger = world.places[OTHER_UNIT].visitor
    sent = {"point_1": "Vi spørger Løn om tal.", "by_1": "2090-01-02", **form_of(row, world), field: stranger.pk}
    before = written()
    response = client.post(address_of(row, world), sent)
    assert list(response.context["form"].errors) == [field]
    assert stranger.name not in response.content.decode()
    assert written() == before


@pytest.mark.parametrize(
    ("name", "of"), [("team", lambda place: place.team), ("recipient", lambda place: place.visitor)]
)
def test_who_is_asked_is_of_the_unit(world: World, client: Client, name: str, of: Any) -> None:
    (row,) = (row for row in FORMS if row.name == "teams:mandate_write")
    client.force_login(signed_in(world, row))
    stranger, before = of(world.places[OTHER_UNIT]), written()
    response = client.post(address_of(row, world), {**form_of(row, world), name: stranger.pk})
    assert list(response.context["form"].errors) == [name]
    assert written() == before


def test_a_meeting_of_another_team_is_no_choice(world: World, client: Client) -> None:
    (row,) = (row for row in FORMS if row.name == "learningcycle:snag_bring")
    client.force_login(signed_in(world, row))
    before = written()
    response = client.post(address_of(row, world), {"meeting": world.places[OTHER_UNIT].coming_meeting.pk})
    assert list(response.context["form"].errors) == ["meeting"]
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
        "source": "grus",
        "source_id": place.coming_meeting.pk,
        "settled_on": "2020-01-01",
        "agreed_on": "2020-01-01",
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
    """Every row, with the place of a related row among its kind instead of its number, which is never used twice."""
    rows = {model: list(model._default_manager.order_by(*in_order(model)).values()) for model in WRITTEN}
    places: dict[Any, dict[Any, int]] = {
        model: {row[model._meta.pk.attname]: place for place, row in enumerate(of_model)}
        for model, of_model in rows.items()
    }
    return {
        model.__name__: [
            {field.attname: told(field, row[field.attname], places) for field in model._meta.concrete_fields}
            for row in of_model
        ]
        for model, of_model in rows.items()
    }


def in_order(model: type[models.Model]) -> list[str]:
    """As they were written; by what they say where their numbers are drawn by lot."""
    if not isinstance(model._meta.pk, models.UUIDField):
        return ["pk"]
    return [field.attname for field in model._meta.concrete_fields if not field.primary_key]


def told(field: Any, value: Any, places: dict[Any, dict[Any, int]]) -> Any:
    if field.primary_key or field.attname in {"password", "token_digest"}:
        return value is not None
    if isinstance(field, models.DateTimeField) and field.name not in CHOSEN:
        return value is not None
    return places[field.related_model].get(value) if field.related_model in places else value
