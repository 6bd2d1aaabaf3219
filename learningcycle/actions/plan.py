"""Keeping the coming months planned: what the rhythms say, less what people decided themselves."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from learningcycle.enums import MeetingState
from learningcycle.models import Meeting, Rhythm
from learningcycle.queries import active_rhythms, rhythm_slots
from learningcycle.rules import Slot
from slf_portal.audit.actions import change
from slf_portal.common.dates import at, first_of_month, start_of_day


@dataclass(frozen=True, slots=True)
class Planned:
    """How many meetings a run created, moved to an open day, and took out."""

    created: int = 0
    moved: int = 0
    cancelled: int = 0


def plan_ahead(*, today: dt.date) -> Planned:
    """Make the plan of this month and the coming ones what the rhythms say. Safe to run twice at once.

    One meeting at most per rhythm and month, cancelled ones included; what a person changed is never touched; a month in
    which the team already meets gets no second meeting.
    """
    rhythms = list(active_rhythms(today))
    slots = rhythm_slots(rhythms, today, settings.PLANNED_MONTHS_AHEAD)
    with change(by=None, verb="plan ahead"):
        existing = _existing(rhythms, today)
        taken = _months_with_other_meetings(rhythms, today)
        missing = [
            _meeting(rhythm, slot)
            for rhythm in rhythms
            for slot in slots[rhythm.pk]
            if slot.on
            and slot.on >= max(today, rhythm.starts_on)
            and (rhythm.ends_on is None or slot.on < rhythm.ends_on)
            and (rhythm.pk, slot.month) not in existing
            and (rhythm.team_id, slot.month) not in taken
        ]
        Meeting.objects.bulk_create(missing, ignore_conflicts=True)
        moved, cancelled = _follow_closures(rhythms, slots, existing, today)
    return Planned(created=len(missing), moved=moved, cancelled=cancelled)


def _existing(rhythms: list[Rhythm], today: dt.date) -> dict[tuple[int, dt.date], Meeting]:
    rows = Meeting.objects.select_for_update().filter(rhythm__in=rhythms, period__gte=first_of_month(today))
    return {(row.rhythm_id, row.period): row for row in rows.order_by("pk") if row.rhythm_id and row.period}


def _months_with_other_meetings(rhythms: list[Rhythm], today: dt.date) -> set[tuple[int, dt.date]]:
    own = {rhythm.pk for rhythm in rhythms}
    rows = (
        Meeting.objects.filter(
            team_id__in={rhythm.team_id for rhythm in rhythms}, starts_at__gte=start_of_day(first_of_month(today))
        )
        .exclude(Q(state=MeetingState.CANCELLED) | Q(rhythm_id__in=own))
        .order_by()
    )
    return {(row.team_id, first_of_month(row.on)) for row in rows}


def _meeting(rhythm: Rhythm, slot: Slot) -> Meeting:
    assert slot.on is not None
    return Meeting(
        team_id=rhythm.team_id,
        starts_at=at(slot.on, rhythm.starts_at),
        ends_at=at(slot.on, rhythm.ends_at),
        in_own_calendar=rhythm.in_own_calendar,
        rhythm=rhythm,
        period=slot.month,
    )


def _follow_closures(
    rhythms: list[Rhythm],
    slots: dict[int, list[Slot]],
    existing: dict[tuple[int, dt.date], Meeting],
    today: dt.date,
) -> tuple[int, int]:
    """Move untouched coming meetings off days that have been closed since, and bring them back when reopened."""
    moved = cancelled = 0
    for rhythm in rhythms:
        for slot in slots[rhythm.pk]:
            meeting = existing.get((rhythm.pk, slot.month))
            if meeting is None or not _is_ours(meeting, today):
                continue
            if slot.on is None and meeting.is_planned:
                meeting.state = MeetingState.CANCELLED
                cancelled += 1
            elif slot.on is not None and slot.on >= today and (meeting.on != slot.on or not meeting.is_planned):
                fresh = _meeting(rhythm, slot)
                meeting.starts_at, meeting.ends_at = fresh.starts_at, fresh.ends_at
                meeting.state = MeetingState.PLANNED
                moved += 1
            else:
                continue
            meeting.sequence += 1
            meeting.version += 1
            meeting.save()
    return moved, cancelled


def _is_ours(meeting: Meeting, today: dt.date) -> bool:
    """Untouched by people, and still to come."""
    return not meeting.changed_by_person and meeting.state != MeetingState.HELD and meeting.on > today
