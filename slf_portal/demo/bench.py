"""Four hundred teams with a year of history, and who looks at which page. For `make bench` alone."""

import datetime as dt
import random
from dataclasses import dataclass
from http import HTTPStatus
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learningcycle.enums import MeetingState
from learningcycle.models import Meeting, Rhythm
from observations.enums import VisitState
from observations.models import Booking, Visit
from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import CentralRoleRow, User
from slf_portal.common.dates import add_months, at, first_of_month, today
from teams.defaults import default_terms
from teams.enums import ContractState, GrusState, Promise, UnitKind
from teams.models import (
    Grus,
    Membership,
    PortfolioUnit,
    PromiseTerms,
    ResourcePerson,
    Team,
    TeamContract,
    Unit,
    UnitLeader,
)
from teams.queries import closed_days

UNITS = 40
TEAMS_OF_A_UNIT = 10
MEMBERS_OF_A_TEAM = 5
LONG_AGO = dt.date(2022, 1, 1)
# What everybody wants to book at once: few enough that most are too late.
CONTESTED_TEAMS, CONTESTED_VISITORS = 12, 8
SHARE_OF_MEETINGS_HELD = 0.85


@dataclass(frozen=True, slots=True)
class Measured:
    """A page as one person sees it."""

    name: str
    path: str
    session: str
    queries: int
    size: int


def build() -> None:
    """Fill an empty database; the same numbers give the same rows."""
    dice = random.Random(1)  # noqa: S311 - not for secrets
    units = [
        Unit.objects.create(name=f"Skole {number}", kind=list(UnitKind)[number % 4]) for number in range(1, UNITS + 1)
    ]
    for kind in (UnitKind.SCHOOL, UnitKind.DAYCARE, UnitKind.YOUTH):
        for promise in Promise:
            PromiseTerms.objects.create(promise=promise, kind=kind, starts_on=LONG_AGO, **default_terms(promise))
    teams = Team.objects.bulk_create(
        [
            _named(Team(name=f"Team {unit.pk}.{number}", unit=unit, starts_on=LONG_AGO))
            for unit in units
            for number in range(1, TEAMS_OF_A_UNIT + 1)
        ]
    )
    _roles(units, teams)
    _history(teams, dice)


def _named(row: Any) -> Any:
    row._meta.get_field("sort_key").pre_save(row, add=True)
    return row


def _people(prefix: str, count: int) -> list[User]:
    nobody = {"password": UNUSABLE_PASSWORD_PREFIX}
    people = [User(name=f"{prefix} {n}", email=f"{prefix}{n}@bench.example", **nobody) for n in range(count)]
    return User.objects.bulk_create(people)


def _roles(units: list[Unit], teams: list[Team]) -> None:
    members = _people("medlem", len(teams) * MEMBERS_OF_A_TEAM)
    Membership.objects.bulk_create(
        Membership(team=teams[n // MEMBERS_OF_A_TEAM], person=person, starts_on=LONG_AGO)
        for n, person in enumerate(members)
    )
    resource_persons = _people("ressource", len(teams) // 5)
    ResourcePerson.objects.bulk_create(
        ResourcePerson(team=team, person=resource_persons[n // 5], starts_on=LONG_AGO) for n, team in enumerate(teams)
    )
    leaders = _people("leder", len(units))
    UnitLeader.objects.bulk_create(
        UnitLeader(unit=unit, person=leaders[n], starts_on=LONG_AGO) for n, unit in enumerate(units)
    )
    partners = _people("partner", 16)
    CentralRoleRow.objects.bulk_create(
        CentralRoleRow(person=person, role=CentralRole.LEARNING_PARTNER, starts_on=LONG_AGO) for person in partners
    )
    PortfolioUnit.objects.bulk_create(
        PortfolioUnit(unit=unit, person=partners[n % 16], starts_on=LONG_AGO) for n, unit in enumerate(units)
    )
    CentralRoleRow.objects.create(person=_people("sektion", 1)[0], role=CentralRole.SECTION_LEADER, starts_on=LONG_AGO)


def _history(teams: list[Team], dice: random.Random) -> None:
    month = first_of_month(today())
    visitors = dict(ResourcePerson.objects.values_list("team_id", "person_id"))
    meetings, visits = [], []
    for team in teams:
        for back in range(-3, 12):
            held = back > 0 and dice.random() < SHARE_OF_MEETINGS_HELD
            on = add_months(month, -back) + dt.timedelta(days=dice.randrange(28))
            meetings.append(_hour(Meeting, team, on, MeetingState.HELD if held else MeetingState.PLANNED, held))
        for back in range(-1, 10, 3):
            on = add_months(month, -back) + dt.timedelta(days=dice.randrange(28))
            visit = _hour(Visit, team, on, VisitState.HELD if back > 0 else VisitState.PLANNED, back > 0)
            visit.visitor_id = visitors[team.pk]
            visits.append(visit)
    Meeting.objects.bulk_create(meetings)
    Visit.objects.bulk_create(visits)
    Rhythm.objects.bulk_create(
        Rhythm(team=team, nth=2, weekday=1, starts_at=dt.time(10), ends_at=dt.time(11), starts_on=LONG_AGO)
        for team in teams
    )
    TeamContract.objects.bulk_create(
        TeamContract(
            team=team, state=ContractState.IN_FORCE, in_force_on=today() - dt.timedelta(days=dice.randrange(420))
        )
        for team in teams
    )
    Grus.objects.bulk_create(
        Grus(
            team=team,
            on=today() - dt.timedelta(days=dice.randrange(1, 420)),
            state=GrusState.HELD,
            leader_present=True,
        )
        for team in teams
    )


def _hour(model: Any, team: Team, on: dt.date, state: str, kept: bool) -> Any:  # noqa: FBT001 - a column's value
    starts_at = at(on, dt.time(10))
    row = model(team=team, starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=1), state=state)
    setattr(row, "with_learning_cycle" if model is Meeting else "is_evaluated", kept)
    return row


def pages() -> list[Measured]:
    """The pages to measure, each with a session of the person who looks, its queries and its size in bytes."""
    team = Team.objects.order_by("pk")[0]
    who = {
        prefix: User.objects.filter(email__startswith=prefix).order_by("pk")[0]
        for prefix in ("sektion", "leder", "ressource", "partner", "medlem")
    }
    overview = reverse("dashboard:overview")
    return [
        _measured("bare view", "/bare/", who["leder"]),
        _measured("overview of 400 teams, page 1", overview, who["sektion"]),
        _measured("overview, filtered by status", f"{overview}?status=overdue", who["sektion"]),
        _measured("leader's home", reverse("dashboard:leader"), who["leder"]),
        _measured("resource person's home", reverse("dashboard:resource_person"), who["ressource"]),
        _measured("learning partner's home", reverse("dashboard:learning_partner"), who["partner"]),
        _measured("member's home", reverse("dashboard:member"), who["medlem"]),
        _measured("team page", reverse("dashboard:team_detail", args=[team.pk]), who["medlem"]),
    ]


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody who books: her session, and the visits she tries for, each an address and what is sent."""

    session: str
    tries: list[tuple[str, dict[str, str]]]


def contenders(clients: int, tries: int) -> list[Contender]:
    """People of one unit who all want the same few visitors at the same few teams, at one time after the other.

    They book through the page, with a session each; the same numbers give the same tries.
    """
    dice = random.Random(2)  # noqa: S311 - not for secrets
    unit = Unit.objects.create(name="Travle Skole", kind=UnitKind.SCHOOL)
    names = [f"Team {number}" for number in range(CONTESTED_TEAMS)]
    teams = Team.objects.bulk_create([_named(Team(name=name, unit=unit, starts_on=LONG_AGO)) for name in names])
    members = _people("travl", CONTESTED_TEAMS * MEMBERS_OF_A_TEAM)
    Membership.objects.bulk_create(
        Membership(team=teams[n // MEMBERS_OF_A_TEAM], person=person, starts_on=LONG_AGO)
        for n, person in enumerate(members)
    )
    people = _people("bestiller", clients)
    ResourcePerson.objects.bulk_create(
        ResourcePerson(team=team, person=person, starts_on=LONG_AGO) for team in teams for person in people
    )
    wanted = people[:CONTESTED_VISITORS]
    slots = [(day, hour) for day in _open_days(unit) for hour in range(8, 15, 2)][:tries]
    return [Contender(_session(person), [_try(dice, teams, wanted, slot) for slot in slots]) for person in people]


def _open_days(unit: Unit) -> list[dt.date]:
    is_closed = closed_days([unit.pk], today(), today() + dt.timedelta(days=90))[unit.pk]
    ahead = (today() + dt.timedelta(days=number) for number in range(7, 90))
    return [day for day in ahead if not is_closed(day)]


def _try(
    dice: random.Random, teams: list[Team], wanted: list[User], slot: tuple[dt.date, int]
) -> tuple[str, dict[str, str]]:
    day, hour = slot
    half = dice.choice(("00", "30"))
    form = {
        "visitor": str(dice.choice(wanted).pk),
        "on": day.isoformat(),
        "begins": f"{hour:02}:{half}",
        "ends": f"{hour + 1:02}:{half}",
    }
    return reverse("observations:visit_book", args=[dice.choice(teams).pk]), form


# Two rows of one person that take the same moment, where neither is an absence: what must never be.
_TWICE = """
    SELECT count(*) FROM observations_booking one JOIN observations_booking other
    ON one.person_id = other.person_id AND one.id < other.id
    AND one.starts_at < other.ends_at AND other.starts_at < one.ends_at
    WHERE one.part <> 'away' AND other.part <> 'away'
"""
_WITHOUT_GUARDS = """
    ALTER TABLE observations_booking
        DROP CONSTRAINT observations_nobody_booked_twice, DROP CONSTRAINT observations_nobody_visits_while_away;
    ALTER TABLE observations_visit DROP CONSTRAINT observations_one_visitor_in_one_place;
    DROP INDEX observations_one_visit_at_a_time;
"""


def double_bookings() -> dict[str, int]:
    """What the database says: visits planned, pairs of bookings that overlap, deadlocks since it began."""
    with connection.cursor() as cursor:
        cursor.execute(_TWICE)
        pairs = cursor.fetchone()[0]
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        deadlocks = cursor.fetchone()[0]
    return {
        "visits": Visit.objects.filter(team__unit__name="Travle Skole").count(),
        "twice": pairs,
        "deadlocks": deadlocks,
    }


def without_guards() -> None:
    """The control: the benchmark's own database without visits, and without the constraints that keep them apart."""
    Booking.objects.all().delete()
    Visit.objects.filter(team__unit__name="Travle Skole").delete()
    with connection.cursor() as cursor:
        cursor.execute(_WITHOUT_GUARDS)


def _measured(name: str, path: str, person: User) -> Measured:
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    session = _session(person)
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    client.get(path, secure=True)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path, secure=True)
    if response.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{name}: {response.status_code}")
    return Measured(name, path, session, len(queries), len(response.content))


def _session(person: User) -> str:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    return str(store.session_key)
