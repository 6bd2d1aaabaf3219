"""Learning conversations: the minutes of the last meetings, the next one begun, an agenda of the office's own."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from learningcycle.actions import open_conversation, plan_meeting
from learningcycle.defaults import DEFAULT_AGENDA
from learningcycle.enums import AgendaPart, ConversationRole, MeetingState, TemplateKind
from learningcycle.models import (
    AgendaItem,
    Attendance,
    Conversation,
    Cycle,
    Meeting,
    MethodTemplate,
    RoleTaken,
    Snag,
    TemplateStep,
    TemplateVersion,
)
from learningcycle.queries import rhythm_of, rhythm_slots
from observations.enums import VisitState
from observations.models import Visit
from slf_portal.accounts.models import User
from slf_portal.common.dates import add_months, at, first_of_month
from slf_portal.demo.actions.past import change_past, write_past
from slf_portal.demo.actions.people import Cast, Teams, Units
from slf_portal.demo.actions.stage import Stage, stages
from slf_portal.demo.defaults import personas
from slf_portal.demo.defaults.agreements import PLANS
from slf_portal.demo.defaults.conversations import (
    CHANGED_DAYS_AGO,
    COPIED_DAYS_AGO,
    OWN,
    OWN_AGENDA,
    OWN_AGENDA_WHEN,
    OWN_QUESTION,
    PREPARED,
    SNAGS,
    USUAL,
    TalkPlan,
)
from slf_portal.demo.defaults.organisation import OFFICE
from teams.defaults import MONTHS_UNTIL_ASKED
from teams.enums import AgreementSource, AgreementState, UnitKind
from teams.models import Agreement, Membership, Team, UnitLeader

NOON = dt.time(12)
WITH_VISIT = "laeringssamtale-besoeg"
# What is tried is looked at again after three weeks.
TRIAL = dt.timedelta(weeks=3)
# Taken in turn: next time each is the next person's.
ROLES = (
    ConversationRole.MEETING_LEADER,
    ConversationRole.MINUTE_TAKER,
    ConversationRole.TIME_KEEPER,
    ConversationRole.FOCUS_PERSON,
)


def write_conversations(cast: Cast, units: Units, teams: Teams) -> None:
    """The office's agenda first: from when it was there its conversations are held by it."""
    _write_agenda(cast, units)
    for stage in stages(cast, teams):
        _write_minutes(stage)
        focus = PREPARED.get((stage.team.unit.name, stage.team.name))
        if focus is not None:
            _prepare_next(stage, focus)
    _write_snags(cast)


def _write_snags(cast: Cast) -> None:
    owner = cast.play(personas.TEAM_MEMBER)
    write_past(
        Snag.objects, [Snag(owner=owner, text=text, noted_at=_moment(cast, days_ago)) for days_ago, text in SNAGS]
    )


def _moment(cast: Cast, days_ago: int) -> dt.datetime:
    return at(cast.today - dt.timedelta(days=days_ago), NOON)


# The agenda -----------------------------------------------------------------------------------------------------


def _write_agenda(cast: Cast, units: Units) -> None:
    """Copied from the shipped one by the office's leader, and changed when a team had tried it."""
    shipped = _shipped(DEFAULT_AGENDA)
    leader = UnitLeader.objects.in_force(cast.today).get(unit=units[OFFICE]).person
    template = MethodTemplate(
        kind=TemplateKind.AGENDA, unit=units[OFFICE], copied_from=shipped.template, position=shipped.template.position
    )
    write_past(MethodTemplate.objects, [template])
    steps = list(shipped.steps.all())
    first = TemplateVersion(
        template=template, number=1, title=OWN_AGENDA, description=shipped.description,
        made_at=_moment(cast, COPIED_DAYS_AGO), made_by=leader,
    )  # fmt: skip
    _write_version(first, steps)
    second = TemplateVersion(
        template=template, number=2, title=OWN_AGENDA, description=OWN_AGENDA_WHEN,
        made_at=_moment(cast, CHANGED_DAYS_AGO), made_by=leader,
    )  # fmt: skip
    place = next(place for place, step in enumerate(steps) if step.part == AgendaPart.DATA)
    steps[place - 1], steps[place] = steps[place], steps[place - 1]
    _write_version(second, steps, data_question=OWN_QUESTION)


def _write_version(version: TemplateVersion, steps: Sequence[TemplateStep], *, data_question: str = "") -> None:
    write_past(TemplateVersion.objects, [version])
    rows = [
        TemplateStep(
            version=version,
            position=position,
            title=step.title,
            question=data_question if data_question and step.part == AgendaPart.DATA else step.question,
            minutes=step.minutes,
            part=step.part,
        )
        for position, step in enumerate(steps, start=1)
    ]
    write_past(TemplateStep.objects, rows)


def _shipped(key: str) -> TemplateVersion:
    return TemplateVersion.objects.filter(template__key=key).select_related("template").latest("number")


def _agenda_on(team: Team, meeting: Meeting) -> TemplateVersion:
    """The one for a visit when the team was visited; the unit's own from when it was there; else the shipped one."""
    if Visit.objects.filter(team=team, state=VisitState.HELD, starts_at__date=meeting.on).exists():
        return _shipped(WITH_VISIT)
    own = TemplateVersion.objects.filter(
        template__unit__in=[pk for pk in (team.unit_id, team.unit.parent_id) if pk], made_at__lt=meeting.starts_at
    )
    return own.order_by("-number").first() or _shipped(DEFAULT_AGENDA)


# What was said --------------------------------------------------------------------------------------------------


def _write_minutes(stage: Stage) -> None:
    """The latest meetings held with the learning cycle, the oldest first."""
    talks = _talks(stage.team)
    met = Meeting.objects.filter(team=stage.team, state=MeetingState.HELD, with_learning_cycle=True)
    meetings = list(met.order_by("-starts_at")[: len(talks)])[::-1]
    cycles = [_cycle_on(stage.team, meeting.on) for meeting in meetings]
    focus_person = None
    for place, (meeting, talk) in enumerate(zip(meetings, talks[len(talks) - len(meetings) :], strict=True)):
        cycle = cycles[place]
        phase = _phase_of(cycle, talks_left=cycles[place + 1 :].count(cycle)) if cycle else None
        conversation = _write_conversation(stage.team, meeting, talk, cycle, phase)
        focus_person = _attend(stage, conversation, focus_person, is_somebody_absent=bool(place % 2))
        if (stage.team.unit.name, stage.team.name) not in PLANS:
            _agree_on(meeting, talk, is_last=meeting is meetings[-1], today=stage.today)


def _talks(team: Team) -> Sequence[TalkPlan]:
    """The team's own, else those of its kind of unit, in turn begun with another."""
    own = OWN.get((team.unit.name, team.name))
    if own:
        return own
    usual = USUAL[UnitKind(team.unit.kind)]
    turn = team.pk % len(usual)
    return [*usual[turn:], *usual[:turn]]


def _cycle_on(team: Team, on: dt.date) -> Cycle | None:
    there = Q(closed_on__isnull=True) | Q(closed_on__gte=on)
    return Cycle.objects.filter(there, team=team, begun_on__lte=on).select_related("phase").first()


def _phase_of(cycle: Cycle, *, talks_left: int) -> TemplateStep:
    """Each conversation took the cycle a phase further, the last one to where it is."""
    return TemplateStep.objects.get(version=cycle.version_used_id, position=max(1, cycle.phase.position - talks_left))


def _write_conversation(
    team: Team, meeting: Meeting, talk: TalkPlan, cycle: Cycle | None, phase: TemplateStep | None
) -> Conversation:
    agenda = _agenda_on(team, meeting)
    conversation = Conversation(
        meeting=meeting,
        agenda=agenda,
        cycle=cycle,
        phase=phase,
        focus=talk.focus,
        begun_at=meeting.starts_at,
        closed_at=meeting.ends_at,
        learning=talk.learning,
        how_it_went=talk.how_it_went,
        disagreement=talk.disagreement,
    )
    write_past(Conversation.objects, [conversation])
    items = [
        AgendaItem(
            conversation=conversation,
            position=step.position,
            title=step.title,
            question=step.question,
            minutes=step.minutes or 1,
            part=step.part,
            text=getattr(talk, step.part),
            text_version=1,
        )
        for step in agenda.steps.all()
    ]
    write_past(AgendaItem.objects, items)
    return conversation


def _attend(stage: Stage, conversation: Conversation, focus_person: User | None, *, is_somebody_absent: bool) -> User:
    """The roles go round; answers who is focus person next time."""
    members = _members(stage, conversation.meeting.on)
    turns = _in_turn(members, focus_person)
    _give_roles(conversation, turns)
    free = [person for person in members if person not in turns]
    here = [person for person in members if person not in free[: int(is_somebody_absent)]]
    write_past(Attendance.objects, [Attendance(conversation=conversation, person=person) for person in here])
    conversation.present_count = len(here)
    conversation.next_focus_person = _next_of(turns[-1], members, _members(stage, stage.today))
    change_past(conversation)
    return conversation.next_focus_person


def _give_roles(conversation: Conversation, turns: Sequence[User]) -> None:
    taken = zip(ROLES, turns, strict=True)
    write_past(RoleTaken.objects, [RoleTaken(conversation=conversation, role=role, person=who) for role, who in taken])


def _members(stage: Stage, on: dt.date) -> list[User]:
    rows = Membership.objects.in_force(on).filter(team=stage.team).select_related("person")
    return [row.person for row in rows.order_by("pk")]


def _in_turn(members: Sequence[User], focus_person: User | None) -> list[User]:
    """Who has which role, the focus person last: one further round the table each time."""
    last = members.index(focus_person) if focus_person in members else len(ROLES) - 1
    return [members[(last - before) % len(members)] for before in reversed(range(len(ROLES)))]


def _next_of(person: User, members: Sequence[User], lasting: Sequence[User]) -> User:
    """The next one round the table who has not left since."""
    place = members.index(person)
    return next(member for member in [*members[place + 1 :], *members] if member in lasting)


def _agree_on(meeting: Meeting, talk: TalkPlan, *, is_last: bool, today: dt.date) -> None:
    """What the team tries; done by now, but for what the last meeting agreed on."""
    due_on = meeting.on + TRIAL
    row = Agreement(
        team=meeting.team,
        text=talk.trial,
        agreed_on=meeting.on,
        due_on=due_on,
        source=AgreementSource.MEETING,
        source_id=meeting.pk,
    )
    if not is_last and due_on < today:
        row.state, row.settled_on = AgreementState.DONE, due_on
        row.check_on = add_months(due_on, MONTHS_UNTIL_ASKED)
    write_past(Agreement.objects, [row])


# The next meeting -----------------------------------------------------------------------------------------------


def _prepare_next(stage: Stage, focus: str) -> None:
    """Somebody has put the next meeting in the calendar, and begun to prepare it."""
    meeting = _plan_next(stage)
    if meeting is None:
        return
    conversation = open_conversation(by=stage.member, meeting=meeting)
    conversation.focus = focus
    change_past(conversation)
    before = Conversation.objects.filter(meeting__team=stage.team, closed_at__isnull=False).latest("meeting__starts_at")
    _give_roles(conversation, _in_turn(_members(stage, stage.today), before.next_focus_person))


def _plan_next(stage: Stage) -> Meeting | None:
    """On the day the rhythm gives, in the first month from now on in which the team has not met."""
    rhythm = rhythm_of(stage.team, stage.today)
    if rhythm is None:
        return None
    met = {first_of_month(meeting.on) for meeting in stage.team.meetings.exclude(state=MeetingState.CANCELLED)}
    for slot in rhythm_slots([rhythm], stage.today, settings.PLANNED_MONTHS_AHEAD)[rhythm.pk]:
        if slot.on and slot.month not in met and at(slot.on, rhythm.starts_at) > timezone.now():
            return plan_meeting(
                by=stage.member,
                team=stage.team,
                starts_at=at(slot.on, rhythm.starts_at),
                ends_at=at(slot.on, rhythm.ends_at),
                in_own_calendar=True,
            )
    return None
