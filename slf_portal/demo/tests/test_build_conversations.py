"""The demo's learning cycles and conversations are full and sensible whatever day they are built."""

import datetime as dt
from collections import defaultdict
from itertools import pairwise

import pytest

from learningcycle.actions import plan_ahead
from learningcycle.defaults import LOOP_MONTHS
from learningcycle.enums import ConversationRole, CycleState, EntryKind
from learningcycle.models import (
    AgendaItem,
    Attendance,
    Conversation,
    Cycle,
    CycleEntry,
    Meeting,
    MethodTemplate,
    RoleTaken,
    Snag,
)
from learningcycle.queries import carried_over
from slf_portal.common.dates import add_months, local_date
from slf_portal.demo.defaults import personas
from slf_portal.demo.defaults.organisation import OFFICE, SCHOOL
from slf_portal.demo.queries import person_of
from teams.enums import AgreementSource
from teams.models import Agreement, Membership

DAYS = (
    dt.date(2026, 11, 23),
    dt.date(2027, 1, 2),  # nothing can have been held this month yet
    dt.date(2027, 7, 15),  # the pause
    dt.date(2028, 2, 29),  # the last day of a month, and no day of most years
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("slf_portal.demo.tests.urls"),
    pytest.mark.parametrize("demo", DAYS, indirect=True, scope="module", ids=str),
]


def _closed(**of: object) -> list[Conversation]:
    rows = Conversation.objects.filter(closed_at__isnull=False, **of).select_related("meeting__team", "cycle__phase")
    return list(rows.order_by("meeting__starts_at"))


def test_an_office_and_a_school_have_cycles_in_every_state(demo: dt.date) -> None:
    phases = defaultdict(list)
    for cycle in Cycle.objects.filter(state=CycleState.RUNNING).select_related("phase", "team__unit"):
        phases[cycle.team.unit.name].append(cycle.phase.position)
    shared = Cycle.objects.filter(is_shared=True)
    old = Cycle.objects.filter(state=CycleState.RUNNING, begun_on__lt=add_months(demo, -LOOP_MONTHS))

    assert {unit: sorted(found) for unit, found in phases.items()} == {OFFICE: [1, 2, 3, 4, 5], SCHOOL: [2, 3, 4, 5]}
    assert {(cycle.state, bool(cycle.learning and cycle.decision)) for cycle in shared} == {(CycleState.CLOSED, True)}
    assert {cycle.team.name for cycle in old} == {"Ledelse og udvikling", "0.-2. årgang"}
    assert not Cycle.objects.filter(team__name__in=["Løn og data", "Udskolingen"]).exists()
    assert not Cycle.objects.filter(closed_on__gt=demo).exists()


@pytest.mark.parametrize("team", ["Rekruttering", "3.-4. årgang"])
def test_one_team_of_each_is_in_the_third_phase_with_everything_written(demo: dt.date, team: str) -> None:
    cycle = Cycle.objects.get(team__name=team, state=CycleState.RUNNING)
    kinds = [entry.kind for entry in cycle.entries.all()]

    assert (cycle.phase.position, cycle.goal_step is not None, bool(cycle.focus and cycle.goal)) == (3, True, True)
    assert {kind: kinds.count(kind) >= 2 for kind in set(kinds)} == {
        EntryKind.DATA: True,
        EntryKind.INTERPRETATION: True,
        EntryKind.SIGN: True,
        EntryKind.LOG: False,
    }
    assert cycle.follows is not None
    assert cycle.follows.is_shared
    assert max(entry.added_on for entry in cycle.entries.all()) < demo


def test_the_last_meetings_of_every_team_have_minutes(demo: dt.date) -> None:
    conversations = _closed()
    by_team = defaultdict(list)
    for conversation in conversations:
        by_team[conversation.meeting.team.name].append(conversation)

    assert len(by_team["Rekruttering"]) == 4
    assert len(by_team["3.-4. årgang"]) == 3
    assert len(by_team) >= 15
    for conversation in conversations:
        assert conversation.meeting.with_learning_cycle
        assert conversation.meeting.on < demo
        assert not conversation.items.filter(text="").exists()
        assert conversation.focus
        assert conversation.learning


def test_the_roles_go_round_among_those_who_were_members(demo: dt.date) -> None:
    for conversation in _closed():
        roles = {row.role: row.person_id for row in conversation.roles.all()}
        meeting = conversation.meeting
        members = set(
            Membership.objects.in_force(meeting.on).filter(team=meeting.team_id).values_list("person_id", flat=True)
        )
        present = set(conversation.attendance.values_list("person_id", flat=True))
        assert set(roles) == set(ConversationRole)
        assert len(set(roles.values())) == 4
        assert set(roles.values()) <= present <= members
        assert conversation.present_count == len(present)
        assert conversation.next_focus_person_id in members
    for team in ("Rekruttering", "SFO-teamet"):
        for before, after in pairwise(_closed(meeting__team__name=team)):
            focus = after.roles.get(role=ConversationRole.FOCUS_PERSON)
            assert focus.person_id == before.next_focus_person_id


def test_a_conversation_belongs_to_the_cycle_of_its_day_and_moves_it_on(demo: dt.date) -> None:
    seen = defaultdict(list)
    for conversation in _closed(cycle__isnull=False):
        cycle, phase = conversation.cycle, conversation.phase
        assert cycle is not None
        assert phase is not None
        assert (cycle.team_id, phase.version_id) == (conversation.meeting.team_id, cycle.version_used_id)
        assert cycle.begun_on <= conversation.meeting.on <= (cycle.closed_on or demo)
        seen[cycle].append(phase.position)
    for cycle, positions in seen.items():
        assert positions == sorted(positions)
        assert positions[-1] == cycle.phase.position


def test_what_was_tried_was_agreed_at_the_meeting(demo: dt.date) -> None:
    source = {"source": AgreementSource.MEETING}
    for team in ("SFO-teamet", "Dråbehusets team"):
        meetings = [conversation.meeting_id for conversation in _closed(meeting__team__name=team)]
        agreed = Agreement.objects.filter(team__name=team, **source).values_list("source_id", flat=True)
        assert set(agreed) == set(meetings)
    assert Agreement.objects.filter(team__name="Rekruttering", **source).exists()
    tried = Agreement.objects.filter(source=AgreementSource.CYCLE, team__name="Arbejdsmiljø")
    assert sorted(tried.values_list("state", flat=True)) == ["done", "open"]


def test_the_next_meetings_are_prepared_and_the_plan_leaves_them_alone(demo: dt.date) -> None:
    coming = Conversation.objects.filter(closed_at__isnull=True).select_related("meeting__team", "agenda")
    found = {conversation.meeting.team.name: conversation for conversation in coming}
    assert set(found) == {"Rekruttering", "Ledelse og udvikling", "3.-4. årgang"}
    meetings = {name: conversation.meeting_id for name, conversation in found.items()}
    plan_ahead(today=demo)

    for name, conversation in found.items():
        carried = carried_over(conversation.meeting)
        focus = conversation.roles.get(role=ConversationRole.FOCUS_PERSON)
        assert (conversation.begun_at, conversation.cycle is None, bool(conversation.focus)) == (None, False, True)
        assert carried.agreements
        assert carried.before is not None
        assert carried.before.next_focus_person_id == focus.person_id
        month = {"starts_at__date__gte": conversation.meeting.on.replace(day=1), "team__name": name}
        assert Meeting.objects.filter(pk=meetings[name], **month).exists()
        same = [row for row in Meeting.objects.filter(**month) if row.on.month == conversation.meeting.on.month]
        assert len([row for row in same if row.is_planned]) == 1


def test_the_office_has_an_agenda_of_its_own_and_earlier_conversations_keep_the_first_version(demo: dt.date) -> None:
    template = MethodTemplate.objects.get(unit__name=OFFICE)
    first, second = template.versions.order_by("number")
    assert template.copied_from is not None
    assert [step.part for step in first.steps.all()] == [
        "check_in", "since_last", "focus_person", "data", "inquiry", "goal", "check_out",
    ]  # fmt: skip
    assert [step.part for step in second.steps.all()][2:4] == ["data", "focus_person"]
    used = {
        version.number: [local_date(row.meeting.starts_at) for row in _closed(agenda=version)]
        for version in (first, second)
    }
    assert used[1]
    assert max(used[1]) <= demo - dt.timedelta(days=28)
    assert Conversation.objects.get(meeting__team__name="Rekruttering", closed_at=None).agenda == second
    assert _closed(agenda__template__key="laeringssamtale-besoeg")


def test_the_member_has_noted_two_things_that_trouble_him(demo: dt.date) -> None:
    owners = [note.owner for note in Snag.objects.all()]
    assert owners == [person_of(personas.TEAM_MEMBER.key)] * 2


def test_every_text_is_one_that_people_could_have_saved(demo: dt.date) -> None:
    for model in (AgendaItem, Agreement, Attendance, Conversation, Cycle, CycleEntry, RoleTaken, Snag):
        for row in model._default_manager.all():
            row.full_clean()
