"""What the team's page and the unit's page show."""

import datetime as dt
from typing import Any

from django.conf import settings

from learningcycle.queries import meetings_of, rhythm_of, rhythm_slots
from observations.permissions import can_note_visits, can_plan_visits
from observations.queries import visits_of
from slf_portal.dashboard.queries.rows import team_rows
from slf_portal.fundament.queries import FACTS
from teams.models import Team, Unit
from teams.permissions import (
    can_ask_support,
    can_choose_terms,
    can_note_meetings,
    can_plan_meetings,
    can_see_names,
    can_view_unit,
)
from teams.queries import (
    coming_closures,
    district_of,
    learning_partners,
    people_of,
    terms_of_unit,
    unit_leaders,
)
from teams.standing import Standing


def team_page(standing: Standing, team: Team, on: dt.date) -> dict[str, Any]:
    """A team: its line, its people as far as the person may know them, its rhythm, meetings and visits."""
    rhythm = rhythm_of(team, on)
    slots = rhythm_slots([rhythm], on, settings.PLANNED_MONTHS_AHEAD)[rhythm.pk] if rhythm else []
    return {
        "team": team,
        "rows": team_rows(standing, [team], on, today=on),
        "people": people_of(team, on),
        "rhythm": rhythm,
        "months_without": [slot for slot in slots if slot.on is None],
        "meetings": meetings_of(team, on),
        "visits": visits_of(team, on),
        "may_see_unit": can_view_unit(standing, team.unit),
        "may_see_names": can_see_names(standing, team),
        "may_plan": can_plan_meetings(standing, team),
        "may_note": can_note_meetings(standing, team),
        "may_plan_visits": can_plan_visits(standing, team),
        "may_note_visits": can_note_visits(standing, team),
    }


def unit_page(standing: Standing, unit: Unit, on: dt.date) -> dict[str, Any]:
    """A unit: what it has agreed on, its teams with their lines, its parts and its closed days."""
    terms = terms_of_unit(unit, on)
    teams = Team.objects.active(on).filter(unit=unit).select_related("unit").order_by("sort_key", "pk")
    return {
        "unit": unit,
        "rows": team_rows(standing, teams, on, today=on),
        "other_groups": [team for team in teams if not team.has_promises],
        "terms": terms,
        "terms_by_promise": [(promise, terms.get(promise)) for promise in FACTS],
        "leaders": unit_leaders(unit, on),
        "district": district_of(unit, on),
        "partners": learning_partners(unit, on),
        "parts": unit.parts.order_by("sort_key", "pk"),
        "closures": coming_closures(unit, on),
        "may_see_parent": unit.parent is not None and can_view_unit(standing, unit.parent),
        "may_choose_terms": can_choose_terms(standing, unit),
        "may_ask_support": can_ask_support(standing, unit),
    }
