"""What each front page shows beside the lines of the teams."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learningcycle.models import Gathering, Meeting
from learningcycle.queries import coming_gatherings, planned_meetings
from observations.models import PartnerVisit, PeerObservation, Visit
from observations.permissions import can_answer_offer
from observations.queries import partner_visits_with, peer_observations_to_see, planned_visits, waiting_offers
from slf_portal.accounts.models import CentralRoleRow, User
from slf_portal.common.dates import end_of_day, local_date
from slf_portal.common.templatetags.portal import long_day
from slf_portal.dashboard.queries.rows import TeamRow, Todo, team_rows
from teams.enums import GrusSide, MandateState, Promise, Status
from teams.models import (
    Grus,
    Mandate,
    Membership,
    PortfolioUnit,
    ResourcePerson,
    Team,
    TeamContract,
    TeamLeader,
    Unit,
    UnitLeader,
)
from teams.permissions import can_choose_terms
from teams.queries import (
    contracts_to_agree,
    contracts_to_see,
    mandates_to_answer,
    own_tasks,
    proposals_among,
    questions_to_leader,
    terms_of_teams,
)
from teams.rules import PromiseStatus
from teams.standing import Standing
from teams.templatetags.teams import grus_time

DAYS_AHEAD = 21
DUE_WITHIN_DAYS = 42
# A front page is no list: the others stand under "Mine opgaver".
TASKS_SHOWN = 6
# What nobody has noted for longer than this is history, not a task.
DAYS_BACK = 62


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the resource person's day."""

    time: dt.datetime
    title: str
    url: str
    detail: str
    action_url: str = ""
    action_label: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    day: dt.date
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Round:
    """A resource person's time: `days` from today on; what has passed and nobody has noted, the latest first."""

    days: list[Day]
    meetings_to_note: list[Meeting]
    visits_to_note: list[Visit]


def led_teams(standing: Standing, on: dt.date) -> QuerySet[Team]:
    """The active partner teams the person leads, in Danish order by unit."""
    teams = Team.objects.partner_teams().active(on).select_related("unit")
    own = teams.filter(pk__in=standing.leads_teams) | teams.filter(unit_id__in=standing.leads_units)
    return own.order_by("unit__sort_key", "sort_key", "pk")


def led_units(standing: Standing) -> QuerySet[Unit]:
    """The units the person leads, parts included, in Danish order."""
    return Unit.objects.filter(pk__in=standing.leads_units).order_by("sort_key", "pk")


def led_wholes(standing: Standing) -> QuerySet[Unit]:
    """The units the person leads, without those that are parts of another she leads, in Danish order."""
    return led_units(standing).exclude(parent_id__in=standing.leads_units)


def units_without_terms(standing: Standing, on: dt.date) -> list[Unit]:
    """Units the person leads whose partner teams have agreed on nothing."""
    teams = list(led_teams(standing, on))
    terms = terms_of_teams(teams, on)
    units = {team.unit.pk: team.unit for team in teams if not terms[team.pk]}
    return [unit for unit in units.values() if can_choose_terms(standing, unit)]


def leader_todos(standing: Standing, rows: Sequence[TeamRow], on: dt.date) -> list[Todo]:
    """What waits for a leader: questions about her mandates, a rhythm to choose, days for GRUS, contracts to see."""
    chosen = [
        Todo(
            _("%(unit)s has not chosen a rhythm.") % {"unit": unit.name},
            reverse("teams:unit_terms", args=[unit.pk]),
            _("Choose"),
        )
        for unit in units_without_terms(standing, on)
    ]
    to_see = [
        Todo(
            _("%(team)s has a contract of %(day)s.")
            % {"team": contract.team.name, "day": long_day(contract.in_force_on)},
            reverse("teams:contract_detail", args=[contract.team_id]),
            _("Read it"),
        )
        for contract in contracts_to_see(row.team_id for row in rows)
    ]
    proposals = proposals_among(led_teams(standing, on))
    proposed = {grus.team_id for grus in proposals}
    asked = [_answer_to(grus) for grus in proposals if grus.waits_for == GrusSide.LEADER]
    waiting = [
        Todo(
            _("%(team)s waits for a date for GRUS.") % {"team": row.name},
            reverse("teams:grus_plan", args=[row.team_id]),
            _("Find a time"),
        )
        for row in rows
        if row.needs_grus_date and row.team_id not in proposed
    ]
    return [*map(_question, questions_to_leader(standing)), *chosen, *asked, *to_see, *waiting]


def _answer_to(grus: Grus) -> Todo:
    """She says yes at once, or opens the page to propose another day."""
    answer = reverse("teams:grus_answer", args=[grus.pk])
    return Todo(
        _("%(team)s has proposed GRUS %(time)s.") % {"team": grus.team.name, "time": grus_time(grus)},
        label=_("Say yes"),
        detail=grus.line,
        other_url=answer,
        other_label=_("Other times"),
        post_url=answer,
        post_fields=(("answer", "yes"), ("version", str(grus.version))),
    )


def _question(mandate: Mandate) -> Todo:
    told = {"title": mandate.title, "team": mandate.team.name if mandate.team else ""}
    if mandate.recipient_id is not None:
        text = _('A resource person asks about the mandate "%(title)s".') % told
    else:
        text = _('%(team)s asks about the mandate "%(title)s".') % told
    return Todo(text, reverse("teams:mandate_detail", args=[mandate.pk]), _("Answer"))


def mandate_todos(standing: Standing) -> list[Todo]:
    """Mandates the person is asked to take on and has not answered. One query."""
    return [
        Todo(_asked(mandate), reverse("teams:mandate_detail", args=[mandate.pk]), _("Answer"))
        for mandate in mandates_to_answer(standing)
    ]


def _asked(mandate: Mandate) -> str:
    told = {"title": mandate.title, "to": mandate.team.name if mandate.team else ""}
    if mandate.state == MandateState.TALK:
        return _('The leader has answered about the mandate "%(title)s".') % told
    if mandate.recipient_id is not None:
        return _('A mandate to you: "%(title)s".') % told
    return _('A mandate to %(to)s: "%(title)s".') % told


def offer_todos(standing: Standing) -> list[Todo]:
    """Times for a visit that the person's teams are asked to choose among. Two queries."""
    offers = waiting_offers(standing.member_of | standing.serves)
    return [
        Todo(
            _("%(name)s offers %(team)s times for a visit.") % {"name": offer.visitor.name, "team": offer.team.name},
            reverse("observations:offer_detail", args=[offer.pk]),
            _("Choose a time"),
        )
        for offer in offers
        if can_answer_offer(standing, offer)
    ]


def peer_todos(standing: Standing, on: dt.date) -> list[Todo]:
    """What waits for her of peer observations of practice; nobody else ever sees that there is one. One query."""
    return [
        Todo(_peer_words(standing, peer), reverse("observations:peer_detail", args=[peer.pk]), _("See it"))
        for peer in peer_observations_to_see(standing.person_id, on)
    ]


def _peer_words(standing: Standing, peer: PeerObservation) -> str:
    if peer.observer_id == standing.person_id:
        told = {"name": peer.observed.name}
        asks, writes = _("%(name)s asks you to observe.") % told, _("You observe for %(name)s.") % told
        return asks if peer.is_asked else writes
    told = {"name": peer.observer.name}
    if peer.is_declined:
        return _("%(name)s cannot observe this time.") % told
    return _("%(name)s has handed her notes over to you.") % told


def people_never_signed_in() -> QuerySet[User]:
    """Active people who have not signed in yet."""
    return User.objects.filter(is_active=True, last_login__isnull=True).order_by("sort_key", "pk")


def people_without_role(on: dt.date) -> QuerySet[User]:
    """Active people for whom no role holds that day: they sign in to an empty page."""
    holders: list[QuerySet[Any, Any]] = [
        model.objects.in_force(on).order_by().values("person_id")
        for model in (CentralRoleRow, Membership, ResourcePerson, TeamLeader, UnitLeader, PortfolioUnit)
    ]
    people = User.objects.filter(is_active=True)
    for having in holders:
        people = people.exclude(pk__in=having)
    return people.order_by("sort_key", "pk")


def round_of(standing: Standing, on: dt.date) -> Round:
    """A resource person's meetings and visits: the coming three weeks, and what nobody has noted. Five queries."""
    since, until = on - dt.timedelta(days=DAYS_BACK), end_of_day(on + dt.timedelta(days=DAYS_AHEAD))
    hers = Q(visitor_id=standing.person_id) | Q(team_id__in=standing.serves)
    meetings = list(planned_meetings(standing.serves, since).filter(starts_at__lt=until))
    visits = list(planned_visits(since).filter(hers, starts_at__lt=until).prefetch_related("foci"))
    entries = [
        *(_meeting_entry(meeting) for meeting in meetings if meeting.on >= on),
        *(_visit_entry(visit) for visit in visits if visit.on >= on),
        *map(_partner_visit_entry, partner_visits_with(standing.person_id, on).filter(starts_at__lt=until)),
        *(_gathering_entry(gathering) for gathering in coming_gatherings(standing, on).filter(starts_at__lt=until)),
    ]
    entries.sort(key=lambda entry: entry.time)
    return Round(
        days=[Day(day, list(of_day)) for day, of_day in groupby(entries, key=lambda entry: local_date(entry.time))],
        meetings_to_note=[meeting for meeting in reversed(meetings) if meeting.on < on],
        # Only who serves the team can say that a visit was held.
        visits_to_note=[visit for visit in reversed(visits) if visit.on < on and visit.team_id in standing.serves],
    )


def _meeting_entry(meeting: Meeting) -> Entry:
    return Entry(
        time=meeting.starts_at,
        title=_("%(team)s meets") % {"team": meeting.team.name},
        url=reverse("learningcycle:meeting_detail", args=[meeting.pk]),
        detail=meeting.team.unit.name,
    )


def _gathering_entry(gathering: Gathering) -> Entry:
    """A fixed meeting beside the teams', with what is to be talked about: hers and the others' who take part."""
    count = gathering.points_left
    points = ngettext("%(count)d point", "%(count)d points", count) % {"count": count} if count else ""
    url = reverse("learningcycle:gathering_detail", args=[gathering.pk])
    return Entry(
        time=gathering.starts_at,
        title=capfirst(str(gathering.series)),
        url=url,
        detail=" · ".join(filter(None, (_("fixed meeting"), points))),
        action_url=f"{url}#id_text",
        action_label=_("Add a point"),
    )


def _partner_visit_entry(visit: PartnerVisit) -> Entry:
    """A learning partner's visit in which she takes part."""
    return Entry(
        time=visit.starts_at,
        title=capfirst(visit.get_kind_display()),
        url=reverse("observations:partner_visit_detail", args=[visit.pk]),
        detail=_("with %(name)s") % {"name": visit.partner.name},
    )


def _visit_entry(visit: Visit) -> Entry:
    """A visit, with what was agreed to look at."""
    url = reverse("observations:visit_detail", args=[visit.pk])
    by = _("by %(name)s") % {"name": visit.visitor.name}
    focus = [_("focus: %(focus)s") % {"focus": focus.text} for focus in visit.foci.all()]
    return Entry(
        time=visit.starts_at,
        title=_("Visit to %(team)s") % {"team": visit.team.name},
        url=url,
        detail=" · ".join([by, *focus]),
        action_url=url,
        action_label=_("Open the visit"),
    )


def tasks_due_soon(standing: Standing, on: dt.date) -> QuerySet[Any]:
    """What the person does herself within three weeks or should have done, the oldest first."""
    return own_tasks(standing, on, on + dt.timedelta(days=DAYS_AHEAD))[:TASKS_SHOWN]


def served_teams(standing: Standing, on: dt.date) -> QuerySet[Team]:
    """The active teams the person serves, in Danish order."""
    return Team.objects.active(on).filter(pk__in=standing.serves).select_related("unit").order_by("sort_key", "pk")


def own_teams(standing: Standing, on: dt.date) -> QuerySet[Team]:
    """The active teams the person is a member of, in Danish order."""
    return Team.objects.active(on).filter(pk__in=standing.member_of).select_related("unit").order_by("sort_key", "pk")


@dataclass(frozen=True, slots=True)
class OwnTeam:
    """A member's team: its line (none for groups without promises), the next meeting, what to note and to agree to."""

    team: Team
    row: TeamRow | None
    next_meeting: Meeting | None
    to_note: list[Meeting]
    to_agree: TeamContract | None


def member_teams(standing: Standing, on: dt.date) -> list[OwnTeam]:
    """The person's own teams. Ten queries, whatever their number."""
    teams = list(own_teams(standing, on))
    rows = {row.team_id: row for row in team_rows(standing, teams, on, today=on)}
    to_agree = contracts_to_agree(standing.person_id, [team.pk for team in teams])
    meetings: dict[int, list[Meeting]] = {team.pk: [] for team in teams}
    for meeting in planned_meetings(meetings, on - dt.timedelta(days=DAYS_BACK)):
        meetings[meeting.team_id].append(meeting)
    return [
        OwnTeam(
            team=team,
            row=rows.get(team.pk),
            next_meeting=next((meeting for meeting in meetings[team.pk] if meeting.on >= on), None),
            to_note=[meeting for meeting in reversed(meetings[team.pk]) if meeting.on < on],
            to_agree=to_agree.get(team.pk),
        )
        for team in teams
    ]


@dataclass(frozen=True, slots=True)
class DueVisit:
    """A team that needs a visit without a date; `by` is the day it should be held by, None when nothing says."""

    row: TeamRow
    by: dt.date | None


def due_visits(rows: Iterable[TeamRow], on: dt.date) -> list[DueVisit]:
    """Visits without a date that are due within six weeks or should have been held, the longest waiting first."""
    found = [DueVisit(row, _due_by(row.status_of(Promise.VISIT))) for row in rows if _needs_a_visit(row, on)]
    return sorted(found, key=lambda due: due.by or dt.date.min)


def _needs_a_visit(row: TeamRow, on: dt.date) -> bool:
    status = row.status_of(Promise.VISIT)
    if status.status in {Status.SOON, Status.OVERDUE, Status.UNKNOWN}:
        return True
    by = _due_by(status)
    return status.status in {Status.MET, Status.NOT_YET} and by is not None and (by - on).days <= DUE_WITHIN_DAYS


def _due_by(status: PromiseStatus) -> dt.date | None:
    return status.due_on if status.status is Status.MET else status.on
