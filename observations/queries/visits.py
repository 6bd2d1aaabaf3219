"""What the rooms above ask of visits."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from observations.enums import VisitState
from observations.models import Visit
from observations.queries.bookings import Claim, members_on
from slf_portal.accounts.models import User
from slf_portal.common import sql
from slf_portal.common.dates import add_months, end_of_day, start_of_day
from slf_portal.common.templatetags.portal import until
from teams.models import Team
from teams.rules import Facts

# How far back a team's page goes.
SHOWN_MONTHS = 24

_FACTS = """
    SELECT team_id,
        (max(starts_at) FILTER (
            WHERE state = 'held' AND is_evaluated AND starts_at < %(tomorrow)s
        ) AT TIME ZONE 'Europe/Copenhagen')::date,
        (min(starts_at) FILTER (
            WHERE starts_at >= %(tomorrow)s OR (state = 'planned' AND starts_at >= %(today)s)
        ) AT TIME ZONE 'Europe/Copenhagen')::date
    FROM observations_visit
    WHERE team_id = ANY(%(teams)s) AND state <> 'cancelled'
    GROUP BY team_id
"""


def visit_facts(team_ids: Iterable[int], as_of: dt.date) -> dict[int, Facts]:
    """When each team was last visited and the conversation evaluated, and when the next visit is. One query."""
    found = sql.rows(_FACTS, teams=list(team_ids), today=start_of_day(as_of), tomorrow=end_of_day(as_of))
    return {team_id: Facts(*dates) for team_id, *dates in found}


def claim_of(visit: Visit) -> Claim:
    """The time that a visit takes: its visitor's and that of the team's members that day."""
    return Claim(
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        unit_id=visit.team.unit_id,
        doing=frozenset({visit.visitor_id}),
        taking_part=members_on(visit.team, visit.on) - {visit.visitor_id},
    )


_WITH_OTHER_MEMBERS = """
    SELECT visit.id
    FROM observations_visit AS visit
    CROSS JOIN LATERAL (SELECT (visit.starts_at AT TIME ZONE 'Europe/Copenhagen')::date) AS day ("on")
    WHERE visit.state = 'planned' AND visit.starts_at > %(now)s
        AND ARRAY(
            SELECT DISTINCT person_id FROM teams_membership
            WHERE team_id = visit.team_id AND person_id <> visit.visitor_id
                AND starts_on <= day."on" AND (ends_on IS NULL OR ends_on > day."on")
            ORDER BY person_id
        ) <> ARRAY(
            SELECT person_id FROM observations_booking
            WHERE visit_id = visit.id AND part = 'takes_part'
            ORDER BY person_id
        )
    ORDER BY visit.id
"""


def visits_with_other_members(now: dt.datetime) -> list[int]:
    """The ids of visits to come whose team has other members that day than those whose time is taken. One query."""
    return [pk for (pk,) in sql.rows(_WITH_OTHER_MEMBERS, now=now)]


def visits_in_the_way(team: Team, claim: Claim, *, but: Visit | None = None) -> QuerySet[Visit]:
    """The planned visits to the team at that time, whoever makes them."""
    rows = team.visits.filter(state=VisitState.PLANNED, starts_at__lt=claim.ends_at, ends_at__gt=claim.starts_at)
    return rows if but is None else rows.exclude(pk=but.pk)


def planned_visits(since: dt.date) -> QuerySet[Visit]:
    """Visits from that day on that nobody has said were held or cancelled, the earliest first."""
    return Visit.objects.filter(state=VisitState.PLANNED, starts_at__gte=start_of_day(since)).select_related(
        "team__unit", "visitor"
    )


def coming_visits(team: Team, on: dt.date) -> QuerySet[Visit]:
    """The planned visits to the team from that day on that have not begun."""
    since = max(start_of_day(on), timezone.now())
    return team.visits.filter(state=VisitState.PLANNED, starts_at__gte=since)


def visits_between(team_ids: Iterable[int], since: dt.date, until: dt.date) -> QuerySet[Visit]:
    """The visits to the teams on the days `[since, until)`, held or planned, the earliest first."""
    return Visit.objects.filter(
        team_id__in=team_ids, starts_at__gte=start_of_day(since), starts_at__lt=start_of_day(until)
    ).exclude(state=VisitState.CANCELLED)


@dataclass(frozen=True, slots=True)
class TeamVisits:
    """A team's visits around a day: `coming` the next first; `to_note` and `held` the latest first."""

    coming: list[Visit]
    to_note: list[Visit]
    held: list[Visit]


def visits_of(team: Team, on: dt.date) -> TeamVisits:
    """The team's visits of the last two years and all that are planned. One query."""
    since = start_of_day(add_months(on, -SHOWN_MONTHS))
    visits = team.visits.filter(starts_at__gte=since).exclude(state=VisitState.CANCELLED)
    rows = list(visits.select_related("visitor"))
    planned = [visit for visit in rows if visit.is_planned]
    return TeamVisits(
        coming=[visit for visit in planned if visit.on >= on],
        to_note=[visit for visit in reversed(planned) if visit.on < on],
        held=[visit for visit in reversed(rows) if visit.state == VisitState.HELD],
    )


def planned_visit_words(team_ids: Collection[int], on: dt.date) -> dict[int, list[str]]:
    """For each team's id the planned visits to it from that day on, in words. One query."""
    return _in_words(planned_visits(on).filter(team_id__in=team_ids, starts_at__gt=timezone.now()))


def own_visit_words(visitor: User, team_ids: Collection[int], on: dt.date) -> dict[int, list[str]]:
    """For each team's id the visits that the person has planned from that day on, in words. One query."""
    return _in_words(planned_visits(on).filter(team_id__in=team_ids, visitor=visitor))


def _in_words(visits: Iterable[Visit]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for visit in visits:
        words = _("visit %(when)s") % {"when": until(visit.starts_at, visit.ends_at)}
        found.setdefault(visit.team_id, []).append(words)
    return found
