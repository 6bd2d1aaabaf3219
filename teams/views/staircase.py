"""A unit's target staircase: looking at it, building it, and a team's saying where it stands."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from slf_portal.common.paging import paged
from teams import actions, queries
from teams.access import get_goal, get_goal_of_team, get_known_unit, get_step, get_team, get_unit, standing
from teams.forms import GoalForm, StaircaseWordForm, StepForm
from teams.models.staircase import MOST_STEPS
from teams.permissions import can_build_staircase, can_read_team_words, can_say_for_team, can_view_unit


@require_safe
def staircase_detail(request: PortalRequest, unit_id: int) -> HttpResponse:
    """The staircase of each goal, and which teams have said where they stand."""
    unit, here = get_known_unit(request, unit_id), standing(request)
    page = paged(request, queries.goals_to_show(unit, today()))
    staircases = queries.staircases(page.object_list, here, today())
    readable = {word.team_id for stair in staircases for word in stair.said if can_read_team_words(here, word.team)}
    return render(
        request,
        "teams/staircase_detail.html",
        {
            "unit": unit,
            "page": page,
            "staircases": staircases,
            "own_goals": queries.goals_of_unit(unit, today()).count(),
            "ended": queries.goals_that_ended(unit, today()),
            "today": today(),
            "readable": readable,
            "may_see_unit": can_view_unit(here, unit),
            "may_build": can_build_staircase(here, unit),
        },
    )


@require_safe
def staircase_history(request: PortalRequest, unit_id: int) -> HttpResponse:
    """Every change of the unit's goals and steps."""
    unit = get_known_unit(request, unit_id)
    page = paged(request, queries.staircase_changes(unit))
    return render(request, "teams/staircase_history.html", {"unit": unit, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def staircase_goal_add(request: PortalRequest, unit_id: int) -> HttpResponse:
    """Set a goal; then its first step."""
    unit = get_unit(request, unit_id, can_build_staircase)
    form = GoalForm(request.POST or None, initial={"starts_on": today()})
    added = []
    if form.is_valid() and form.carried_out(
        lambda: added.append(
            actions.add_goal(
                by=request.user,
                unit=unit,
                title=form.cleaned_data["title"],
                vision=form.cleaned_data["vision"],
                starts_on=form.cleaned_data["starts_on"],
                ends_on=form.cleaned_data["ends_on"],
                confirmed_not_cpr=form.cpr_overridden,
                token=form.cleaned_data["token"],
            )
        )
    ):
        messages.success(request, _("The goal is set. Now its first step: what can you see when you have begun?"))
        if not added:  # a double click: the first one did it
            return redirect("teams:staircase_detail", unit.pk)
        return redirect("teams:staircase_step_add", added[0].pk)
    return render(request, "teams/staircase_goal_add.html", {"form": form, "unit": unit})


@require_http_methods(["GET", "HEAD", "POST"])
def staircase_goal_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """A goal's words and days, and its steps with the ways to change them."""
    goal = get_goal(request, pk, can_build_staircase)
    values = {"title": goal.title, "vision": goal.vision, "starts_on": goal.starts_on, "ends_on": goal.ends_on}
    form = GoalForm(request.POST or None, initial=values, shown_version=goal.version)
    if form.is_valid() and form.carried_out(
        lambda: actions.change_goal(
            by=request.user,
            goal=goal,
            title=form.cleaned_data["title"],
            vision=form.cleaned_data["vision"],
            starts_on=form.cleaned_data["starts_on"],
            ends_on=form.cleaned_data["ends_on"],
            version=form.cleaned_data["version"],
            confirmed_not_cpr=form.cpr_overridden,
        )
    ):
        messages.success(request, _("The goal is saved."))
        return redirect("teams:staircase_detail", goal.unit_id)
    steps = queries.steps_of_goal(goal, today())
    context = {"form": form, "goal": goal, "unit": goal.unit, "steps": steps, "most_steps": MOST_STEPS}
    return render(request, "teams/staircase_goal_edit.html", context)


@require_POST
def staircase_goal_move(request: PortalRequest, pk: int) -> HttpResponse:
    """Give the goal another place among the unit's goals."""
    goal = get_goal(request, pk, can_build_staircase)
    _tell(
        request,
        lambda: actions.move_goal(by=request.user, goal=goal, to=_place(request)),
        _("“%(title)s” is moved.") % {"title": goal.title},
    )
    return redirect("teams:staircase_detail", goal.unit_id)


@require_http_methods(["GET", "HEAD", "POST"])
def staircase_step_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Put a step on top of a goal's staircase."""
    goal = get_goal(request, pk, can_build_staircase)
    form = StepForm(request.POST or None)
    if form.is_valid() and form.carried_out(
        lambda: actions.add_step(
            by=request.user,
            goal=goal,
            title=form.cleaned_data["title"],
            looks_like=form.cleaned_data["looks_like"],
            activities=form.activity_lines(),
            confirmed_not_cpr=form.cpr_overridden,
            token=form.cleaned_data["token"],
        )
    ):
        messages.success(request, _("The step is on the staircase."))
        return redirect("teams:staircase_goal_edit", goal.pk)
    place = queries.steps_of_goal(goal, today()).count() + 1
    return render(
        request, "teams/staircase_step_add.html", {"form": form, "goal": goal, "unit": goal.unit, "place": place}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def staircase_step_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """A step's words and activities."""
    step = get_step(request, pk, can_build_staircase)
    lines = "\n".join(activity.text for activity in step.activities.all())
    values = {"title": step.title, "looks_like": step.looks_like, "activities": lines}
    form = StepForm(request.POST or None, initial=values, shown_version=step.goal.version)
    if form.is_valid() and form.carried_out(
        lambda: actions.change_step(
            by=request.user,
            step=step,
            title=form.cleaned_data["title"],
            looks_like=form.cleaned_data["looks_like"],
            activities=form.activity_lines(),
            version=form.cleaned_data["version"],
            confirmed_not_cpr=form.cpr_overridden,
        )
    ):
        messages.success(request, _("The step is saved."))
        return redirect("teams:staircase_goal_edit", step.goal_id)
    context = {"form": form, "step": step, "goal": step.goal, "unit": step.goal.unit}
    return render(request, "teams/staircase_step_edit.html", context)


@require_POST
def staircase_step_move(request: PortalRequest, pk: int) -> HttpResponse:
    """Give the step another place on the staircase."""
    step = get_step(request, pk, can_build_staircase)
    _tell(
        request,
        lambda: actions.move_step(by=request.user, step=step, to=_place(request)),
        _("“%(title)s” is moved.") % {"title": step.title},
    )
    return redirect("teams:staircase_goal_edit", step.goal_id)


@require_http_methods(["GET", "HEAD", "POST"])
def staircase_step_remove(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask once, then take the step out."""
    step = get_step(request, pk, can_build_staircase)
    if request.method == "POST":
        _tell(
            request,
            lambda: actions.remove_step(by=request.user, step=step),
            _("“%(title)s” is taken out. What teams have said about it stays.") % {"title": step.title},
        )
        return redirect("teams:staircase_goal_edit", step.goal_id)
    return render(
        request, "teams/staircase_step_remove.html", {"step": step, "goal": step.goal, "unit": step.goal.unit}
    )


@require_safe
def staircase_words(request: PortalRequest, team_id: int) -> HttpResponse:
    """Everything the team has said about the staircase, and the way to say more."""
    team = get_team(request, team_id, can_read_team_words)
    context = {
        "team": team,
        "stands": queries.stands_of_team(team, today()),
        "page": paged(request, queries.words_of_team(team)),
        "may_say": can_say_for_team(standing(request), team),
    }
    return render(request, "teams/staircase_words.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def staircase_say(request: PortalRequest, team_id: int, goal_id: int) -> HttpResponse:
    """Say where the team stands on a goal, and what is next."""
    team, goal = get_goal_of_team(request, team_id, goal_id, can_say_for_team)
    form = StaircaseWordForm(request.POST or None, goal=goal)
    if form.is_valid() and form.carried_out(
        lambda: actions.say_where_we_stand(
            by=request.user,
            team=team,
            goal=goal,
            step=form.cleaned_data["step"],
            where_text=form.cleaned_data["where_text"],
            next_text=form.cleaned_data["next_text"],
            confirmed_not_cpr=form.cpr_overridden,
            token=form.cleaned_data["token"],
        )
    ):
        messages.success(request, _("Your words are saved with today's date. What you said before stays."))
        return redirect("teams:staircase_words", team.pk)
    context = {
        "form": form,
        "team": team,
        "goal": goal,
        "steps": queries.steps_of_goal(goal, today()),
        "last": queries.words_of_team(team).filter(goal=goal).first(),
    }
    return render(request, "teams/staircase_say.html", context)


def _place(request: PortalRequest) -> int:
    """The place that was asked for; 0, which is nobody's, when it is no number."""
    asked = request.POST.get("to", "")
    return int(asked) if asked.isdecimal() else 0


def _tell(request: PortalRequest, act: Callable[[], object], said: str) -> None:
    """Do it, and say on the next page that it is done or why it is not."""
    try:
        act()
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
