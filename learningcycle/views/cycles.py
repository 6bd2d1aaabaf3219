"""A team's learning cycles: what they show to whom, and writing in them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningcycle import actions, queries, rules
from learningcycle.access import get_cycle
from learningcycle.enums import EntryKind, TemplateKind
from learningcycle.forms import BeginCycleForm, CloseCycleForm, CycleForm, EntryForm, PhaseForm, TrialActionForm
from learningcycle.models import Cycle
from learningcycle.permissions import can_read_conversation, can_write_conversation
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from slf_portal.common.forms import PortalForm
from slf_portal.common.paging import paged
from teams.access import get_team, standing
from teams.models import Team
from teams.permissions import can_view_team, leads_team
from teams.queries import possible_owners

_DIGITS_OF_ID = 18


@require_safe
def cycle_list(request: PortalRequest, team_id: int) -> HttpResponse:
    """The team's cycles: those that run, and those that are closed."""
    team = get_team(request, team_id, can_view_team)
    may_write = can_write_conversation(standing(request), team)
    return render(
        request,
        "learningcycle/cycle_list.html",
        {
            "team": team,
            "running": [(cycle, may_write and _is_to_be_looked_at(cycle)) for cycle in queries.running_cycles(team)],
            "page": paged(request, queries.closed_cycles(team)),
            "may_write": may_write,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cycle_begin(request: PortalRequest, team_id: int) -> HttpResponse:
    """Begin a cycle; `?efter=`: after the closed one with that id."""
    team = get_team(request, team_id, can_write_conversation)
    follows = _asked_to_follow(request, team)
    offered = queries.offered_versions(team, TemplateKind.CYCLE)
    usual = queries.usual_version(team, TemplateKind.CYCLE).pk if offered else None
    form = BeginCycleForm(request.POST or None, offered=offered, initial={"template": usual})
    if form.is_valid() and form.carried_out(
        lambda: actions.begin_cycle(
            by=request.user,
            team=team,
            title=form.cleaned_data["title"],
            version_used=form.chosen(),
            focus=form.cleaned_data["focus"],
            follows=follows,
            confirmed_not_cpr=form.cpr_overridden,
            token=form.cleaned_data["token"],
        )
    ):
        messages.success(request, _("The learning cycle has begun."))
        # The same form sent twice began one.
        return _to(form.outcome) if form.outcome else redirect("learningcycle:cycle_list", team.pk)
    return render(request, "learningcycle/cycle_begin.html", {"form": form, "team": team, "follows": follows})


@require_safe
def cycle_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """The cycle: everything for the team, phase and goal for its leaders, the phase alone for who supports it."""
    cycle, here = get_cycle(request, pk, can_view_team), standing(request)
    is_own, leads = can_read_conversation(here, cycle.team), leads_team(here, cycle.team)
    phases = queries.phases_of(cycle)
    contents = queries.contents_of(cycle, here, today()) if is_own else None
    return render(
        request,
        "learningcycle/cycle_detail.html",
        {
            "team": cycle.team,
            "cycle": cycle,
            "phases": phases,
            "contents": contents,
            "sees_goal": is_own or leads,
            "counts": queries.trial_action_counts(cycle) if leads and not is_own else None,
            "may_write": cycle.is_running and can_write_conversation(here, cycle.team),
            "may_reopen": not cycle.is_running and can_write_conversation(here, cycle.team),
            "is_to_be_looked_at": is_own and _is_to_be_looked_at(cycle),
            **(_now(cycle, phases, contents) if contents else {}),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cycle_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Write title and focus, goal, or evaluation and learning (`?del=`, all without it)."""
    cycle = get_cycle(request, pk, can_write_conversation)
    names = ("title", "focus", "goal", "evaluation", "learning")
    initial: dict[str, Any] = {name: getattr(cycle, name) for name in names}
    form = CycleForm(
        request.POST or None,
        part=request.GET.get("del", ""),
        steps=queries.goal_steps(cycle, today()),
        initial={**initial, "goal_step": cycle.goal_step_id},
    )
    if form.is_valid() and form.carried_out(
        lambda: actions.write_cycle(
            by=request.user, cycle=cycle, writings=form.writings(), confirmed_not_cpr=form.cpr_overridden
        )
    ):
        if not form.outcome:
            messages.success(request, _("It is saved."))
            return _to(cycle)
        form.show_colleagues(form.outcome)
    return _form_page(request, cycle, "cycle_edit", form)


@require_POST
def cycle_phase(request: PortalRequest, pk: int) -> HttpResponse:
    """Go to another phase, on or back; what is not written yet is said, and stops nobody."""
    cycle = get_cycle(request, pk, can_write_conversation)
    chosen = _sent(PhaseForm(request.POST))["to"]
    left, written = cycle.phase, queries.contents_of(cycle, standing(request), today()).written
    is_lacking = chosen > left.position and not rules.is_met(left.rule, written)
    told = {"left": left.title, "rule": left.get_rule_display()}
    lacking = _("You have gone on. Not written yet in “%(left)s”: %(rule)s. You can always go back.") % told
    return _button_pressed(
        request,
        cycle,
        lambda: actions.go_to_phase(by=request.user, cycle=cycle, position=chosen),
        lacking if is_lacking else _("You are in another phase now."),
        level=messages.WARNING if is_lacking else messages.SUCCESS,
    )


@require_POST
def cycle_keep(request: PortalRequest, pk: int) -> HttpResponse:
    """Go on with a cycle that has run for long."""
    cycle = get_cycle(request, pk, can_write_conversation)
    return _button_pressed(
        request,
        cycle,
        lambda: actions.keep_cycle(by=request.user, cycle=cycle),
        _("You go on with it. Adjust what is to be different: the goal, the signs or what you try."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cycle_close(request: PortalRequest, pk: int) -> HttpResponse:
    """Say what was learned, and close it; then the next one can begin."""
    cycle = get_cycle(request, pk, can_write_conversation)
    initial = {"learning": cycle.learning, "decision": cycle.decision, "is_shared": cycle.is_shared}
    form = CloseCycleForm(request.POST or None, initial=initial)
    if form.is_valid() and form.carried_out(
        lambda: actions.close_cycle(
            by=request.user,
            cycle=cycle,
            learning=form.writings()["learning"],
            decision=form.cleaned_data["decision"],
            is_shared=form.cleaned_data["is_shared"],
            confirmed_not_cpr=form.cpr_overridden,
            token=form.cleaned_data["token"],
        )
    ):
        if not form.outcome:
            return _closed(request, cycle, learning=form.cleaned_data["learning"])
        form.show_colleagues(form.outcome)
    return _form_page(request, cycle, "cycle_close", form)


def _closed(request: PortalRequest, cycle: Cycle, *, learning: str) -> HttpResponse:
    """On to the next cycle."""
    if learning:
        messages.success(request, _("The learning cycle is closed. What you still want to try stays on your list."))
    else:
        messages.warning(
            request, _("The learning cycle is closed without a line on what you learned. Open it again to write one.")
        )
    if hasattr(cycle, "next_cycle"):
        return _to(cycle)
    return redirect(f"{reverse('learningcycle:cycle_begin', args=[cycle.team_id])}?efter={cycle.pk}")


@require_POST
def cycle_reopen(request: PortalRequest, pk: int) -> HttpResponse:
    """Let a closed cycle run again."""
    cycle = get_cycle(request, pk, can_write_conversation)
    return _button_pressed(
        request, cycle, lambda: actions.reopen_cycle(by=request.user, cycle=cycle), _("The learning cycle runs again.")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cycle_entry_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Add a line; `?slags=` says of which kind."""
    cycle = get_cycle(request, pk, can_write_conversation)
    asked = request.GET.get("slags")
    kind = EntryKind(asked) if asked in EntryKind.values else EntryKind.LOG
    form = EntryForm(request.POST or None, kind=kind)
    if form.is_valid() and form.carried_out(
        lambda: actions.add_entry(
            by=request.user,
            cycle=cycle,
            kind=kind,
            confirmed_not_cpr=form.cpr_overridden,
            token=form.cleaned_data["token"],
            **form.texts(),
        )
    ):
        messages.success(request, _("It is saved."))
        return redirect(request.get_full_path()) if "one_more" in request.POST else _to(cycle, f"#{kind}")
    return _form_page(request, cycle, "cycle_entry_add", form, kind=kind)


@require_http_methods(["GET", "HEAD", "POST"])
def cycle_entry_edit(request: PortalRequest, pk: int, entry_id: int) -> HttpResponse:
    """Write a line anew. When it was taken away meanwhile, what is written comes back as a line."""
    cycle = get_cycle(request, pk, can_write_conversation)
    entry = cycle.entries.filter(pk=entry_id).first()
    if entry is None and request.method != "POST":
        return _to(cycle)
    kind = EntryKind(entry.kind) if entry else _kind_sent(request)
    names = ("text", "data_kind", "period", "group", "source")
    form = EntryForm(request.POST or None, kind=kind, initial={name: getattr(entry, name, "") for name in names})
    if form.is_valid() and form.carried_out(
        lambda: actions.write_entry(
            by=request.user,
            cycle=cycle,
            entry_id=entry_id,
            kind=kind,
            writings=form.writings(),
            confirmed_not_cpr=form.cpr_overridden,
        )
    ):
        if not form.outcome:
            messages.success(request, _("It is saved."))
            return _to(cycle, f"#{kind}")
        form.show_colleagues(form.outcome)
    return _form_page(request, cycle, "cycle_entry_edit", form, kind=kind, entry=entry)


@require_POST
def cycle_entry_remove(request: PortalRequest, pk: int, entry_id: int) -> HttpResponse:
    """Take a line away, as it was when its page was opened."""
    cycle = get_cycle(request, pk, can_write_conversation)
    version = _sent(PortalForm(request.POST, shown_version=0))["version"]
    return _button_pressed(
        request,
        cycle,
        lambda: actions.remove_entry(by=request.user, cycle=cycle, entry_id=entry_id, version=version),
        _("The line is taken away."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cycle_action_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Write down what is tried, by whom and until when."""
    cycle = get_cycle(request, pk, can_write_conversation)
    form = TrialActionForm(request.POST or None, owners=possible_owners(cycle.team, today()))
    if form.is_valid() and form.carried_out(
        lambda: actions.add_trial_action(
            by=request.user,
            cycle=cycle,
            text=form.cleaned_data["text"],
            owner=form.cleaned_data["owner"],
            due_on=form.cleaned_data["due_on"],
            confirmed_not_cpr=form.cpr_overridden,
            token=form.cleaned_data["token"],
        )
    ):
        messages.success(request, _("It stands here and on your list."))
        return _to(cycle, "#action")
    order = [phase.rule for phase in queries.phases_of(cycle)]
    written = queries.contents_of(cycle, standing(request), today()).written
    return _form_page(request, cycle, "cycle_action_add", form, lacking=rules.ground_lacking(written, order))


def _now(cycle: Cycle, phases: list[Any], contents: queries.CycleContents) -> dict[str, Any]:
    """For the team, while it runs: what is next, and what is not there to act on."""
    order = [phase.rule for phase in phases]
    here = phases.index(cycle.phase)
    on_way = cycle.is_running and rules.is_on_way_to_action(contents.written, order, here)
    return {
        "is_met": rules.is_met(cycle.phase.rule, contents.written),
        "next_phase": phases[here + 1] if here + 1 < len(phases) else None,
        "lacking": rules.ground_lacking(contents.written, order) if on_way else [],
    }


def _is_to_be_looked_at(cycle: Cycle) -> bool:
    return cycle.is_running and rules.is_to_be_looked_at(cycle.begun_on, cycle.looked_at_on, today())


def _asked_to_follow(request: PortalRequest, team: Team) -> Cycle | None:
    asked = request.GET.get("efter", "")
    is_id = asked.isascii() and asked.isdecimal() and len(asked) <= _DIGITS_OF_ID
    return queries.closed_cycle(team, int(asked)) if is_id else None


def _kind_sent(request: PortalRequest) -> EntryKind:
    """What the line was that is no longer there."""
    sent = request.POST.get("kind")
    return EntryKind(sent) if sent in EntryKind.values else EntryKind.LOG


def _sent(form: PortalForm) -> dict[str, Any]:
    """What a button sends along. It cannot be wrong on a page of ours."""
    if not form.is_valid():
        raise BadRequest
    return form.cleaned_data


def _to(cycle: Cycle, place: str = "") -> HttpResponse:
    return redirect(reverse("learningcycle:cycle_detail", args=[cycle.pk]) + place)


def _form_page(request: PortalRequest, cycle: Cycle, page: str, form: Any, **more: Any) -> HttpResponse:
    context = {"form": form, "cycle": cycle, "team": cycle.team, **more}
    return render(request, f"learningcycle/{page}.html", context)


def _button_pressed(
    request: PortalRequest, cycle: Cycle, act: Callable[[], object], said: str, *, level: int = messages.SUCCESS
) -> HttpResponse:
    try:
        act()
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.add_message(request, level, said)
    return _to(cycle)
