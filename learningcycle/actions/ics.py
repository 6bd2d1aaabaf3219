"""Taking a team's meetings over from its own calendar."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from learningcycle.models import Meeting
from learningcycle.queries import known_starts
from learningcycle.rules import Span
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change
from teams.models import Team


@dataclass(frozen=True, slots=True)
class TakenOver:
    """How many meetings were new, and how many of those that are to come stood in the portal already."""

    created: int
    known: int


def take_over_meetings(*, by: User, team: Team, spans: Iterable[Span], token: uuid.UUID | None = None) -> TakenOver:
    """Plan meetings that stand in the team's own calendar and stay there: no invitation, no copy in the feed.

    The moment a meeting begins says which it is, so the same file a second time changes nothing; nor does one bring
    back what a person has cancelled.
    """
    coming: dict[dt.datetime, Span] = {span.starts_at: span for span in spans if span.starts_at > timezone.now()}
    with change(by=by, verb="take over meetings from calendar", token=token):
        Team.objects.select_for_update(no_key=True).get(pk=team.pk)
        known = known_starts(team)
        fresh = [
            Meeting(
                team=team,
                starts_at=span.starts_at,
                ends_at=span.ends_at,
                in_own_calendar=True,
                changed_by_person=True,
            )
            for starts_at, span in sorted(coming.items())
            if starts_at not in known
        ]
        Meeting.objects.bulk_create(fresh, ignore_conflicts=True)
    return TakenOver(created=len(fresh), known=len(coming) - len(fresh))
