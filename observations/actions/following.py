"""Planned visits follow their teams: who joins one is booked and invited, who leaves gets her time back."""

import datetime as dt
from dataclasses import replace

from observations.actions.bookings import let_in, lock_time
from observations.actions.telling import tell_of_visit
from observations.enums import BookingPart
from observations.models import Visit
from observations.queries import claim_of, visits_with_other_members
from slf_portal.audit.actions import change
from slf_portal.notifications.enums import ReminderKind
from slf_portal.notifications.queries import invited_to


def follow_members(*, now: dt.datetime) -> None:
    """Let every visit to come take the time of those who are members of its team that day. Can be said again.

    Asked of the rows, and not told of a change: a membership may change in many places, or was given
    its date long ago.
    """
    for pk in visits_with_other_members(now):
        _follow(pk)


def _follow(pk: int) -> None:
    with change(by=None, verb="let visit follow members"):
        rows = Visit.objects.select_for_update(of=("self",)).select_related("team__unit", "visitor")
        visit = rows.get(pk=pk)
        if not visit.is_planned:
            return
        claim = claim_of(visit)
        lock_time([claim], visit.team)
        booked = visit.bookings.filter(part=BookingPart.TAKES_PART)
        booked.exclude(person__in=claim.taking_part).delete()
        there = frozenset(booked.values_list("person_id", flat=True))
        # Who is busy then is let in once she is free.
        joined = let_in(visit, replace(claim, doing=frozenset(), taking_part=claim.taking_part - there))
        tell_of_visit(visit, kind=ReminderKind.VISIT_BOOKED, to=joined)
        left = invited_to(f"visit:{visit.pk}") - claim.doing - claim.taking_part
        tell_of_visit(visit, kind=ReminderKind.VISIT_LEFT, to=left)
