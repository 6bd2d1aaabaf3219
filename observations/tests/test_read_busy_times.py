"""Reading people's own calendars again, once an hour."""

import datetime as dt

import pytest
from time_machine import TimeMachineFixture

from learningcycle.rules import Span
from observations.actions import give_busy_address, keep_busy_times, take_busy_address
from observations.models import BusyAddress, BusyTime
from observations.queries import busy_times
from observations.tasks import read_busy_times
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from tests.builders import make_person
from tests.calendar_server import CalendarServer
from tests.gathering_builders import ics

DAY = dt.date(2026, 12, 8)
SPAN = Span(at(DAY, dt.time(10)), at(DAY, dt.time(11)))
LATER = "UID:a|SUMMARY:Tandlæge|DTSTART:20261209T100000|DTEND:20261209T110000"
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def given(db: None, tuesday: dt.date, outside: CalendarServer) -> BusyAddress:
    outside.give("/mig.ics", ics(LATER))
    return give_busy_address(by=make_person(), address="https://kalender.example/mig.ics", spans=[SPAN])


def days() -> list[int]:
    return [one.starts_at.day for one in BusyTime.objects.all()]


def pass_time(time_machine: TimeMachineFixture, hours: int) -> None:
    time_machine.move_to(at(dt.date(2026, 11, 24), dt.time(9, 1)) + hours * HOUR)


def test_it_is_read_an_hour_later_and_once(
    given: BusyAddress, outside: CalendarServer, time_machine: TimeMachineFixture
) -> None:
    read_busy_times()
    assert (outside.asked, days()) == ([], [8])
    pass_time(time_machine, 1)
    read_busy_times()
    read_busy_times()
    assert (outside.asked, days()) == (["/mig.ics"], [9])
    given.refresh_from_db()
    assert given.read_at is not None
    assert HOUR <= given.read_at - at(dt.date(2026, 11, 24), dt.time(9)) < 2 * HOUR


def test_a_failure_is_told_and_the_old_times_stay(
    given: BusyAddress, outside: CalendarServer, time_machine: TimeMachineFixture
) -> None:
    outside.give("/mig.ics", b"", status="503 Busy")
    pass_time(time_machine, 2)
    read_busy_times()
    read_at = given.read_at
    given.refresh_from_db()
    assert (given.problem, given.read_at, days()) == ("Der er ingen kalender på adressen.", read_at, [8])
    outside.give("/mig.ics", ics(LATER))
    pass_time(time_machine, 3)
    read_busy_times()
    given.refresh_from_db()
    assert (given.problem, days()) == ("", [9])


def test_an_address_that_leads_inside_by_now_is_not_asked(
    given: BusyAddress, outside: CalendarServer, time_machine: TimeMachineFixture
) -> None:
    outside.names["kalender.example"] = ["127.0.0.1"]
    pass_time(time_machine, 1)
    read_busy_times()
    given.refresh_from_db()
    assert (given.problem, outside.connected, days()) == ("Adressen kan ikke nås på internettet.", [], [8])


def test_of_one_who_may_no_longer_come_in_everything_is_forgotten(
    given: BusyAddress, outside: CalendarServer, time_machine: TimeMachineFixture
) -> None:
    User.objects.update(is_active=False)
    pass_time(time_machine, 1)
    read_busy_times()
    assert (outside.asked, BusyAddress.objects.count(), days()) == ([], 0, [])


def test_each_is_read_and_one_failure_stops_nobody(
    given: BusyAddress, outside: CalendarServer, time_machine: TimeMachineFixture
) -> None:
    give_busy_address(by=make_person(), address="https://kalender.example/vaek.ics", spans=[])
    give_busy_address(by=make_person(), address="https://kalender.example/mig.ics", spans=[])
    pass_time(time_machine, 1)
    read_busy_times()
    assert sorted(outside.asked) == ["/mig.ics", "/mig.ics", "/vaek.ics"]
    assert days() == [9, 9]


def test_what_was_taken_away_meanwhile_stays_away(given: BusyAddress, time_machine: TimeMachineFixture) -> None:
    pass_time(time_machine, 1)
    taken = take_busy_address()
    assert taken is not None
    give_busy_address(by=given.person, address="https://kalender.example/ny.ics", spans=[])
    keep_busy_times(given=taken, spans=[SPAN])
    assert days() == []


def test_whoever_asks_gets_the_times_of_those_she_asks_about(given: BusyAddress) -> None:
    give_busy_address(by=make_person(), address="https://kalender.example/", spans=[SPAN])
    since, until = at(DAY, dt.time(9)), at(DAY, dt.time(12))
    assert [one.address.person_id for one in busy_times([given.person_id], since, until)] == [given.person_id]
    assert list(busy_times([given.person_id], until, until + HOUR)) == []


def test_the_address_is_in_no_log(
    given: BusyAddress, outside: CalendarServer, time_machine: TimeMachineFixture, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    outside.answers.clear()
    pass_time(time_machine, 1)
    read_busy_times()
    assert "mig.ics" not in caplog.text
    assert "could not be read" in caplog.text
