"""What is agreed about the promises: whose agreement counts, and choosing one."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from slf_portal.accounts.models import User
from slf_portal.common.errors import AlreadyDoneError
from teams.actions import choose_terms
from teams.defaults import FUNDAMENT_SINCE, ensure_default_terms
from teams.enums import Promise, UnitKind
from teams.models import PromiseTerms, Unit
from teams.queries import terms_of_teams
from tests.builders import make_person, make_team, make_terms, make_unit

TODAY = dt.date(2026, 11, 24)
LATER = dt.date(2027, 3, 1)


@pytest.fixture
def by(db: None, tuesday: dt.date) -> User:
    return make_person()


@pytest.fixture
def school(db: None) -> Unit:
    return make_unit()


def months(unit: Unit, on: dt.date = TODAY) -> dict[Promise, int]:
    """For each promise that is agreed on for the unit's teams, the months between."""
    team = make_team(unit=unit)
    return {promise: terms.interval_months for promise, terms in terms_of_teams([team], on)[team.pk].items()}


def rows(unit: Unit) -> list[tuple[int, dt.date, dt.date | None]]:
    found = PromiseTerms.objects.filter(unit=unit).order_by("starts_on", "pk")
    return [(row.interval_months, row.starts_on, row.ends_on) for row in found]


# Whose agreement counts ----------------------------------------------------------------------------------------------


def test_only_faellesfunktioner_have_an_agreement_from_the_start(db: None) -> None:
    ensure_default_terms(PromiseTerms)

    assert {kind: months(make_unit(kind=kind)) for kind in UnitKind} == {
        UnitKind.SCHOOL: {},
        UnitKind.DAYCARE: {},
        UnitKind.YOUTH: {},
        UnitKind.CENTRAL_OFFICE: {
            Promise.MEETING: 1,
            Promise.CONTRACT: 12,
            Promise.GRUS: 12,
            Promise.VISIT: 3,
        },
    }
    office = make_unit(kind=UnitKind.CENTRAL_OFFICE)
    assert months(office, FUNDAMENT_SINCE - dt.timedelta(days=1)) == {}


def test_the_defaults_are_put_in_once_and_an_administrator_s_rows_are_left_alone(db: None) -> None:
    ensure_default_terms(PromiseTerms)
    PromiseTerms.objects.filter(promise=Promise.VISIT).update(interval_months=4)
    before = list(PromiseTerms.objects.order_by("pk").values())

    ensure_default_terms(PromiseTerms)
    assert list(PromiseTerms.objects.order_by("pk").values()) == before
    assert len(before) == len(Promise)


def test_each_promise_is_agreed_on_by_itself(school: Unit) -> None:
    department = make_unit(parent=school)
    make_terms(Promise.VISIT, kind=UnitKind.SCHOOL, interval_months=12)
    make_terms(Promise.GRUS, unit=school, interval_months=24)
    make_terms(Promise.VISIT, unit=department, interval_months=6)

    assert months(school) == {Promise.VISIT: 12, Promise.GRUS: 24}
    assert months(department) == {Promise.VISIT: 6, Promise.GRUS: 24}


def test_the_kind_is_the_team_s_own_unit_s(school: Unit) -> None:
    make_terms(Promise.VISIT, kind=UnitKind.YOUTH, interval_months=6)

    assert months(make_unit(kind=UnitKind.YOUTH, parent=school)) == {Promise.VISIT: 6}
    assert months(make_unit(parent=school)) == {}


def test_an_agreement_of_a_part_does_not_count_for_the_whole(school: Unit) -> None:
    make_terms(Promise.VISIT, unit=make_unit(parent=school))

    assert months(school) == {}


def test_an_agreement_holds_from_its_first_day_until_the_day_it_ends(school: Unit) -> None:
    make_terms(Promise.VISIT, unit=school, starts_on=TODAY, ends_on=LATER)

    days = [TODAY - dt.timedelta(days=1), TODAY, LATER - dt.timedelta(days=1), LATER]
    assert [months(school, day) for day in days] == [{}, {Promise.VISIT: 3}, {Promise.VISIT: 3}, {}]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_terms_cost_two_queries_for_any_number_of_teams(
    count: int, school: Unit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_terms(Promise.VISIT, unit=school)
    teams = [make_team(unit=make_unit(parent=school)) for _ in range(count)]

    with django_assert_num_queries(2):
        found = terms_of_teams(teams, TODAY)
    assert [list(found[team.pk]) for team in teams] == [[Promise.VISIT]] * count


# What the database refuses -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["kind", "unit"])
def test_two_agreements_never_hold_on_the_same_day(school: Unit, place: str) -> None:
    where: dict[str, Any] = {"kind": UnitKind.SCHOOL} if place == "kind" else {"unit": school}
    make_terms(Promise.VISIT, starts_on=TODAY, ends_on=LATER, **where)

    with pytest.raises(IntegrityError, match=f"teams_terms_once_per_{place}"), transaction.atomic():
        make_terms(Promise.VISIT, starts_on=LATER - dt.timedelta(days=1), **where)
    make_terms(Promise.VISIT, starts_on=LATER, **where)
    make_terms(Promise.GRUS, starts_on=TODAY, **where)


@pytest.mark.parametrize("interval", [0, 37])
def test_an_interval_lies_between_a_month_and_three_years(school: Unit, interval: int) -> None:
    with pytest.raises(IntegrityError, match="teams_terms_interval_in_range"):
        make_terms(Promise.VISIT, unit=school, interval_months=interval)


# Choosing ------------------------------------------------------------------------------------------------------------


def test_a_unit_agrees_from_today(by: User, school: Unit) -> None:
    choose_terms(by=by, unit=school, intervals={Promise.VISIT: 6, Promise.GRUS: None})

    assert rows(school) == [(6, TODAY, None)]
    assert months(school) == {Promise.VISIT: 6}
    assert months(school, TODAY - dt.timedelta(days=1)) == {}


def test_choosing_otherwise_keeps_what_was_agreed(by: User, school: Unit) -> None:
    before = dt.date(2026, 1, 1)
    make_terms(Promise.VISIT, unit=school, starts_on=before)

    choose_terms(by=by, unit=school, intervals={Promise.VISIT: 6})
    assert rows(school) == [(3, before, TODAY), (6, TODAY, None)]


def test_choosing_the_same_again_changes_nothing(by: User, school: Unit) -> None:
    make_terms(Promise.VISIT, unit=school, starts_on=dt.date(2026, 1, 1), soon_days=21)
    before = rows(school)

    choose_terms(by=by, unit=school, intervals={Promise.VISIT: 3})
    assert rows(school) == before


def test_agreeing_on_nothing_ends_the_agreement_today(by: User, school: Unit) -> None:
    make_terms(Promise.VISIT, unit=school, starts_on=dt.date(2026, 1, 1))

    choose_terms(by=by, unit=school, intervals={Promise.VISIT: None})
    assert rows(school) == [(3, dt.date(2026, 1, 1), TODAY)]
    assert months(school) == {}


def test_changing_one_s_mind_the_same_day_leaves_the_last_choice(by: User, school: Unit) -> None:
    choose_terms(by=by, unit=school, intervals={Promise.VISIT: 6})
    choose_terms(by=by, unit=school, intervals={Promise.VISIT: 4})

    assert rows(school) == [(6, TODAY, TODAY), (4, TODAY, None)]
    assert months(school) == {Promise.VISIT: 4}


def test_what_holds_anyway_needs_no_agreement_of_one_s_own(by: User, school: Unit) -> None:
    department = make_unit(parent=school)
    make_terms(Promise.VISIT, unit=school, interval_months=6)
    make_terms(Promise.VISIT, unit=department, starts_on=dt.date(2026, 1, 1), interval_months=4)

    choose_terms(by=by, unit=department, intervals={Promise.VISIT: 6})
    assert rows(department) == [(4, dt.date(2026, 1, 1), TODAY)]
    assert months(department) == {Promise.VISIT: 6}


def test_the_same_form_sent_twice_chooses_once(by: User, school: Unit) -> None:
    token = uuid.uuid4()
    choose_terms(by=by, unit=school, intervals={Promise.VISIT: 6}, token=token)
    with pytest.raises(AlreadyDoneError):
        choose_terms(by=by, unit=school, intervals={Promise.VISIT: 4}, token=token)
    assert rows(school) == [(6, TODAY, None)]


def test_the_history_says_who_chose(by: User, school: Unit) -> None:
    choose_terms(by=by, unit=school, intervals={Promise.VISIT: 6})

    events: Any = apps.get_model("teams", "PromiseTermsEvent")
    event = events.objects.select_related("pgh_context").get(unit_id=school.pk)
    assert (event.pgh_label, event.pgh_context.metadata) == ("insert", {"person": by.pk, "verb": "choose terms"})
