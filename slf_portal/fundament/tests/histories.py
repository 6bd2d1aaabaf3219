"""Random histories of an organisation, and the days on which something about them changes."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import product
from random import Random
from typing import Any

from learningcycle.enums import MeetingState
from learningcycle.models import Meeting
from observations.enums import VisitState
from observations.models import Visit
from slf_portal.common.dates import at
from slf_portal.fundament.tests.reference import Organisation, months_later
from teams.enums import ContractState, GrusState, Promise, TeamKind, UnitKind
from teams.models import Grus, PromiseTerms, Team, TeamContract, Unit

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
# State, and whether what keeps the promise is ticked.
MEETINGS = [
    *product([MeetingState.HELD], [True, True, False]),
    (MeetingState.PLANNED, False),
    (MeetingState.CANCELLED, False),
]
VISITS = [*product([VisitState.HELD], [True, True, False]), (VisitState.PLANNED, False), (VisitState.CANCELLED, False)]
GRUS = [GrusState.HELD, GrusState.HELD, GrusState.PLANNED, GrusState.CANCELLED]
DEEPEST = 4


def random_organisation(random: Random, *, visitor_id: int) -> Organisation:
    """Units in a tree, their teams, what is agreed for them and what they did: rows that are not saved yet."""
    units = _units(random)
    teams = [_team(random, pk, units) for pk in range(1, random.randint(2, 4) + 1)]
    visits = _gatherings(random, teams, VISITS, random.randint(4, 12))
    return Organisation(
        units=units,
        teams=teams,
        terms=[*_terms(random, units)],
        meetings=[
            Meeting(with_learning_cycle=is_ticked, **values)
            for is_ticked, values in _gatherings(random, teams, MEETINGS, random.randint(8, 24))
        ],
        visits=[Visit(is_evaluated=is_ticked, visitor_id=visitor_id, **values) for is_ticked, values in visits],
        contracts=[*_contracts(random, teams)],
        grus=[*_grus(random, teams)],
    )


def telling_days(random: Random, organisation: Organisation, count: int) -> list[dt.date]:
    """Days near which something changes: so many months after something happened or began, and "soon" before."""
    happened = [
        *TELLING_DAYS,
        *(row.starts_on for row in [*organisation.teams, *organisation.terms] if row.starts_on),
        *(row.starts_at.date() for row in [*organisation.meetings, *organisation.visits]),
        *(row.in_force_on for row in organisation.contracts if row.in_force_on),
        *(row.on for row in organisation.grus),
    ]
    return [
        months_later(random.choice(happened), random.choice([0, 0, 1, 2, 3, 12]))
        + dt.timedelta(days=random.choice([-31, -30, -15, -14, -2, -1, 0, 0, 1, 2]))
        for _ in range(count)
    ]


def _day(random: Random) -> dt.date:
    return random.choice(
        [random.choice(TELLING_DAYS), FIRST + dt.timedelta(days=random.randrange((LAST - FIRST).days))]
    )


def _units(random: Random) -> list[Unit]:
    units: list[Unit] = []
    for pk in range(1, random.randint(1, 6) + 1):
        above = [unit for unit in units if _depth(unit) < DEEPEST]
        # The last of them mostly: deep trees rather than wide ones.
        parent = random.choice([*above[-1:] * 3, *above, None])
        units.append(Unit(pk=pk, name=f"Enhed {pk}", kind=random.choice(KINDS), parent=parent))
    return units


def _depth(unit: Unit | None) -> int:
    return 0 if unit is None else 1 + _depth(unit.parent)


def _team(random: Random, pk: int, units: list[Unit]) -> Team:
    return Team(
        pk=pk,
        name=f"Team {pk}",
        unit=random.choice(units),
        starts_on=random.choice([None, FIRST, _day(random), _day(random)]),
        kind=random.choice([TeamKind.PARTNER_TEAM] * 7 + [TeamKind.OTHER]),
    )


def _terms(random: Random, units: list[Unit]) -> Iterator[PromiseTerms]:
    """For most kinds and some units one row after the other, and sometimes a time without any."""
    kinds: list[dict[str, Any]] = [{"kind": kind} for kind in KINDS]
    own: list[dict[str, Any]] = [{"unit": unit} for unit in units]
    for promise, place in [
        *((promise, place) for promise, place in product(Promise, kinds) if random.random() < 0.85),
        *((promise, place) for promise, place in product(Promise, own) if random.random() < 0.3),
    ]:
        cuts = {random.choice([FIRST, _day(random)]), *(_day(random) for _ in range(random.randint(0, 2)))}
        first, *later = sorted(cuts)
        for starts_on, ends_on in zip([first, *later], [*later, random.choice([None, LAST])], strict=True):
            if random.random() < 0.85:
                yield PromiseTerms(promise=promise, starts_on=starts_on, ends_on=ends_on, **place, **_agreed(random))


def _agreed(random: Random) -> dict[str, Any]:
    return {
        "interval_months": random.choice([1, 1, 2, 3, 12]),
        "first_due_months": random.choice([0, 1, 3, 12]),
        "soon_days": random.choice([0, 1, 14, 30]),
        "pause_months": random.choice([[], [7], [7], [6, 7], [12, 1]]),
    }


def _gatherings(
    random: Random, teams: list[Team], ways: Sequence[tuple[str, bool]], count: int
) -> Iterator[tuple[bool, dict[str, Any]]]:
    """Meetings or visits at different times: what is ticked, and the columns they share."""
    moments = {
        (team.pk, at(_day(random), random.choice(TIMES)).astimezone(dt.UTC)): team
        for team in random.choices(teams, k=count)
    }
    for (_, starts_at), team in moments.items():
        state, is_ticked = random.choice(ways)
        # As far as the nearest two of the times are apart: nobody visits a team twice at once.
        ends_at = starts_at + dt.timedelta(minutes=30)
        yield is_ticked, {"team": team, "starts_at": starts_at, "ends_at": ends_at, "state": state}


def _contracts(random: Random, teams: list[Team]) -> Iterator[TeamContract]:
    for team in teams:
        for _ in range(random.randint(0, 2)):
            yield TeamContract(team=team, state=ContractState.REPLACED, in_force_on=_day(random))
        if random.random() < 0.7:
            yield TeamContract(team=team, state=ContractState.IN_FORCE, in_force_on=_day(random))
        if random.random() < 0.3:
            yield TeamContract(team=team, state=ContractState.DRAFT)


def _grus(random: Random, teams: list[Team]) -> Iterator[Grus]:
    for team in teams:
        days = sorted({_day(random) for _ in range(random.randint(0, 4))})
        proposed = random.choice([None, *days])
        for on in days:
            state = GrusState.PROPOSED if on == proposed else random.choice(GRUS)
            yield Grus(team=team, on=on, state=state, leader_present=state == GrusState.HELD)
