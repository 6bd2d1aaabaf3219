"""Mandates: who gave what to whom, what waits for an answer, and the role they speak to."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from slf_portal.accounts.models import User
from slf_portal.audit.queries import Change, history_where
from teams.enums import ANSWERABLE, MandateState
from teams.models import ExpectationQuestion, Mandate, MandateMessage, ResourcePerson, RoleDescription, Team, Unit
from teams.queries.tree import line_of, with_parts
from teams.standing import Standing


@dataclass(frozen=True, slots=True)
class GivenTime:
    """Hours a month given in mandates: those taken on, and those that wait for an answer. Never time spent."""

    taken: Decimal
    taken_count: int
    waiting: Decimal
    waiting_count: int

    @property
    def is_any(self) -> bool:
        return bool(self.taken_count or self.waiting_count)


def teams_to_ask(standing: Standing, unit: Unit, on: dt.date) -> QuerySet[Team]:
    """The teams in the unit and its parts that the person leads, in Danish order. Two queries."""
    led = Q(pk__in=standing.leads_teams) | Q(unit_id__in=standing.leads_units)
    teams = Team.objects.active(on).filter(led, unit_id__in=with_parts(frozenset({unit.pk})))
    return teams.select_related("unit").order_by("unit__sort_key", "sort_key", "pk")


def people_to_ask(standing: Standing, teams: QuerySet[Team], on: dt.date) -> QuerySet[User]:
    """The resource persons who serve the teams, without the person herself, in Danish order."""
    serving = ResourcePerson.objects.in_force(on).filter(team__in=teams.order_by()).values("person_id")
    people = User.objects.filter(pk__in=serving, is_active=True).exclude(pk=standing.person_id)
    return people.order_by("sort_key", "pk")


def serves_team(person: User, team: Team, on: dt.date) -> bool:
    return ResourcePerson.objects.in_force(on).filter(team=team, person=person).exists()


def mandates_given(standing: Standing) -> QuerySet[Mandate]:
    """Those on whose giving side the person is: permissions.gives_mandate as a condition."""
    return _told().filter(_is_given(standing))


def mandates_received(standing: Standing) -> QuerySet[Mandate]:
    """Those on whose receiving side the person is: permissions.receives_mandate as a condition."""
    return _told().filter(_is_received(standing))


def mandates_read(standing: Standing) -> QuerySet[Mandate]:
    """Those the person may read: permissions.can_read_mandate as a condition."""
    about_own_teams = Q(team_id__in=standing.member_of | standing.serves)
    return _told().filter(_is_given(standing) | _is_received(standing) | about_own_teams)


def mandates_of(team: Team) -> QuerySet[Mandate]:
    """The mandates to the team, and to resource persons about it."""
    return _told().filter(team=team)


def questions_to_leader(standing: Standing) -> QuerySet[Mandate]:
    """Mandates to be talked about in which the other side has the last word, the longest waiting first."""
    asked = mandates_given(standing).filter(state=MandateState.TALK)
    return _with_last_word(asked).filter(last_is_from_leader=False).order_by("last_at", "pk")


def unanswered_by_leader(team_ids: list[int]) -> list[Mandate]:
    """The same for teams, whoever leads them. One query."""
    asked = _told().filter(state=MandateState.TALK, team_id__in=team_ids)
    return list(_with_last_word(asked).filter(last_is_from_leader=False).order_by("last_at", "pk"))


def mandates_to_answer(standing: Standing) -> QuerySet[Mandate]:
    """What the person is asked to take on and has not answered, or has been answered about; the soonest due first."""
    open_ones = _with_last_word(mandates_received(standing).filter(state__in=ANSWERABLE))
    return open_ones.filter(Q(state=MandateState.SENT) | Q(last_is_from_leader=True)).order_by("due_on", "pk")


def given_time(mandates: QuerySet[Mandate]) -> GivenTime:
    """What the open mandates among these give in hours a month. One query."""
    taken, waiting = Q(state=MandateState.ACCEPTED), Q(state__in=ANSWERABLE)
    sums = mandates.order_by().aggregate(
        taken=Sum("hours_per_month", filter=taken, default=Decimal(0)),
        taken_count=Count("pk", filter=taken),
        waiting=Sum("hours_per_month", filter=waiting, default=Decimal(0)),
        waiting_count=Count("pk", filter=waiting),
    )
    return GivenTime(**sums)


def thread_of(mandate: Mandate) -> QuerySet[MandateMessage]:
    """The lines about it, the latest first."""
    return mandate.messages.select_related("writer").order_by("-at", "-pk")


def expectation_questions() -> list[ExpectationQuestion]:
    return list(ExpectationQuestion.objects.filter(is_asked=True))


def units_to_ask_from(standing: Standing) -> list[Unit]:
    """The units a leader writes mandates from: the topmost she leads, and those of teams she is responsible for."""
    led = Unit.objects.filter(pk__in=standing.leads_units).exclude(parent_id__in=standing.leads_units)
    of_teams = Unit.objects.filter(pk__in=standing.units_of_led_teams - standing.leads_units)
    return list((led | of_teams).order_by("sort_key", "pk"))


def role_description_of(unit: Unit) -> RoleDescription | None:
    """The unit's own description of the resource person's role, else the nearest one above it. Two queries."""
    line = line_of(unit.pk)
    found = {row.unit_id: row for row in RoleDescription.objects.filter(unit_id__in=line).select_related("unit")}
    return next((found[unit_id] for unit_id in line if unit_id in found), None)


def role_description_changes(description: RoleDescription) -> list[Change]:
    """Every change of the description, whoever made it, the latest first."""
    return history_where(RoleDescription, unit_id=description.unit_id)


def _told() -> QuerySet[Mandate]:
    """With the names that a line tells, in the model's order: open ones first, the soonest due first."""
    return Mandate.objects.select_related("unit", "team__unit", "recipient", "given_by")


def _is_given(standing: Standing) -> Q:
    of_unit = Q(team__isnull=True, unit_id__in=standing.leads_units)
    to_others = Q(recipient__isnull=True) | ~Q(recipient_id=standing.person_id)
    return (_leads_its_team(standing) | of_unit) & to_others


def _is_received(standing: Standing) -> Q:
    hers = Q(recipient_id=standing.person_id, team_id__in=standing.serves)
    if standing.serves:
        hers |= Q(recipient_id=standing.person_id, team__isnull=True)
    teams = Q(recipient__isnull=True, team_id__in=standing.member_of | standing.serves)
    return hers | (teams & ~_leads_its_team(standing))


def _leads_its_team(standing: Standing) -> Q:
    return Q(team_id__in=standing.leads_teams) | Q(team__unit_id__in=standing.leads_units)


def _with_last_word(mandates: QuerySet[Mandate]) -> QuerySet[Any]:
    """With `last_is_from_leader` and `last_at`, of the latest line in the thread; None where there is none."""
    latest = MandateMessage.objects.filter(mandate=OuterRef("pk")).order_by("-at", "-pk")
    return mandates.annotate(
        last_is_from_leader=Subquery(latest.values("is_from_leader")[:1]), last_at=Subquery(latest.values("at")[:1])
    )
