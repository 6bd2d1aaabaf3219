"""The demo organisation is sensible whatever day it is built, and is built once."""

import datetime as dt
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from learningcycle.actions import plan_ahead
from learningcycle.models import Meeting
from observations.models import Visit
from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import CentralRoleRow, User
from slf_portal.demo.defaults import personas
from slf_portal.demo.defaults.organisation import NOT_AGREED, OFFICE
from slf_portal.demo.defaults.personas import PERSONAS, Persona
from slf_portal.demo.queries import person_of
from slf_portal.fundament.queries import fundament
from slf_portal.fundament.reminders import plan_reminders
from slf_portal.notifications.enums import ReminderKind
from slf_portal.notifications.models import LedgerEntry
from teams.enums import Promise, Status
from teams.models import Membership, Team, UnitDistrict, UnitLeader
from teams.queries import partner_teams

AN_ORDINARY_DAY = dt.date(2026, 11, 23)
DAYS = (
    AN_ORDINARY_DAY,
    dt.date(2027, 1, 2),  # nothing can have been held this month yet
    dt.date(2027, 7, 15),  # the pause
    dt.date(2028, 2, 29),  # the last day of a month, and no day of most years
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("slf_portal.demo.tests.urls"),
    pytest.mark.parametrize("demo", DAYS, indirect=True, scope="module", ids=str),
]


def _statuses(day: dt.date, **of: object) -> dict[str, dict[str, Status]]:
    teams = list(partner_teams(day).filter(**of))
    rows = fundament(teams, day)
    return {team.name: {str(promise): status.status for promise, status in rows[team.pk].items()} for team in teams}


def test_every_status_is_found_before_and_after_beat_has_planned(demo: dt.date) -> None:
    before = {status for line in _statuses(demo).values() for status in line.values()}
    plan_ahead(today=demo)
    after = {status for line in _statuses(demo).values() for status in line.values()}

    assert before == set(Status)
    assert after == set(Status)


def test_the_leader_sees_who_needs_what(demo: dt.date) -> None:
    plan_ahead(today=demo)
    lines = _statuses(demo, unit__name=OFFICE)

    # In July nothing but contracts is asked for.
    asks = Status.PAUSED if demo.month == 7 else Status.OVERDUE
    assert lines["Rekruttering"]["visit"] == asks
    assert lines["Rekruttering"]["grus"] == Status.PLANNED
    assert lines["Arbejdsmiljø"]["contract"] == Status.SOON
    assert lines["Løn og data"]["meeting"] == asks
    assert lines["Løn og data"]["visit"] == Status.PLANNED
    assert set(lines["Kurser og kommunikation"].values()) == {Status.UNKNOWN, *([asks] if demo.month == 7 else [])}


def test_the_school_without_a_rhythm_has_agreed_on_nothing(demo: dt.date) -> None:
    lines = _statuses(demo, unit__name=NOT_AGREED)
    plan_reminders()

    assert [set(line.values()) for line in lines.values()] == [{Status.NOT_AGREED}] * 3
    assert not LedgerEntry.objects.filter(team_name__in=lines).exists()


def test_most_meetings_up_to_today_are_kept_and_none_lies_ahead_but_by_hand(demo: dt.date) -> None:
    lines = _statuses(demo)
    behind = [name for name, line in lines.items() if line[Promise.MEETING] == Status.OVERDUE]

    assert len(behind) < len(lines) / 5
    assert not Meeting.objects.filter(starts_at__date__gte=demo, changed_by_person=False).exists()
    assert Meeting.objects.filter(starts_at__date__lt=demo).count() > 100
    assert Visit.objects.filter(starts_at__date__lt=demo).count() > 30


def test_each_persona_comes_in_and_meets_her_own_page(demo: dt.date) -> None:
    assert {persona.key: _home(persona) for persona in PERSONAS} == {
        "leader": "/leder/",
        "resource-person": "/ressourceperson/",
        "learning-partner": "/laeringspartner/",
        "team-member": "/mine-teams/",
        "administrator": "/administrator/",
        "school-leader": "/leder/",
        "school-leader-not-agreed": "/leder/",
    }


def _home(persona: Persona) -> str:
    client = Client()
    response = client.post("/demo/login/", {"persona": persona.key}, follow=True)
    assert response.status_code == 200
    return str(response.request["PATH_INFO"])


def test_the_people_have_the_roles_the_source_tells_of(demo: dt.date) -> None:
    roles = Counter(CentralRoleRow.objects.in_force(demo).values_list("role", flat=True))
    member = person_of(personas.TEAM_MEMBER.key)

    assert roles == {
        CentralRole.LEARNING_PARTNER: 16,
        CentralRole.SECTION_LEADER: 1,
        CentralRole.PROJECT_WORKER: 1,
        CentralRole.ADMINISTRATOR: 2,
    }
    assert [row.team.name for row in Membership.objects.filter(person=member)] == ["Rekruttering"]
    assert not User.objects.exclude(email__endswith="@demo.example").exists()
    assert all(4 <= team.membership_rows.in_force(demo).count() <= 7 for team in Team.objects.partner_teams())


def test_there_is_history_behind_the_roles(demo: dt.date) -> None:
    for rows in (Membership.objects, UnitLeader.objects, UnitDistrict.objects):
        assert rows.filter(ends_on__lte=demo).exists()


def test_a_second_build_says_so_and_changes_nothing(demo: dt.date) -> None:
    before = (User.objects.count(), Team.objects.count(), Meeting.objects.count())
    said = StringIO()
    call_command("build_demo", stdout=said)

    assert len(said.getvalue().splitlines()) == 1
    assert (User.objects.count(), Team.objects.count(), Meeting.objects.count()) == before


def test_on_a_day_when_units_are_open_reminders_of_visits_wait_to_be_sent(demo: dt.date) -> None:
    plan_reminders()
    due = LedgerEntry.objects.filter(kind=ReminderKind.VISIT_DUE, due_on__lte=demo)
    told = {entry.recipient for entry in due}

    # Around New Year and in the summer no unit is reminded of anything.
    assert bool(told) == (demo.month not in {1, 7})
    if demo == AN_ORDINARY_DAY:
        assert person_of(personas.RESOURCE_PERSON.key) in told
