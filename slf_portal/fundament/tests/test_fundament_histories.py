"""The fast fundament and the slow reference agree over random histories, on any day."""

import datetime as dt
from collections import Counter
from dataclasses import astuple
from itertools import pairwise, product
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from learningcycle.models import Meeting
from observations.models import Visit
from slf_portal.common.dates import at
from slf_portal.fundament.queries import fundament
from slf_portal.fundament.tests.reference import Answer, Organisation, months_later
from teams.enums import Promise, Status, TeamKind, UnitKind
from teams.models import Grus, PromiseTerms, Team, TeamContract, Unit
from tests.builders import make_person

FIRST, LAST = dt.date(2024, 1, 1), dt.date(2025, 6, 30)
# Ends and beginnings of months, a leap day, the nights the clock changes, the pause.
TELLING_DAYS = [
    dt.date(2024, 1, 31),
    dt.date(2024, 2, 29),
    dt.date(2024, 3, 31),
    dt.date(2024, 6, 30),
    dt.date(2024, 7, 1),
    dt.date(2024, 7, 31),
    dt.date(2024, 8, 1),
    dt.date(2024, 10, 27),
    dt.date(2024, 11, 30),
    dt.date(2024, 12, 31),
    dt.date(2025, 1, 1),
    dt.date(2025, 2, 28),
    dt.date(2025, 3, 1),
    dt.date(2025, 3, 30),
]
TIMES = [dt.time(0), dt.time(0, 30), dt.time(2, 30), dt.time(10), dt.time(22, 30), dt.time(23), dt.time(23, 30)]
KINDS = [UnitKind.CENTRAL_OFFICE, UnitKind.SCHOOL]
DEEPEST = 4
VISITOR = 1

MOSTLY = st.sampled_from([True, True, True, False])
DAYS = st.sampled_from(TELLING_DAYS) | st.dates(FIRST, LAST)
AGREED = st.fixed_dictionaries(
    {
        "interval_months": st.sampled_from([1, 1, 2, 3, 12]),
        "first_due_months": st.sampled_from([0, 1, 3, 12]),
        "soon_days": st.sampled_from([0, 1, 14, 30]),
        "pause_months": st.sampled_from([[], [7], [7], [6, 7], [12, 1]]),
    }
)


@st.composite
def organisations(draw: st.DrawFn) -> Organisation:
    """Units in a tree, their teams, what is agreed for them and what they did: rows that are not saved yet."""
    units = _units(draw)
    teams = _teams(draw, units)
    some_team = st.sampled_from(teams)
    return Organisation(
        units=units,
        teams=teams,
        terms=_terms(draw, units),
        meetings=_gatherings(draw, Meeting, some_team, "with_learning_cycle", 20),
        visits=_gatherings(draw, Visit, some_team, "is_evaluated", 12, visitor_id=VISITOR),
        contracts=_contracts(draw, some_team),
        grus=_grus(draw, some_team),
    )


def _units(draw: st.DrawFn) -> list[Unit]:
    units: list[Unit] = []
    for pk in range(1, draw(st.integers(1, 5)) + 1):
        # The last one first: deep trees rather than wide ones.
        above = [*(unit for unit in units[::-1] if _depth(unit) < DEEPEST), None]
        parent = draw(st.sampled_from(above))
        units.append(Unit(pk=pk, name=f"Enhed {pk}", kind=draw(st.sampled_from(KINDS)), parent=parent))
    return units


def _depth(unit: Unit | None) -> int:
    return 0 if unit is None else 1 + _depth(unit.parent)


def _teams(draw: st.DrawFn, units: list[Unit]) -> list[Team]:
    return [
        Team(
            pk=pk,
            name=f"Team {pk}",
            unit=draw(st.sampled_from(units[::-1])),
            starts_on=draw(st.none() | DAYS),
            kind=draw(st.sampled_from([TeamKind.PARTNER_TEAM] * 5 + [TeamKind.OTHER])),
        )
        for pk in range(1, draw(st.integers(2, 3)) + 1)
    ]


def _terms(draw: st.DrawFn, units: list[Unit]) -> list[PromiseTerms]:
    """For most kinds and some units one row after the other, and sometimes a time without any."""
    kinds: list[tuple[Promise, dict[str, Any]]] = [
        (promise, {"kind": kind}) for promise, kind in product(Promise, KINDS)
    ]
    own = st.lists(st.tuples(st.sampled_from(list(Promise)), st.sampled_from(units)), max_size=6, unique_by=str)
    chosen = [place for place in kinds if draw(MOSTLY)] + [(promise, {"unit": unit}) for promise, unit in draw(own)]
    rows = []
    for promise, place in chosen:
        cuts = {draw(st.just(FIRST) | DAYS), *draw(st.sets(DAYS, max_size=2))}
        for starts_on, ends_on in pairwise([*sorted(cuts), draw(st.none() | st.just(LAST))]):
            if draw(MOSTLY):
                rows.append(
                    PromiseTerms(promise=promise, starts_on=starts_on, ends_on=ends_on, **place, **draw(AGREED))
                )
    return rows


def _gatherings(
    draw: st.DrawFn, model: Any, some_team: st.SearchStrategy[Team], tick: str, most: int, **values: Any
) -> list[Any]:
    moments = st.builds(lambda day, time: at(day, time).astimezone(dt.UTC), DAYS, st.sampled_from(TIMES))
    ways = st.sampled_from([("planned", False), ("held", True), ("held", True), ("held", False), ("cancelled", False)])
    drawn = draw(
        st.lists(st.tuples(some_team, moments, ways), min_size=most // 2, max_size=most, unique_by=lambda row: row[:2])
    )
    return [
        model(
            team=team,
            starts_at=begins,
            ends_at=begins + dt.timedelta(hours=1),
            state=state,
            **{tick: is_ticked},
            **values,
        )
        for team, begins, (state, is_ticked) in drawn
    ]


def _contracts(draw: st.DrawFn, some_team: st.SearchStrategy[Team]) -> list[TeamContract]:
    replaced = draw(st.lists(st.tuples(some_team, DAYS), min_size=1, max_size=4))
    in_force = draw(st.dictionaries(some_team, DAYS, max_size=3))
    drafts = draw(st.sets(some_team, max_size=2))
    return [
        *(TeamContract(team=team, state="replaced", in_force_on=day) for team, day in replaced),
        *(TeamContract(team=team, state="in_force", in_force_on=day) for team, day in in_force.items()),
        *(TeamContract(team=team, state="draft") for team in drafts),
    ]


def _grus(draw: st.DrawFn, some_team: st.SearchStrategy[Team]) -> list[Grus]:
    states = st.sampled_from(["planned", "held", "held", "cancelled"])
    drawn = draw(st.lists(st.tuples(some_team, DAYS, states), min_size=3, max_size=8, unique_by=lambda row: row[:2]))
    return [Grus(team=team, on=on, state=state, leader_present=state == "held") for team, on, state in drawn]


@st.composite
def telling_days(draw: st.DrawFn, organisation: Organisation) -> list[dt.date]:
    """Days near which something changes: so many months after something happened or began, and soon before."""
    happened = {
        *(row.starts_on for row in [*organisation.teams, *organisation.terms] if row.starts_on),
        *(row.starts_at.date() for row in [*organisation.meetings, *organisation.visits]),
        *(row.in_force_on for row in organisation.contracts if row.in_force_on),
        *(row.on for row in organisation.grus),
        *TELLING_DAYS,
    }
    around = st.builds(
        lambda day, months, days: months_later(day, months) + dt.timedelta(days=days),
        st.sampled_from(sorted(happened)),
        st.sampled_from([0, 0, 1, 2, 3, 12]),
        st.sampled_from([-31, -30, -15, -14, -2, -1, 0, 0, 1, 2]),
    )
    return draw(st.lists(around | DAYS, min_size=8, max_size=8, unique=True))


def _store(organisation: Organisation) -> None:
    PromiseTerms.objects.all().delete()
    Unit.objects.bulk_create(organisation.units)
    Team.objects.bulk_create(organisation.teams)
    PromiseTerms.objects.bulk_create(organisation.terms)
    Meeting.objects.bulk_create(organisation.meetings)
    Visit.objects.bulk_create(organisation.visits)
    TeamContract.objects.bulk_create(organisation.contracts)
    Grus.objects.bulk_create(organisation.grus)


def _fast(teams: list[Team], as_of: dt.date) -> dict[tuple[int, Promise], Answer]:
    answers = fundament(teams, as_of)
    return {(pk, promise): astuple(found) for pk, line in answers.items() for promise, found in line.items()}


def _slow(organisation: Organisation, as_of: dt.date) -> dict[tuple[int, Promise], Answer]:
    partners = [team for team in organisation.teams if team.kind == TeamKind.PARTNER_TEAM]
    return {
        (team.pk, promise): organisation.answer(team, promise, as_of) for team, promise in product(partners, Promise)
    }


# Without shrinking: what it says of a failure is short anyway, and shrinking rows in a database takes minutes.
RUN = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.django_db
def test_the_fast_fundament_agrees_with_the_slow_one_over_random_histories() -> None:
    make_person(pk=VISITOR)
    seen: Counter[tuple[Promise, Status]] = Counter()

    @RUN
    @given(st.data())
    def agree(data: st.DataObject) -> None:
        organisation = data.draw(organisations())
        with transaction.atomic():
            _store(organisation)
            for as_of in data.draw(telling_days(organisation)):
                slow = _slow(organisation, as_of)
                assert _fast(organisation.teams, as_of) == slow, as_of
                seen.update((promise, answer[0]) for (_, promise), answer in slow.items())
            transaction.set_rollback(True)

    agree()
    # The histories reach every status of every promise; a contract is never arranged beforehand.
    assert set(seen) == set(product(Promise, Status)) - {(Promise.CONTRACT, Status.PLANNED)}
