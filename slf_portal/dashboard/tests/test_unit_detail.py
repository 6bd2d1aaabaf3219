"""A unit's page: what it has agreed on, its teams and its parts."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.enums import Promise, TeamKind
from teams.models import Unit
from tests.builders import (
    make_closure,
    make_district,
    make_goal,
    make_leader,
    make_learning_partner,
    make_team,
    make_terms,
    make_unit,
)


@pytest.fixture
def unit(db: None, tuesday: dt.date) -> Unit:
    return make_unit("Birkeskolen", district=make_district("Nord"))


def page(client: Client, unit: Unit, person: User) -> Any:
    client.force_login(person)
    return client.get(reverse("dashboard:unit_detail", args=[unit.pk])).context


def test_partner_teams_have_a_line_and_other_groups_a_link(client: Client, unit: Unit) -> None:
    make_team("Nord", unit=unit)
    group = make_team("Ledelsen", unit=unit, kind=TeamKind.LEADERSHIP)
    make_team("Nedlagt", unit=unit, ends_on=dt.date(2026, 11, 1))
    make_team("Indskoling", unit=make_unit("Birkeskolen, indskoling", parent=unit))
    context = page(client, unit, make_leader(unit))
    assert ([row.name for row in context["rows"]], context["other_groups"]) == (["Nord"], [group])


def test_what_is_agreed_comes_from_the_nearest(client: Client, unit: Unit) -> None:
    make_terms(Promise.VISIT, unit=unit)
    make_terms(Promise.MEETING, unit=unit)
    part = make_unit("Birkeskolen, indskoling", parent=unit)
    make_terms(Promise.VISIT, unit=part, interval_months=6)
    agreed = dict(page(client, part, make_leader(unit))["terms_by_promise"])
    assert {promise: terms and terms.interval_months for promise, terms in agreed.items()} == {
        Promise.MEETING: 1,
        Promise.CONTRACT: None,
        Promise.GRUS: None,
        Promise.VISIT: 6,
    }


def test_its_people_district_parts_and_closed_days(client: Client, unit: Unit, tuesday: dt.date) -> None:
    leader, partner = make_leader(unit, title="skoleleder"), make_learning_partner(unit)
    part = make_unit("Birkeskolen, indskoling", parent=unit)
    make_closure(dt.date(2026, 10, 12), dt.date(2026, 10, 17), name="Efterårsferie")
    christmas = make_closure(dt.date(2026, 12, 23), dt.date(2027, 1, 4), name="Juleferie")
    context = page(client, unit, leader)
    assert [(row.person, row.title) for row in context["leaders"]] == [(leader, "skoleleder")]
    assert list(context["partners"]) == [partner]
    assert context["district"].name == "Nord"
    assert list(context["parts"]) == [part]
    assert list(context["closures"]) == [christmas]


def test_only_the_leader_is_offered_to_choose_its_rhythm(client: Client, unit: Unit) -> None:
    offered = [page(client, unit, who)["may_choose_terms"] for who in (make_leader(unit), make_learning_partner(unit))]
    assert offered == [True, False]


def test_a_part_links_up_only_for_those_who_may_see_the_whole(client: Client, unit: Unit) -> None:
    part = make_unit("Birkeskolen, indskoling", parent=unit)
    linked = [page(client, part, who)["may_see_parent"] for who in (make_leader(unit), make_leader(part))]
    assert linked == [True, False]


def test_the_goals_of_the_unit_and_of_the_whole_are_named(client: Client, unit: Unit) -> None:
    part = make_unit("Birkeskolen, indskoling", parent=unit)
    make_goal(unit, "Skolens mål")
    make_goal(part, "Indskolingens mål")
    make_goal(part, "Et ældre", ends_on=dt.date(2026, 1, 1))
    context = page(client, part, make_leader(unit))
    assert [goal.title for goal in context["goals"]] == ["Indskolingens mål", "Skolens mål"]
