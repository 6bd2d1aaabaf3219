"""Many who want the same time at once: one gets it, the others are told, and nothing breaks.

The control shows that the test would see it: without the locks and the constraints there are double bookings.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from observations import queries
from observations.actions import TakenError, book_visit, bookings
from observations.enums import BookingPart
from observations.models import Booking, Visit
from observations.rules import Span, nearest, working_times
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from teams.models import Team
from tests.builders import make_member, make_resource_person, make_team, make_unit

DAY, AT_ONCE, SECONDS = dt.date(2026, 12, 8), 6, 30
CONSTRAINTS = ("observations_nobody_booked_twice", "observations_nobody_visits_while_away")
Place = tuple[Team, User]


def book(place: Place) -> str:
    team, visitor = place
    begins = at(DAY, dt.time(10))
    try:
        book_visit(by=visitor, team=team, visitor=visitor, starts_at=begins, ends_at=begins + dt.timedelta(minutes=90))
    except TakenError:
        return "taken"
    finally:
        connection.close()
    return "booked"


def at_once(places: list[Place]) -> Counter[str]:
    """What became of each; any other error is raised here."""
    with ThreadPoolExecutor(len(places)) as pool:
        return Counter(pool.map(book, places))


def one_visitor() -> list[Place]:
    """The same visitor at as many teams of one unit."""
    unit = make_unit()
    teams = [make_team(unit=unit) for _ in range(AT_ONCE)]
    visitor = make_resource_person(*teams)
    return [(team, visitor) for team in teams]


def one_team(*, with_members: bool) -> list[Place]:
    """As many visitors at the same team."""
    team = make_team()
    if with_members:
        make_member(team)
    return [(team, make_resource_person(team, name=f"Vera {number}")) for number in range(AT_ONCE)]


def one_member() -> list[Place]:
    """A member of as many teams, each with a visitor of its own."""
    person = make_member(make_team())
    places = []
    for number in range(AT_ONCE):
        team = make_team()
        make_member(team, person=person)
        places.append((team, make_resource_person(team, name=f"Vera {number}")))
    return places


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["one visitor", "one team", "a team without members", "one member"])
def test_one_gets_the_time_and_the_others_are_told(tuesday: dt.date, what: str) -> None:
    places = {
        "one visitor": one_visitor,
        "one team": lambda: one_team(with_members=True),
        "a team without members": lambda: one_team(with_members=False),
        "one member": one_member,
    }[what]()
    assert at_once(places) == {"booked": 1, "taken": AT_ONCE - 1}
    assert Visit.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_locks_and_constraints_the_race_is_there(tuesday: dt.date, monkeypatch: pytest.MonkeyPatch) -> None:
    places, barrier, original = one_visitor(), Barrier(AT_ONCE, timeout=SECONDS), queries.clashes

    def meet(claim: Any) -> list[Booking]:
        found = list(original(claim))
        barrier.wait()
        return found

    monkeypatch.setattr(bookings, "_lock", lambda number, ids: None)
    monkeypatch.setattr(bookings, "clashes", meet)
    with without_constraints():
        assert at_once(places) == {"booked": AT_ONCE}
        Booking.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_without_the_locks_the_constraints_still_hold(tuesday: dt.date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bookings, "_lock", lambda number, ids: None)
    monkeypatch.setattr(bookings, "clashes", lambda claim: [])
    places = one_visitor()[:2]
    assert [book(place) for place in places] == ["booked", "taken"]
    assert Booking.objects.filter(part=BookingPart.VISITS).count() == 1


@contextmanager
def without_constraints() -> Iterator[None]:
    """The table as it would be without what keeps bookings apart; put back afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = ANY(%s)", [list(CONSTRAINTS)]
        )
        found = cursor.fetchall()
        assert len(found) == len(CONSTRAINTS)
        for name, _definition in found:
            cursor.execute(f"ALTER TABLE observations_booking DROP CONSTRAINT {name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for name, definition in found:
                cursor.execute(f"ALTER TABLE observations_booking ADD CONSTRAINT {name} {definition}")


@given(st.integers(15, 480), st.integers(0, 23), st.integers(1, 3))
def test_the_nearest_times_are_within_working_hours_one_a_day(minutes: int, hour: int, count: int) -> None:
    length, wanted = dt.timedelta(minutes=minutes), at(dt.date(2027, 3, 28), dt.time(hour))
    every = list(working_times(dt.date(2027, 3, 22), 14, length))
    chosen = nearest(every, wanted, count)
    assert len({span.on for span in chosen}) == len(chosen) == count
    assert all(span.length == length and span in every for span in chosen)
    far_off = sorted(abs(day - wanted.date()) for day in {span.on for span in every})
    assert sorted(abs(span.on - wanted.date()) for span in chosen) == far_off[:count]
    for span in chosen:
        then = at(span.on, wanted.time())
        assert abs(span.starts_at - then) == min(abs(other.starts_at - then) for other in every if other.on == span.on)


def test_spans_are_measured_with_a_stopwatch() -> None:
    spring, autumn = dt.date(2027, 3, 28), dt.date(2027, 10, 31)
    assert Span(at(spring, dt.time(1)), at(spring, dt.time(4))).length == dt.timedelta(hours=2)
    assert Span(at(autumn, dt.time(1)), at(autumn, dt.time(4))).length == dt.timedelta(hours=4)
