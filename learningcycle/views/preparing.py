"""A meeting's page, preparing it together, and who was there."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learningcycle import actions, queries
from learningcycle.access import get_meeting
from learningcycle.enums import MeetingState, TemplateKind
from learningcycle.forms import AttendanceForm, PrepareMeetingForm
from learningcycle.models import Conversation, Meeting
from learningcycle.permissions import can_read_conversation, can_write_conversation
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from teams.access import standing
from teams.enums import AgreementSource
from teams.permissions import can_plan_meetings, can_view_team, leads_team
from teams.queries import agreements_of_source, contract_in_force


@require_safe
def meeting_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """The meeting in every state: all of it for the team, for others that it is there and how far it is."""
    meeting, here = get_meeting(request, pk, can_view_team), standing(request)
    conversation, may_read = queries.conversation_of(meeting), can_read_conversation(here, meeting.team)
    cycle = queries.cycle_of_meeting(meeting, conversation)
    shared = {
        "meeting": meeting,
        "team": meeting.team,
        "conversation": conversation,
        "cycle": cycle,
        "phase": (conversation.phase if conversation else None) or (cycle.phase if cycle else None),
        "has_come": meeting.on <= today(),
        "has_passed": meeting.on < today(),
        "may_read": may_read,
        "may_plan": meeting.is_planned and can_plan_meetings(here, meeting.team),
        "sees_goal": leads_team(here, meeting.team),
    }
    inside = _inside(meeting, conversation, cycle) if may_read else {"counts": queries.counts_of_meeting(meeting)}
    return render(request, "learningcycle/meeting_detail.html", {**shared, **inside})


def _inside(meeting: Meeting, conversation: Conversation | None, cycle: Any) -> dict[str, Any]:
    """What the team and its resource persons see of the meeting."""
    is_over = conversation.is_closed if conversation else not meeting.is_planned
    is_cancelled = meeting.state == MeetingState.CANCELLED
    return {
        "contract": contract_in_force(meeting.team),
        "since_last": None if is_over or is_cancelled else queries.since_last(meeting, cycle),
        "agreements": agreements_of_source(AgreementSource.MEETING, meeting.pk),
        "agenda": queries.agenda_of(meeting, conversation) if conversation else None,
        "roles": queries.roles_of(conversation) if conversation else {},
        "here": queries.here_at(conversation) if conversation else [],
        "may_prepare": not is_over and not is_cancelled,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_prepare(request: PortalRequest, pk: int) -> HttpResponse:
    """Prepare the meeting together: the question, the roles, the learning cycle and the agenda."""
    meeting = get_meeting(request, pk, can_write_conversation)
    conversation = queries.conversation_of(meeting)
    if meeting.state == MeetingState.CANCELLED or (conversation and conversation.is_closed):
        messages.info(request, _("The meeting is over, so there is nothing to prepare."))
        return redirect("learningcycle:meeting_detail", meeting.pk)
    form = PrepareMeetingForm(request.POST or None, meeting=meeting, conversation=conversation)
    if form.is_valid() and form.carried_out(lambda: _prepare(request, meeting, form)):
        messages.success(request, _("The preparation is saved."))
        return redirect("learningcycle:meeting_detail", meeting.pk)
    context = {"form": form, "meeting": meeting, "team": meeting.team, "conversation": conversation}
    return render(request, "learningcycle/meeting_prepare.html", {**context, **_agenda(meeting, conversation)})


def _prepare(request: PortalRequest, meeting: Meeting, form: PrepareMeetingForm) -> Conversation:
    return actions.prepare_meeting(
        by=request.user,
        meeting=meeting,
        agenda=form.agenda,
        cycle=form.cleaned_data["cycle"],
        focus=form.cleaned_data["focus"],
        roles=form.roles(),
        version=form.cleaned_data["version"],
        confirmed_not_cpr=form.cpr_overridden,
    )


def _agenda(meeting: Meeting, conversation: Conversation | None) -> dict[str, Any]:
    """The items as they stand; before anything is saved those that the team usually begins with."""
    if conversation is not None:
        return {"agenda": queries.agenda_of(meeting, conversation)}
    return {"steps": list(queries.usual_version(meeting.team, TemplateKind.AGENDA).steps.all())}


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_attendance(request: PortalRequest, pk: int) -> HttpResponse:
    """Note who is or was there; also when the conversation is closed."""
    meeting = get_meeting(request, pk, can_write_conversation)
    if meeting.state == MeetingState.CANCELLED or meeting.on > today():
        messages.info(request, _("Note who is here when the meeting is held."))
        return redirect("learningcycle:meeting_detail", meeting.pk)
    conversation = queries.conversation_of(meeting)
    form = AttendanceForm(
        request.POST or None,
        people=queries.people_of_meeting(meeting),
        noted=queries.here_at(conversation) if conversation else [],
        count=conversation.present_count if conversation else None,
        shown_version=conversation.version if conversation else 0,
    )
    if form.is_valid() and form.carried_out(lambda: _note_attendance(request, meeting, form)):
        messages.success(request, _("It is noted who was here."))
        return redirect("learningcycle:meeting_detail", meeting.pk)
    context = {"form": form, "meeting": meeting, "team": meeting.team}
    return render(request, "learningcycle/meeting_attendance.html", context)


def _note_attendance(request: PortalRequest, meeting: Meeting, form: AttendanceForm) -> Conversation:
    return actions.note_attendance(
        by=request.user,
        meeting=meeting,
        here=list(form.cleaned_data["here"]),
        others=form.cleaned_data["others"],
        version=form.cleaned_data["version"],
    )
