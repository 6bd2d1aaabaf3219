"""Keeping the coming months planned: what the rhythms say, less what people decided themselves."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from learningcycle.enums import MeetingState
from learningcycle.models import Meeting, Rhythm
from learningcycle.queries import active_rhythms, rhythm_slots
from slf_portal.audit.actions import change
from slf_portal.common.dates import at, first_of_month, start_of_day

# The id of a rhythm, and the first day of a month.
Key = tuple[int, dt.date]


@dataclass(frozen=True, slots=True)
class Planned:
    """How many meetings a run found missing, moved to an open day, and took out."""

    created: int = 0
    moved: int = 0
    cancelled: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What the rhythms in force say from a day on: for each and every coming month a day, or none."""

    today: dt.date
    rhythms: dict[int, Rhythm]
    days: dict[Key, dt.date | None]

    def meeting(self, key: Key, day: dt.date) -> Meeting:
        """The meeting as the rhythm has it, not saved."""
        rhythm = self.rhythms[key[0]]
        return Meeting(
            team_id=rhythm.team_id,
            starts_at=at(day, rhythm.starts_at),
            ends_at=at(day, rhythm.ends_at),
            in_own_calendar=rhythm.in_own_calendar,
            rhythm=rhythm,
            period=key[1],
        )

    def covers(self, key: Key) -> bool:
        """Whether it says what becomes of that meeting; for a rhythm that is over, none comes."""
        return key in self.days or key[0] not in self.rhythms


@dataclass(frozen=True, slots=True)
class Taken:
    """When the teams meet already: at what moments, and in what months on other grounds than their rhythm."""

    moments: frozenset[tuple[int, dt.datetime]]
    months: frozenset[tuple[int, dt.date]]

    def has_room_for(self, meeting: Meeting) -> bool:
        return (meeting.team_id, meeting.starts_at) not in self.moments

    def has_month_for(self, meeting: Meeting) -> bool:
        return self.has_room_for(meeting) and (meeting.team_id, first_of_month(meeting.on)) not in self.months


def plan_ahead(*, today: dt.date) -> Planned:
    """Make the plan of this month and the coming ones what the rhythms say. Safe to run twice at once.

    One meeting at most per rhythm and month, cancelled ones included; what a person changed is never touched; a month
    in which the team meets anyway, outside the rhythm, gets no second meeting; none comes after rhythm or team ended.
    """
    plan = _plan(today)
    with change(by=None, verb="plan ahead"):
        existing = _existing(today)
        taken = _taken(plan)
        created = _create_missing(plan, existing, taken)
        moved, cancelled = _follow(plan, existing, taken)
    return Planned(created=created, moved=moved, cancelled=cancelled)


def _plan(today: dt.date) -> Plan:
    rhythms = {rhythm.pk: rhythm for rhythm in active_rhythms(today)}
    slots = rhythm_slots(rhythms.values(), today, settings.PLANNED_MONTHS_AHEAD)
    days = {
        (pk, slot.month): slot.on if slot.on and _holds(rhythm, slot.on) else None
        for pk, rhythm in rhythms.items()
        for slot in slots[pk]
    }
    return Plan(today, rhythms, days)


def _holds(rhythm: Rhythm, day: dt.date) -> bool:
    """The rhythm is in force that day, and the team is there."""
    return rhythm.is_in_force(day) and (rhythm.team.ends_on is None or day < rhythm.team.ends_on)


def _existing(today: dt.date) -> dict[Key, Meeting]:
    rows = Meeting.objects.select_for_update().filter(rhythm__isnull=False, period__gte=first_of_month(today))
    return {(row.rhythm_id, row.period): row for row in rows.order_by("pk") if row.rhythm_id and row.period}


def _taken(plan: Plan) -> Taken:
    teams = {rhythm.team_id for rhythm in plan.rhythms.values()}
    since = start_of_day(first_of_month(plan.today))
    rows = list(Meeting.objects.filter(team_id__in=teams, starts_at__gte=since).exclude(state=MeetingState.CANCELLED))
    others = (row for row in rows if row.rhythm_id not in plan.rhythms)
    return Taken(
        moments=frozenset((row.team_id, row.starts_at) for row in rows),
        months=frozenset((row.team_id, first_of_month(row.on)) for row in others),
    )


def _create_missing(plan: Plan, existing: dict[Key, Meeting], taken: Taken) -> int:
    wanted = [
        plan.meeting(key, day)
        for key, day in plan.days.items()
        if day is not None and day >= plan.today and key not in existing
    ]
    missing = [meeting for meeting in wanted if taken.has_month_for(meeting)]
    Meeting.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def _follow(plan: Plan, existing: dict[Key, Meeting], taken: Taken) -> tuple[int, int]:
    """Move untouched coming meetings off days that have been closed since, and bring them back when reopened."""
    moved = cancelled = 0
    for key, meeting in existing.items():
        if not (plan.covers(key) and _is_ours(meeting, plan.today)):
            continue
        day = plan.days.get(key)
        if day is not None and (day < plan.today or (meeting.is_planned and meeting.on == day)):
            continue
        fresh = plan.meeting(key, day) if day else None
        if fresh and (taken.has_room_for(fresh) if meeting.is_planned else taken.has_month_for(fresh)):
            _change(meeting, MeetingState.PLANNED, fresh)
            moved += 1
        elif meeting.is_planned:
            _change(meeting, MeetingState.CANCELLED, meeting)
            cancelled += 1
    return moved, cancelled


def _is_ours(meeting: Meeting, today: dt.date) -> bool:
    """Untouched by people, and still to come."""
    return not meeting.changed_by_person and meeting.state != MeetingState.HELD and meeting.on > today


def _change(meeting: Meeting, state: MeetingState, times: Meeting) -> None:
    meeting.state, meeting.starts_at, meeting.ends_at = state, times.starts_at, times.ends_at
    meeting.sequence += 1
    meeting.changed_at = timezone.now()
    meeting.version += 1
    meeting.save()
