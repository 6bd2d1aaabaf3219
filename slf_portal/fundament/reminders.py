"""Reading what decides the reminders, keeping the ledger to it, and checking that none is missing."""

import datetime as dt
import logging
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from learningcycle.queries import planned_meetings
from slf_portal.accounts.models import User
from slf_portal.common.dates import end_of_day, local_date
from slf_portal.fundament.queries import FACTS, fundament
from slf_portal.fundament.rules import (
    KINDS,
    LONGEST_CLOSURE_DAYS,
    ComingMeeting,
    TeamFacts,
    planned_reminders,
    team_of_subject,
)
from slf_portal.notifications.actions import keep_planned, note_sign
from slf_portal.notifications.enums import PLANNED_KINDS, LedgerState, Part, ReminderKind, WhyNot
from slf_portal.notifications.models import LedgerEntry
from slf_portal.notifications.rules import PLANNED_AHEAD, REMEMBERED, SENT_WITHIN, PlannedReminder
from teams.enums import Promise
from teams.models import Membership, ResourcePerson, Team
from teams.queries import (
    asked_for_yes,
    closed_days,
    partner_teams,
    people_of_teams,
    responsible_leaders,
    terms_of_teams,
)
from teams.rules import NOTHING, PromiseStatus

logger = logging.getLogger(__name__)

LONGEST_CLOSURE = dt.timedelta(days=LONGEST_CLOSURE_DAYS)


def facts_of_teams(teams: QuerySet[Team], now: dt.datetime) -> list[TeamFacts]:
    """What decides the reminders of those of the teams that have agreed on something. Seventeen queries."""
    today = local_date(now)
    terms = terms_of_teams(teams, today)
    agreed = [team for team in teams if terms[team.pk]]
    team_ids = [team.pk for team in agreed]
    facts = {promise: of_teams(team_ids, today) for promise, of_teams in FACTS.items()}
    meetings = _coming_meetings(team_ids, now)
    closed = closed_days({team.unit_id for team in agreed}, today - LONGEST_CLOSURE, today + 2 * LONGEST_CLOSURE)
    members = people_of_teams(Membership, team_ids, today)
    resource_persons = people_of_teams(ResourcePerson, team_ids, today)
    leaders = responsible_leaders(agreed, today)
    asked = asked_for_yes(team_ids, today)
    return [
        TeamFacts(
            team_id=team.pk,
            name=team.name,
            path=reverse("dashboard:team_detail", args=[team.pk]),
            starts_on=team.starts_on,
            terms=terms[team.pk],
            facts={promise: facts[promise].get(team.pk, NOTHING) for promise in FACTS},
            is_closed=closed[team.unit_id],
            is_quiet_today=closed[team.unit_id](today) and not settings.REMIND_ON_CLOSED_DAYS,
            meetings=meetings.get(team.pk, ()),
            members=_ids(members.get(team.pk, ())),
            resource_persons=_ids(resource_persons.get(team.pk, ())),
            leaders=_ids(leaders[team.pk]),
            asked_for_yes=tuple(asked.get(team.pk, ())),
        )
        for team in agreed
    ]


def _ids(people: Iterable[User]) -> frozenset[int]:
    return frozenset(person.pk for person in people)


def _coming_meetings(team_ids: Sequence[int], now: dt.datetime) -> dict[int, tuple[ComingMeeting, ...]]:
    today = local_date(now)
    rows = (
        planned_meetings(team_ids, today)
        .filter(starts_at__lt=end_of_day(today + PLANNED_AHEAD + LONGEST_CLOSURE))
        .order_by("team_id", "starts_at")
        .values_list("team_id", "pk", "starts_at", "in_own_calendar")
    )
    return {
        team_id: tuple(
            ComingMeeting(pk, local_date(starts_at), in_own_calendar, has_begun=starts_at <= now)
            for _team_id, pk, starts_at, in_own_calendar in group
        )
        for team_id, group in groupby(rows, key=lambda row: row[0])
    }


# The plan -------------------------------------------------------------------------------------------------------


def plan_reminders() -> None:
    """Make the ledger's reminders what the domain says now. Safe to run twice at once."""
    now = timezone.now()
    today = local_date(now)
    teams = facts_of_teams(partner_teams(today), now)
    known = {team.team_id: team for team in teams}
    keep_planned(
        planned=_planned(teams, today),
        kinds=PLANNED_KINDS,
        today=today,
        why_not=lambda entry: _why_not(entry, known.get(team_of_subject(entry.subject))),
    )


def _planned(teams: Iterable[TeamFacts], today: dt.date) -> set[PlannedReminder]:
    return {reminder for team in teams for reminder in planned_reminders(team, today)}


def _why_not(entry: LedgerEntry, team: TeamFacts | None) -> WhyNot:
    if team is None:
        return WhyNot.NOT_AGREED
    if entry.recipient_id not in team.recipients(ReminderKind(entry.kind)):
        return WhyNot.NOT_THEIRS
    return WhyNot.CLOSED if team.is_quiet_today else WhyNot.SETTLED


def last_look(entries: Sequence[LedgerEntry], now: dt.datetime) -> Mapping[int, WhyNot]:
    """For each planned entry's id that the domain no longer asks for the reason; asked just before sending."""
    today = local_date(now)
    entries = [entry for entry in entries if entry.kind in PLANNED_KINDS]
    if not entries:
        return {}
    asked = {team_of_subject(entry.subject) for entry in entries}
    teams = {team.team_id: team for team in facts_of_teams(partner_teams(today).filter(pk__in=asked), now)}
    keys = {reminder.key for reminder in _planned(teams.values(), today)}
    return {
        entry.pk: _why_not(entry, teams.get(team_of_subject(entry.subject)))
        for entry in entries
        if entry.key not in keys
    }


# The check ------------------------------------------------------------------------------------------------------


def check_reminders() -> None:
    """Plan, then look for reminders that are missing all the same; what is found turns the health page red."""
    plan_reminders()
    missing = missing_reminders(timezone.now())
    if missing:
        logger.error("Reminders missing in the ledger: %s", sorted(missing))
    note_sign(part=Part.RECONCILER, findings=len(missing))


def missing_reminders(now: dt.datetime) -> set[tuple[str, int]]:
    """Kind and team of each reminder that the statuses call for and the ledger does not have.

    Another way to the same thing: by the statuses that the leader sees, not by the plan.
    """
    today = local_date(now)
    teams = partner_teams(today)
    statuses = fundament(teams, today)
    expected = {
        (str(KINDS[promise]), team.team_id)
        for team in facts_of_teams(teams, now)
        for promise, status in statuses[team.team_id].items()
        if _is_called_for(team, promise, status, today)
    }
    planned = LedgerEntry.objects.filter(kind__in=PLANNED_KINDS, due_on__range=(today - REMEMBERED, today))
    entries = planned.exclude(state=LedgerState.CANCELLED)
    found = {(kind, team_of_subject(subject)) for kind, subject in entries.order_by().values_list("kind", "subject")}
    return expected - found


def _is_called_for(team: TeamFacts, promise: Promise, status: PromiseStatus, today: dt.date) -> bool:
    """It became "soon" in the last 14 days, on an open day, and asks today for someone who is there."""
    if not status.needs_someone or status.on is None or team.is_quiet_today:
        return False
    terms = team.terms[promise]
    soon = status.on - dt.timedelta(days=terms.soon_days)
    is_plain = (
        today - SENT_WITHIN <= soon <= today and soon.month not in terms.pause_months and not team.is_closed(soon)
    )
    return is_plain and bool(team.recipients(KINDS[promise]))
