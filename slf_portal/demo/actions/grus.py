"""The team's GRUS: those that were held, what was said in the latest, and the day of the next."""

import datetime as dt

from slf_portal.demo.actions.past import write_past
from slf_portal.demo.actions.stage import Stage
from slf_portal.demo.defaults.grus import TALKS, Point, TalkPlan
from slf_portal.demo.defaults.organisation import OFFICE, SCHOOL
from teams.actions import (
    GrusTime,
    QuestionWriting,
    Talk,
    Writing,
    add_row,
    hold_grus,
    plan_grus,
    propose_grus,
    write_notes,
    write_questions,
)
from teams.enums import AgreementSource, AgreementState, GrusState, Promise
from teams.models import Agreement, Grus
from teams.queries import grus_leaders, grus_questions

BEGINS, ENDS = dt.time(9), dt.time(11)
# Where what was said is in the portal.
TELLING = frozenset({OFFICE, SCHOOL})


def write_grus(stage: Stage, since: dt.date) -> None:
    """Held with the leader who was responsible that day, from `since` on."""
    if stage.story.grus_due is not None:
        for back, day in enumerate(stage.days_kept(Promise.GRUS, stage.story.grus_due, since)):
            if back == 0 and stage.team.unit.name in TELLING:
                _hold(stage, day, TALKS[stage.team.pk % len(TALKS)])
            else:
                _note_held(stage, day)
    if stage.story.grus_planned is not None:
        on = stage.open_day_in(stage.story.grus_planned)
        plan_grus(by=grus_leaders(stage.team, on)[0], team=stage.team, time=GrusTime(on, BEGINS, ENDS))
    if stage.story.grus_proposed is not None:
        on = stage.open_day_in(stage.story.grus_proposed)
        line = "Den dag har vi alligevel fælles møde om formiddagen."
        propose_grus(by=stage.member, team=stage.team, time=GrusTime(on, BEGINS, ENDS), line=line)


def _note_held(stage: Stage, on: dt.date) -> None:
    leader = grus_leaders(stage.team, on)[0]
    add_row(by=leader, row=Grus(team=stage.team, on=on, state=GrusState.HELD, leader=leader, leader_present=True))


def _hold(stage: Stage, on: dt.date, plan: TalkPlan) -> None:
    """Hold it as people do: questions, notes to them, held; the points with the days they had then."""
    leader = grus_leaders(stage.team, on)[0]
    row = Grus(team=stage.team, on=on, begins=BEGINS, ends=ENDS, leader=leader)
    (grus,) = write_past(Grus.objects, [row])
    questions = {place: QuestionWriting(theme, text) for place, (theme, text, _) in enumerate(plan.notes, start=1)}
    write_questions(by=stage.member, grus=grus, writings=questions)
    said = [text for _, _, text in plan.notes]
    notes = {question.pk: Writing(text, "") for question, text in zip(grus_questions(grus), said, strict=True)}
    write_notes(by=stage.member, grus=grus, talk=Talk(notes, []))
    hold_grus(by=leader, grus=grus, leader=leader, leader_present=True)
    write_past(Agreement.objects, [_agreement(stage, grus, point) for point in plan.points])


def _agreement(stage: Stage, grus: Grus, point: Point) -> Agreement:
    """What was agreed on then, and done by now when its day has passed."""
    due_on = grus.on + dt.timedelta(weeks=point.weeks)
    is_done = due_on < stage.today
    return Agreement(
        team=stage.team,
        text=point.text,
        owner=None if point.is_the_teams else stage.member,
        agreed_on=grus.on,
        due_on=due_on,
        state=AgreementState.DONE if is_done else AgreementState.OPEN,
        settled_on=due_on if is_done else None,
        source=AgreementSource.GRUS,
        source_id=grus.pk,
    )
