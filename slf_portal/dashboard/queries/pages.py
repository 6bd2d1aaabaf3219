"""What the team's page and the unit's page show."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from learningcycle.queries import meetings_of, rhythm_of, rhythm_slots
from observations.models import PartnerVisit, Visit, VisitOffer
from observations.permissions import (
    can_answer_offer,
    can_know_of_visit,
    can_note_visits,
    can_plan_partner_visits,
    can_plan_visits,
    can_read_partner_visit,
)
from observations.queries import cancelled_visits, coming_partner_visits, visits_of, waiting_offers
from slf_portal.common.dates import add_months
from slf_portal.dashboard.queries.rows import team_rows
from slf_portal.fundament.queries import FACTS
from teams.models import Team, Unit
from teams.permissions import (
    can_agree,
    can_answer_grus,
    can_ask_support,
    can_choose_terms,
    can_create_teams,
    can_form_teams,
    can_give_stand_ins,
    can_note_meetings,
    can_plan_grus,
    can_plan_meetings,
    can_propose_grus,
    can_read_agreements,
    can_read_contract,
    can_read_role_description,
    can_read_team_words,
    can_say_for_team,
    can_see_names,
    can_take_over_team,
    can_take_over_unit,
    can_take_part_in_grus,
    can_view_unit,
)
from teams.queries import (
    agreements_to_read,
    coming_closures,
    contract_in_force,
    counts_beside,
    district_of,
    goals_to_show,
    learning_partners,
    open_grus,
    people_of,
    stands_of_team,
    terms_of_unit,
    unit_leaders,
)
from teams.standing import Standing

# The rest stands on the page of its own.
AGREEMENTS_SHOWN = 8
PARTNER_VISITS_SHOWN = 3
# A visit that was cancelled longer ago is found in the history.
CANCELLED_MONTHS = 3


def team_page(standing: Standing, team: Team, on: dt.date) -> dict[str, Any]:
    """A team: its line, its people as far as the person may know them, its rhythm, meetings and visits."""
    rhythm = rhythm_of(team, on)
    slots = rhythm_slots([rhythm], on, settings.PLANNED_MONTHS_AHEAD)[rhythm.pk] if rhythm else []
    return {
        "team": team,
        "rows": team_rows(standing, [team], on, today=on),
        "people": people_of(team, on),
        "contract": contract_in_force(team) if can_read_contract(standing, team) else None,
        "rhythm": rhythm,
        "months_without": [slot for slot in slots if slot.on is None],
        "meetings": meetings_of(team, on),
        "visits": visits_of(team, on),
        "cancelled": _cancelled_visits(standing, team, on),
        "offers": _offers_to(standing, team),
        "agreements": agreements_to_read(standing, team, on).filter(settled_on=None)[:AGREEMENTS_SHOWN],
        "unread": counts_beside(standing, team, on),
        "grus": _grus_of(standing, team),
        "stands": stands_of_team(team, on),
        "may_see_unit": can_view_unit(standing, team.unit),
        "may_see_names": can_see_names(standing, team),
        "may_read_words": can_read_team_words(standing, team),
        "may_say": can_say_for_team(standing, team),
        "may_plan": can_plan_meetings(standing, team),
        "may_note": can_note_meetings(standing, team),
        "may_agree": can_agree(standing, team),
        "may_read_agreements": can_read_agreements(standing, team),
        "may_plan_visits": can_plan_visits(standing, team),
        "may_note_visits": can_note_visits(standing, team),
        "may_take_over": can_take_over_team(standing, team),
    }


def _cancelled_visits(standing: Standing, team: Team, on: dt.date) -> list[Visit]:
    """The team's latest cancelled visits that the person may know of. One query."""
    since = add_months(on, -CANCELLED_MONTHS)
    return [visit for visit in cancelled_visits(team, since) if can_know_of_visit(standing, visit)]


def _offers_to(standing: Standing, team: Team) -> list[tuple[VisitOffer, bool]]:
    """The times for a visit that the team is choosing among, and whether the person is asked. Two queries."""
    return [(offer, can_answer_offer(standing, offer)) for offer in waiting_offers([team.pk])]


def _grus_of(standing: Standing, team: Team) -> dict[str, Any] | None:
    """The team's coming GRUS and what the person can do about it; None for who sees its status only."""
    if not can_take_part_in_grus(standing, team):
        return None
    return {
        "coming": [(grus, can_answer_grus(standing, grus)) for grus in open_grus(team)],
        "may_plan": can_plan_grus(standing, team),
        "may_propose": can_propose_grus(standing, team),
    }


def _partner_visits(unit: Unit, on: dt.date) -> QuerySet[PartnerVisit]:
    """The next visits of a learning partner, whose participants decide who may open them."""
    return coming_partner_visits(unit, on).prefetch_related("participants")[:PARTNER_VISITS_SHOWN]


def unit_page(standing: Standing, unit: Unit, on: dt.date) -> dict[str, Any]:
    """A unit: what it has agreed on, its teams with their lines, its parts and its closed days."""
    terms = terms_of_unit(unit, on)
    not_ended = Team.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), unit=unit)
    every = list(not_ended.select_related("unit").order_by("sort_key", "pk"))
    teams = [team for team in every if team.starts_on is None or team.starts_on <= on]
    return {
        "unit": unit,
        "rows": team_rows(standing, teams, on, today=on),
        "beginning": [team for team in every if team.starts_on is not None and team.starts_on > on],
        "ending": [team for team in teams if team.ends_on is not None],
        "other_groups": [team for team in teams if not team.has_promises],
        "terms": terms,
        "terms_by_promise": [(promise, terms.get(promise)) for promise in FACTS],
        "leaders": unit_leaders(unit, on),
        "district": district_of(unit, on),
        "partners": learning_partners(unit, on),
        "parts": unit.parts.order_by("sort_key", "pk"),
        "closures": coming_closures(unit, on),
        "partner_visits": [(visit, can_read_partner_visit(standing, visit)) for visit in _partner_visits(unit, on)],
        "goals": goals_to_show(unit, on),
        "may_see_parent": unit.parent is not None and can_view_unit(standing, unit.parent),
        "may_choose_terms": can_choose_terms(standing, unit),
        "may_ask_support": can_ask_support(standing, unit),
        "may_plan_partner_visits": can_plan_partner_visits(standing, unit),
        "may_read_role": can_read_role_description(standing, unit),
        "may_create_team": can_create_teams(standing, unit),
        "may_give_stand_ins": can_give_stand_ins(standing, unit),
        "may_form_teams": can_form_teams(standing, unit),
        "may_take_over": can_take_over_unit(standing, unit),
    }
