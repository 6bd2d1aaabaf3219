"""Learning cycles of an office and a school: closed, running in each phase, and one that has run for too long."""

import datetime as dt

from learningcycle.enums import CycleState
from learningcycle.models import Cycle, CycleEntry, TemplateVersion
from slf_portal.common.dates import add_months
from slf_portal.demo.actions.past import write_past
from slf_portal.demo.actions.people import Cast, Teams
from slf_portal.demo.defaults.cycles import CYCLES, CyclePlan
from teams.defaults import MONTHS_UNTIL_ASKED
from teams.enums import AgreementSource, AgreementState
from teams.models import Agreement, StaircaseStep, Team


def write_cycles(cast: Cast, teams: Teams) -> None:
    before: dict[Team, Cycle] = {}
    for plan in CYCLES:
        team = teams[plan.unit, plan.team].team
        before[team] = _write_cycle(cast, plan, team, before.get(team))


def _write_cycle(cast: Cast, plan: CyclePlan, team: Team, follows: Cycle | None) -> Cycle:
    version = TemplateVersion.objects.filter(template__key=plan.template).latest("number")
    begun_on = cast.today - dt.timedelta(days=plan.begun)
    cycle = Cycle(
        team=team,
        title=plan.title,
        version_used=version,
        phase=version.steps.get(position=plan.phase),
        follows=follows,
        state=CycleState.RUNNING if plan.closed is None else CycleState.CLOSED,
        begun_on=begun_on,
        closed_on=None if plan.closed is None else cast.today - dt.timedelta(days=plan.closed),
        focus=plan.focus,
        goal=plan.goal,
        goal_step=StaircaseStep.objects.filter(goal__unit=team.unit, position=plan.step).first(),
        evaluation=plan.evaluation,
        learning=plan.learning,
        decision=plan.decision,
        is_shared=plan.is_shared,
    )
    write_past(Cycle.objects, [cycle])
    entries = [
        CycleEntry(
            cycle=cycle,
            kind=entry.kind,
            text=entry.text,
            added_on=begun_on + dt.timedelta(days=entry.after),
            data_kind=entry.data_kind,
            period=entry.period,
            group=entry.group,
        )
        for entry in plan.entries
    ]
    write_past(CycleEntry.objects, entries)
    write_past(Agreement.objects, [_trial(cast, cycle, *trial) for trial in plan.trials])
    return cycle


def _trial(cast: Cast, cycle: Cycle, text: str, after: int, due_in: int) -> Agreement:
    due_on = cast.today + dt.timedelta(days=due_in)
    is_done = due_in < 0
    return Agreement(
        team=cycle.team,
        text=text,
        agreed_on=cycle.begun_on + dt.timedelta(days=after),
        due_on=due_on,
        state=AgreementState.DONE if is_done else AgreementState.OPEN,
        settled_on=due_on if is_done else None,
        check_on=add_months(due_on, MONTHS_UNTIL_ASKED) if is_done else None,
        source=AgreementSource.CYCLE,
        source_id=cycle.pk,
    )
