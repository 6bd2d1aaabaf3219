"""From the domain's rows to the mail, and back when the thing is done."""

import datetime as dt
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from learningcycle.enums import MeetingState
from observations.actions import book_visit
from observations.enums import VisitState
from slf_portal.accounts.actions import set_active
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from slf_portal.fundament import tasks
from slf_portal.fundament.reminders import plan_reminders
from slf_portal.notifications.actions import relay_mail
from slf_portal.notifications.models import LedgerEntry
from slf_portal.notifications.queries import health
from slf_portal.notifications.tests.conftest import TUESDAY, Clock
from teams.enums import GrusState, Promise, UnitKind
from teams.models import ResourcePerson, Team
from tests.builders import (
    make_administrator,
    make_all_terms,
    make_closure,
    make_contract,
    make_grus,
    make_leader,
    make_meeting,
    make_member,
    make_resource_person,
    make_team,
    make_terms,
    make_unit,
    make_visit,
)
from tests.mailserver import MailServer, text_of

pytestmark = pytest.mark.django_db

VISITED_ON = dt.date(2026, 9, 8)  # so the next visit is due on 8 December and "soon" from the Tuesday


@pytest.fixture
def team(clock: Clock) -> Team:
    """A school's team that has agreed on visits alone, visited three months ago."""
    unit = make_unit()
    make_terms(Promise.VISIT, unit=unit)
    return make_team("Team Birk", unit=unit)


@pytest.fixture
def resource_person(team: Team) -> User:
    person = make_resource_person(team)
    make_visit(team, person, VISITED_ON, state=VisitState.HELD)
    return person


def run() -> None:
    """What beat does all day."""
    plan_reminders()
    relay_mail(seconds=20)


def ledger() -> list[tuple[str, dt.date, str, str]]:
    """Kind, day, state and reason of every reminder."""
    return list(LedgerEntry.objects.order_by("due_on", "kind", "pk").values_list("kind", "due_on", "state", "why"))


def test_a_due_visit_becomes_a_mail_to_the_resource_person(
    team: Team, resource_person: User, mail_server: MailServer
) -> None:
    make_member(team)
    run()
    assert mail_server.recipients == [resource_person.email]
    assert f"http://127.0.0.1:8000/teams/{team.pk}/" in text_of(mail_server.mails[0])
    assert ledger()[0] == ("visit_due", TUESDAY, "sent", "")


def test_planning_the_visit_withdraws_the_reminder(team: Team, resource_person: User, mail_server: MailServer) -> None:
    plan_reminders()
    starts_at = at(dt.date(2026, 12, 1), dt.time(10))
    book_visit(
        by=resource_person,
        team=team,
        visitor=resource_person,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=1),
    )
    # The relay is faster than the planner: it looks itself.
    relay_mail(seconds=20)
    assert ("visit_due", TUESDAY, "cancelled", "settled") in ledger()
    (booked,) = mail_server.mails
    assert booked["Subject"] == "SLF-portalen: et besøg"
    plan_reminders()
    assert {state for kind, _day, state, _why in ledger() if kind == "visit_due"} == {"cancelled"}


def test_who_no_longer_serves_the_team_gets_no_mail_about_it(
    team: Team, resource_person: User, mail_server: MailServer
) -> None:
    plan_reminders()
    ResourcePerson.objects.update(ends_on=TUESDAY)
    relay_mail(seconds=20)
    assert (mail_server.mails, ledger()[0][3]) == ([], "not_theirs")


def test_a_deactivated_person_gets_no_mail(team: Team, resource_person: User, mail_server: MailServer) -> None:
    plan_reminders()
    set_active(by=make_administrator(), person=resource_person, is_active=False)
    run()
    assert (mail_server.mails, {why for *_rest, why in ledger()}) == ([], {"not_theirs"})


def test_a_team_that_has_ended_is_left_in_peace(team: Team, resource_person: User, mail_server: MailServer) -> None:
    plan_reminders()
    Team.objects.update(ends_on=TUESDAY)
    run()
    assert (mail_server.mails, {why for *_rest, why in ledger()}) == ([], {"not_agreed"})


def test_a_unit_that_has_agreed_on_nothing_gets_no_mail(clock: Clock, mail_server: MailServer) -> None:
    team = make_team()
    make_visit(team, make_resource_person(team), VISITED_ON, state=VisitState.HELD)
    make_meeting(team, TUESDAY + dt.timedelta(days=1), in_own_calendar=False)
    run()
    assert (mail_server.mails, ledger()) == ([], [])


def test_a_closure_is_quiet_and_the_mail_comes_when_the_unit_opens(
    team: Team, resource_person: User, mail_server: MailServer, clock: Clock
) -> None:
    plan_reminders()
    make_closure(TUESDAY, TUESDAY + dt.timedelta(days=2), unit=team.unit)
    run()
    assert mail_server.mails == []
    clock.move_to(at(TUESDAY + dt.timedelta(days=2), dt.time(9)))
    run()
    assert mail_server.recipients == [resource_person.email]


def test_a_demonstration_shows_its_mails_on_a_sunday(
    team: Team, resource_person: User, mail_server: MailServer, clock: Clock, settings: Settings
) -> None:
    clock.move_to(at(dt.date(2026, 11, 29), dt.time(9)))
    run()
    assert mail_server.mails == []
    settings.REMIND_ON_CLOSED_DAYS = True
    run()
    assert mail_server.recipients == [resource_person.email]


def test_everything_for_one_person_is_one_mail(clock: Clock, mail_server: MailServer) -> None:
    unit = make_unit(kind=UnitKind.CENTRAL_OFFICE)
    make_all_terms(unit=unit)
    team = make_team(unit=unit)
    person, leader = make_resource_person(team), make_leader(unit)
    make_visit(team, person, VISITED_ON, state=VisitState.HELD)
    make_contract(team, dt.date(2025, 12, 7))
    make_grus(team, dt.date(2025, 12, 20))
    make_meeting(team, dt.date(2026, 10, 13), state=MeetingState.HELD)
    make_meeting(team, dt.date(2026, 10, 30))
    run()
    sent = {(kind, day) for kind, day, state, _why in ledger() if state == "sent"}
    assert sent == {
        ("meeting_not_noted", dt.date(2026, 11, 16)),
        ("grus_due", dt.date(2026, 11, 20)),
        ("contract_renewal", dt.date(2026, 11, 23)),
        ("visit_due", TUESDAY),
    }
    assert sorted(mail_server.recipients) == sorted([person.email, leader.email])


@pytest.mark.parametrize(("state", "reminded"), [(GrusState.PROPOSED, True), (GrusState.PLANNED, False)])
def test_a_grus_that_is_only_proposed_is_still_reminded_of(
    clock: Clock, mail_server: MailServer, state: GrusState, *, reminded: bool
) -> None:
    unit = make_unit()
    make_terms(Promise.GRUS, unit=unit)
    make_leader(unit)
    team = make_team(unit=unit)
    make_grus(team, dt.date(2025, 12, 20))
    make_grus(team, dt.date(2026, 12, 3), state=state)
    run()
    assert ("grus_due" in {kind for kind, *_ in ledger()}) == reminded


def test_a_meeting_tomorrow_goes_to_members_and_resource_person(clock: Clock, mail_server: MailServer) -> None:
    unit = make_unit()
    make_terms(Promise.MEETING, unit=unit)
    team = make_team(unit=unit)
    people = [make_member(team), make_member(team), make_resource_person(team)]
    make_meeting(team, TUESDAY + dt.timedelta(days=1), in_own_calendar=False)
    run()
    assert sorted(mail_server.recipients) == sorted(person.email for person in people)


@pytest.mark.parametrize("count", [1, 3])
def test_planning_costs_the_same_for_one_team_as_for_many(
    clock: Clock, count: int, django_assert_num_queries: Any
) -> None:
    unit = make_unit()
    make_all_terms(unit=unit)
    for _number in range(count):
        team = make_team(unit=unit)
        make_member(team)
        make_contract(team, TUESDAY, texts=("Vi lærer sammen.",))
        make_visit(team, make_resource_person(team), VISITED_ON, state=VisitState.HELD)
        make_meeting(team, TUESDAY + dt.timedelta(days=1), in_own_calendar=False)
    plan_reminders()
    with django_assert_num_queries(20):
        plan_reminders()


def test_the_check_finds_nothing_missing_after_a_plan(team: Team, resource_person: User) -> None:
    tasks.check_reminders()
    assert (health().missing, health().checked_at is not None) == (0, True)


def test_the_check_finds_what_a_planner_forgot(
    team: Team, resource_person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("slf_portal.fundament.reminders.planned_reminders", lambda team, today: set())
    tasks.check_reminders()
    assert health().missing == 1
