"""The demo organisation is sensible whatever day it is built, and is built once."""

import datetime as dt
from collections import Counter
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from learningcycle.actions import plan_ahead
from learningcycle.models import Meeting
from observations.enums import RecordState, VisitState
from observations.models import EvaluationAnswer, PartnerVisit, Visit, VisitRecord
from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import CentralRoleRow, Invitation, User
from slf_portal.demo.defaults import personas
from slf_portal.demo.defaults.organisation import NOT_AGREED, OFFICE, SCHOOL
from slf_portal.demo.defaults.personas import PERSONAS, Persona
from slf_portal.demo.queries import person_of
from slf_portal.fundament.queries import fundament
from slf_portal.fundament.reminders import plan_reminders
from slf_portal.notifications.enums import ReminderKind
from slf_portal.notifications.models import LedgerEntry
from teams.enums import AgreementSource, AgreementState, GrusState, MandateState, Promise, Status, Whose
from teams.models import (
    Agreement,
    Grus,
    GrusQuestion,
    Mandate,
    MandateMessage,
    Membership,
    RoleDescription,
    StaircaseStep,
    StaircaseWord,
    StandIn,
    Team,
    TopicWord,
    UnitDistrict,
    UnitLeader,
)
from teams.queries import partner_teams, standing_of, tasks_of, tasks_to_ask_about

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
    # A day that is only proposed is not arranged.
    assert lines["Rekruttering"]["grus"] == (Status.PAUSED if demo.month == 7 else Status.SOON)
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


def test_what_was_agreed_is_in_every_state_and_from_every_kind_of_place(demo: dt.date) -> None:
    rows = Agreement.objects.all()
    member = person_of(personas.TEAM_MEMBER.key)
    assert member is not None
    tasks = list(tasks_of(standing_of(member, demo), demo))

    assert {row.state for row in rows} == set(AgreementState)
    assert {row.source for row in rows} == set(AgreementSource) - {AgreementSource.MEASUREMENT}
    assert {task.whose for task in tasks} == {Whose.OWN, Whose.TEAM}
    assert any(task.due_on < demo for task in tasks)
    assert tasks_to_ask_about(standing_of(member, demo), demo).exists()


def test_two_units_have_a_staircase_and_teams_have_said_where_they_are(demo: dt.date) -> None:
    steps = Counter(StaircaseStep.objects.in_force(demo).values_list("goal__unit__name", flat=True))

    assert steps == {OFFICE: 4, "Mågedalsskolen": 3}
    for words in (StaircaseWord.objects, TopicWord.objects):
        days = {word.said_on for word in words.filter(team__name="Rekruttering")}
        assert max(days) - min(days) > dt.timedelta(days=90)
        assert max(days) < demo


def test_there_is_history_behind_the_roles(demo: dt.date) -> None:
    for rows in (Membership.objects, UnitLeader.objects, UnitDistrict.objects):
        assert rows.filter(ends_on__lte=demo).exists()


def test_mandates_stand_in_every_state_and_one_waits_for_the_leader(demo: dt.date) -> None:
    client = Client()
    client.post("/demo/login/", {"persona": personas.LEADER.key})
    todos = [todo.text for todo in client.get("/leder/").context["todos"]]

    assert set(Mandate.objects.values_list("state", flat=True)) == set(MandateState)
    assert 'En ressourceperson spørger til bestillingen "Lærende møder".' in todos
    assert all(line.at > line.mandate.sent_at for line in MandateMessage.objects.select_related("mandate"))
    assert RoleDescription.objects.get().unit.name == OFFICE


def test_someone_stands_in_someone_is_invited_and_someone_has_left(demo: dt.date) -> None:
    leader = person_of(personas.SCHOOL_LEADER.key)
    assert leader is not None
    (given,) = StandIn.objects.in_force(demo)
    assert (given.leader, bool(standing_of(given.person, demo).stands_in_for)) == (leader, True)
    (invitation,) = Invitation.objects.all()
    assert (invitation.invited_by, invitation.accepted_at, invitation.has_expired) == (leader, None, False)
    assert Membership.objects.filter(team__unit=given.unit, ends_on=demo - dt.timedelta(days=6)).count() == 1
    assert mail.outbox == []


def test_a_resource_person_has_just_taken_over_a_team(demo: dt.date, client: Client) -> None:
    person = person_of(personas.RESOURCE_PERSON.key)
    assert person is not None
    client.force_login(person)
    page = client.get(reverse("dashboard:resource_person"))
    assert [place.name for place in page.context["taken_over"]] == ["Overenskomst og jura"]


def test_a_second_build_says_so_and_changes_nothing(demo: dt.date) -> None:
    before = (User.objects.count(), Team.objects.count(), Meeting.objects.count())
    said = StringIO()
    call_command("build_demo", stdout=said)

    assert len(said.getvalue().splitlines()) == 1
    assert (User.objects.count(), Team.objects.count(), Meeting.objects.count()) == before


def test_held_visits_are_closed_the_latest_shared_and_one_not_yet(demo: dt.date) -> None:
    found = Counter(VisitRecord.objects.values_list("state", flat=True))
    assert found[RecordState.DRAFT] == 1
    assert min(found[RecordState.SHARED], found[RecordState.CLOSED]) > 1
    assert not VisitRecord.objects.filter(kept="").exists()
    assert EvaluationAnswer.objects.exists()
    # Nobody is told today of what was shared long ago.
    assert not LedgerEntry.objects.filter(kind=ReminderKind.VISIT_SHARED).exists()


def test_on_a_day_when_units_are_open_reminders_of_visits_wait_to_be_sent(demo: dt.date) -> None:
    plan_reminders()
    due = LedgerEntry.objects.filter(kind=ReminderKind.VISIT_DUE, due_on__lte=demo)
    told = {entry.recipient for entry in due}

    # Around New Year and in the summer no unit is reminded of anything.
    assert bool(told) == (demo.month not in {1, 7})
    if demo == AN_ORDINARY_DAY:
        assert person_of(personas.RESOURCE_PERSON.key) in told


def test_a_proposed_grus_waits_for_the_leader_and_held_ones_tell_what_was_said(demo: dt.date) -> None:
    client = Client()
    client.post("/demo/login/", {"persona": personas.LEADER.key})
    todos = client.get("/leder/").context["todos"]
    talks = Grus.objects.filter(state=GrusState.HELD).exclude(questions=None).distinct()
    agreed = Agreement.objects.filter(source=AgreementSource.GRUS)

    assert [todo.post_fields[0] for todo in todos if todo.post_url] == [("answer", "yes")]
    assert {grus.team.unit.name for grus in talks} == {OFFICE, SCHOOL}
    assert not GrusQuestion.objects.filter(grus__in=talks, notes="").exists()
    assert set(agreed.values_list("source_id", flat=True)) == {grus.pk for grus in talks}


def test_the_learning_partner_s_calendar_looks_lived_in(demo: dt.date) -> None:
    visits = PartnerVisit.objects.filter(partner=person_of(personas.LEARNING_PARTNER.key))
    states = Counter(visit.state for visit in visits)
    # In a summer holiday the latest ones fall away.
    assert (states[VisitState.HELD] >= 3, states[VisitState.CANCELLED]) == (True, 1)
    assert visits.filter(state=VisitState.PLANNED, starts_at__date__gt=demo).count() == 5
    assert len({visit.kind for visit in visits}) >= 4
    assert visits.filter(asked__isnull=False).count() == 1
