"""A team's GRUS: when, about what, and what came of it."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from slf_portal.accounts.models import User
from slf_portal.audit.queries import Change, history_where, together
from slf_portal.common.dated import in_force
from slf_portal.common.dates import today
from slf_portal.common.templatetags.portal import long_day, short_day
from teams.enums import OPEN_GRUS, GrusState
from teams.models import Grus, GrusPoint, GrusQuestion, GrusQuestionTemplate, Team
from teams.models.grus import MOST_QUESTIONS
from teams.queries.agreements import SourceLabel
from teams.queries.people import responsible_leaders


def open_grus(team: Team) -> list[Grus]:
    """What is proposed or planned and not held yet, the next first. One query."""
    rows = team.grus_rows.filter(state__in=sorted(OPEN_GRUS)).select_related("leader", "proposed_by")
    return list(rows.order_by("on", "pk"))


def earlier_grus(team: Team) -> QuerySet[Grus]:
    """What was held or cancelled, the latest first."""
    return team.grus_rows.exclude(state__in=sorted(OPEN_GRUS)).select_related("leader").order_by("-on", "-pk")


def proposed_grus(team: Team) -> Grus | None:
    """The day that is proposed and not answered yet."""
    return team.grus_rows.filter(state=GrusState.PROPOSED).select_related("proposed_by").first()


def proposals_among(teams: QuerySet[Team]) -> list[Grus]:
    """Every proposal that one of the teams, or its leader, waits for an answer to, the next day first. One query."""
    rows = Grus.objects.filter(state=GrusState.PROPOSED, team__in=teams.order_by().values("pk"))
    return list(rows.select_related("team").order_by("on", "pk"))


def next_planned_grus(team: Team) -> Grus | None:
    """The next one that is planned."""
    return team.grus_rows.filter(state=GrusState.PLANNED, on__gte=today()).order_by("on", "pk").first()


def grus_between(team_ids: Collection[int], since: dt.date, until: dt.date) -> QuerySet[Grus]:
    """The teams' GRUS on the days `[since, until)`, held or planned, the earliest first."""
    arranged = (GrusState.PLANNED, GrusState.HELD)
    return Grus.objects.filter(team_id__in=team_ids, on__gte=since, on__lt=until, state__in=arranged).order_by("on")


def grus_leaders(team: Team, on: dt.date) -> list[User]:
    """Who is responsible for the team on that day, and so takes part. Four queries."""
    return responsible_leaders([team], on)[team.pk]


def grus_owners(team: Team) -> QuerySet[User]:
    """Who can take something upon her: the team's own people, in Danish order."""
    belonging = in_force(today(), "membership_rows__")
    return User.objects.filter(belonging, membership_rows__team=team, is_active=True).order_by("sort_key", "pk")


def grus_questions(grus: Grus) -> list[GrusQuestion]:
    """Its questions in order. One query."""
    return list(grus.questions.order_by("position"))


def suggested_grus_questions() -> list[GrusQuestionTemplate]:
    """What a new GRUS begins with: at most five. One query."""
    return list(GrusQuestionTemplate.objects.filter(is_offered=True)[:MOST_QUESTIONS])


def drafted_grus_points(grus: Grus) -> list[GrusPoint]:
    """The development points as they are being written, in the order they came. One query."""
    return list(grus.points.select_related("owner").order_by("pk"))


def grus_labels(ids: Collection[int]) -> dict[int, SourceLabel]:
    """For the ids of GRUS what agreements made there call them, and their pages. One query."""
    return {
        pk: SourceLabel(_("GRUS %(day)s") % {"day": short_day(grus.on)}, reverse("teams:grus_detail", args=[pk]))
        for pk, grus in Grus.objects.in_bulk(ids).items()
    }


def grus_falling_away(team_ids: Collection[int], on: dt.date) -> dict[int, list[str]]:
    """For each team's id the GRUS it loses when it ends that day, in words. One query."""
    found: dict[int, list[str]] = {}
    for grus in Grus.objects.filter(team_id__in=team_ids, on__gte=on, state__in=sorted(OPEN_GRUS)).order_by("on"):
        found.setdefault(grus.team_id, []).append(_("GRUS %(day)s") % {"day": long_day(grus.on)})
    return found


def grus_preparation(grus: Grus, person: User) -> str:
    """What the person herself has noted beforehand; empty for nothing. Ask it for nobody but who is signed in."""
    return grus.preparations.filter(person=person).values_list("text", flat=True).first() or ""


def grus_changes(grus: Grus) -> Sequence[Change]:
    """Every change of the GRUS and its questions, whoever made it, the latest first."""
    return together(history_where(Grus, id=grus.pk), history_where(GrusQuestion, grus_id=grus.pk))
