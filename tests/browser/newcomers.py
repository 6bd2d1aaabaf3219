"""The pages of people for whom they are empty, and of one who chose English; beside tests.browser.states."""

import datetime as dt
from collections.abc import Callable, Iterator

from django.urls import reverse

from learningcycle.models import Cycle
from slf_portal.accounts.models import User
from slf_portal.common.dates import today
from teams.enums import StandInTask
from teams.models import PracticeTopic, Team, Unit
from teams.templatetags.teams import TEAM_PLACES
from tests.browser.state import State
from tests.builders import (
    make_goal,
    make_leader,
    make_learning_partner,
    make_member,
    make_resource_person,
    make_stand_in,
    make_team,
    make_unit,
)
from tests.cycle_builders import make_cycle, shipped

NEW_TEAM, NEW_UNIT, TALL, HASTY = "Nyt team", "Ny enhed", "Højskolen", "Vi prøver bare noget"


def make_newcomers() -> dict[str, User]:
    """People whose pages are empty, and one who chose English."""
    team, unit = make_team(NEW_TEAM), make_unit(NEW_UNIT)
    make_goal(
        make_unit(TALL),
        "Vi tager tolv trin",
        steps=[f"Trin nummer {number} i en lang udvikling" for number in range(1, 13)],
    )
    english = make_leader(make_team("English", unit=make_unit("Engelskskolen")).unit, name="Emily English")
    User.objects.filter(pk=english.pk).update(language="en")
    hasty = make_team("Hastig")
    make_cycle(hasty, HASTY, phase=4, begun_on=today() - dt.timedelta(days=300), version_used=shipped("fem-trin"))
    return {
        "new member": make_member(team),
        "new resource person": make_resource_person(team),
        "new leader": make_leader(unit),
        "new learning partner": make_learning_partner(),
        "new stand-in": make_stand_in(unit, StandInTask.PLANNING).person,
        "leader in English": User.objects.get(pk=english.pk),
        "member in a hurry": make_member(hasty),
    }


NEWCOMERS: dict[str, tuple[str, ...]] = {
    "new member": (
        "dashboard:member",
        "learningcycle:gathering_list",
        "learningcycle:snag_list",
        "observations:peer_list",
        "learningcycle:template_list",
        "teams:agreement_list",
        "teams:mandate_list",
    ),
    "new resource person": (
        "dashboard:resource_person",
        "teams:mandate_list",
        "learningcycle:gathering_list",
        "observations:absence_list",
        "observations:due_list",
    ),
    "new leader": (
        "dashboard:leader",
        "learningcycle:gathering_list",
        "dashboard:overview",
        "teams:agreement_list",
        "teams:mandate_list",
    ),
    "new learning partner": ("dashboard:learning_partner", "observations:partner_calendar", "observations:due_list"),
    "new stand-in": ("dashboard:overview",),
    "leader in English": ("dashboard:leader", "dashboard:overview", "accounts:profile"),
    "member in a hurry": (),
}


def states_of_newcomer(name: str) -> list[State]:
    return [*(State(reverse(page)) for page in NEWCOMERS[name]), *(EMPTY[name]() if name in EMPTY else ())]


def _new_member() -> Iterator[State]:
    team = Team.objects.get(name=NEW_TEAM)
    for place in TEAM_PLACES:
        yield State(reverse(place.name, args=[team.pk]))
    for page in ("staircase_words", "contract_history", "contract_put_in_force"):
        yield State(reverse(f"teams:{page}", args=[team.pk]))
    yield State(reverse("teams:where_are_we_topic", args=[team.pk, PracticeTopic.objects.all()[0].pk]))
    yield State(reverse("teams:staircase_detail", args=[team.unit_id]))
    yield State(reverse("learningcycle:minutes_list", args=[team.pk]))


def _new_leader() -> Iterator[State]:
    unit = Unit.objects.get(name=NEW_UNIT)
    for page in ("staircase_detail", "staircase_history"):
        yield State(reverse(f"teams:{page}", args=[unit.pk]))
    for page in ("year_wheel", "year_wheel_print"):
        yield State(reverse(f"dashboard:{page}", args=[unit.pk]))


def _leader_in_english() -> Iterator[State]:
    team = Team.objects.get(name="English")
    for page in ("team_people", "team_close", "team_history"):
        yield State(reverse(f"teams:{page}", args=[team.pk]))


def _member_in_a_hurry() -> Iterator[State]:
    """A cycle that has run for long and is tried out with nothing to stand on."""
    cycle = Cycle.objects.get(title=HASTY)
    yield State(reverse("learningcycle:cycle_list", args=[cycle.team_id]))
    for page in ("detail", "action_add"):
        yield State(reverse(f"learningcycle:cycle_{page}", args=[cycle.pk]))


# Pages of a team or a unit with nothing on them yet.
EMPTY: dict[str, Callable[[], Iterator[State]]] = {
    "new member": _new_member,
    "new leader": _new_leader,
    "leader in English": _leader_in_english,
    "member in a hurry": _member_in_a_hurry,
}
