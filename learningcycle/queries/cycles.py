"""A team's learning cycles."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from learningcycle.enums import CycleState, EntryKind
from learningcycle.models import Cycle, CycleEntry, TemplateStep
from learningcycle.rules import Written
from teams.enums import AgreementSource, AgreementState
from teams.models import Agreement, StaircaseStep, Team
from teams.queries import AgreementCounts, SourceLabel, agreements_to_read, steps_of_unit
from teams.standing import Standing


def only_running_cycle(team: Team) -> Cycle | None:
    """What the team is learning about when nobody says so: its running cycle, where it has just one. One query."""
    running = running_cycles(team)
    return running[0] if len(running) == 1 else None


def running_cycles(team: Team) -> list[Cycle]:
    """The team's cycles that are not closed, the latest first."""
    return list(team.cycles.filter(state=CycleState.RUNNING).select_related("phase", "version_used"))


def closed_cycles(team: Team) -> QuerySet[Cycle]:
    """The team's cycles that are closed, the latest first."""
    closed = team.cycles.filter(state=CycleState.CLOSED).select_related("phase", "version_used")
    return closed.order_by("-closed_on", "-pk")


def closed_cycle(team: Team, pk: int) -> Cycle | None:
    """The team's closed cycle with that id, which another may follow."""
    return closed_cycles(team).select_related("next_cycle").filter(pk=pk).first()


def phases_of(cycle: Cycle) -> list[TemplateStep]:
    """The phases of the template it began with, in order. One query."""
    return list(cycle.version_used.steps.all())


def trial_actions(cycle: Cycle) -> Q:
    """The condition that an agreement is a trial action of the cycle: made on its page, or at one of its meetings."""
    meetings = cycle.conversations.values("meeting_id")
    return Q(source=AgreementSource.CYCLE, source_id=cycle.pk) | Q(
        source=AgreementSource.MEETING, source_id__in=meetings
    )


@dataclass(frozen=True, slots=True)
class CycleContents:
    """What a team has written in a cycle, its trial actions as far as the reader may read them, and how much it is."""

    data: list[CycleEntry]
    interpretations: list[CycleEntry]
    signs: list[CycleEntry]
    log: list[CycleEntry]
    actions: list[Agreement]
    written: Written


def contents_of(cycle: Cycle, standing: Standing, on: dt.date) -> CycleContents:
    """Everything written in it. Two queries."""
    kinds: dict[str, list[CycleEntry]] = {kind: [] for kind in EntryKind}
    for entry in cycle.entries.all():
        kinds[entry.kind].append(entry)
    actions = list(agreements_to_read(standing, cycle.team, on).filter(trial_actions(cycle)))
    return CycleContents(
        data=kinds[EntryKind.DATA],
        interpretations=kinds[EntryKind.INTERPRETATION],
        signs=kinds[EntryKind.SIGN],
        log=kinds[EntryKind.LOG],
        actions=actions,
        written=Written(
            focus=bool(cycle.focus),
            data=len(kinds[EntryKind.DATA]),
            interpretations=len(kinds[EntryKind.INTERPRETATION]),
            goal=bool(cycle.goal),
            signs=len(kinds[EntryKind.SIGN]),
            actions=len(actions),
            tried=sum(action.state != AgreementState.DROPPED for action in actions),
            unsettled=sum(not action.is_settled for action in actions),
            learning=bool(cycle.learning),
        ),
    )


def trial_action_counts(cycle: Cycle) -> AgreementCounts:
    """How many trial actions there are, for whoever may not read them. One query."""
    states = {
        name: Count("pk", filter=Q(state=state))
        for name, state in (
            ("open", AgreementState.OPEN),
            ("under_way", AgreementState.UNDER_WAY),
            ("done", AgreementState.DONE),
        )
    }
    return AgreementCounts(**Agreement.objects.filter(trial_actions(cycle), team=cycle.team_id).aggregate(**states))


def goal_steps(cycle: Cycle, on: dt.date) -> QuerySet[StaircaseStep]:
    """The steps that its goal can be tied to: those that hold for the unit, and the one chosen before."""
    held = steps_of_unit(cycle.team.unit, on).order_by().values("pk")
    steps = StaircaseStep.objects.filter(Q(pk__in=held) | Q(pk=cycle.goal_step_id)).select_related("goal")
    return steps.order_by("goal__position", "goal_id", "position", "pk")


def cycle_labels(ids: Collection[int]) -> dict[int, SourceLabel]:
    """For the ids of cycles what trial actions call them, and their pages. One query."""
    titles = Cycle.objects.filter(pk__in=ids).values_list("pk", "title")
    return {
        pk: SourceLabel(
            _("the learning cycle “%(title)s”") % {"title": title}, reverse("learningcycle:cycle_detail", args=[pk])
        )
        for pk, title in titles
    }
