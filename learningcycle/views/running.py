"""Holding a conversation: the page everybody has before her, and moving everybody on."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from learningcycle import actions, queries
from learningcycle.access import get_conversation, get_meeting
from learningcycle.forms import ItemForm, LeadForm, SilentForm
from learningcycle.models import AgendaItem, Conversation, Meeting
from learningcycle.permissions import can_read_conversation, can_write_conversation
from learningcycle.rules import minutes_left
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from teams.queries import contract_in_force, possible_owners

# Of the highest number of a row.
_MOST_DIGITS = 18


@require_safe
def meeting_run(request: PortalRequest, pk: int) -> HttpResponse:
    """One item at a time; `punkt` is the one she looks at when it is not where the others are."""
    meeting = get_meeting(request, pk, can_read_conversation)
    conversation = queries.conversation_of(meeting)
    if conversation is None or not (conversation.is_begun or conversation.is_closed):
        context = {"meeting": meeting, "team": meeting.team, "is_early": meeting.on > today()}
        return render(request, "learningcycle/meeting_run_begin.html", context)
    return show_item(request, conversation, number(request.GET.get("punkt")))


@require_POST
def meeting_begin(request: PortalRequest, pk: int) -> HttpResponse:
    """Begin the conversation, prepared or not."""
    meeting = get_meeting(request, pk, can_write_conversation)
    _told(request, lambda: actions.begin_conversation(by=request.user, meeting=meeting))
    return redirect("learningcycle:meeting_run", meeting.pk)


@require_POST
def meeting_go(request: PortalRequest, pk: int) -> HttpResponse:
    """Move everybody to `item`, or let the clock stand still or run (`clock`)."""
    conversation = get_conversation(request, pk, can_write_conversation)
    clock = {"pause": actions.pause_conversation, "resume": actions.resume_conversation}
    item = conversation.items.filter(pk=number(request.POST.get("item")) or 0).first()
    if item is not None:
        _told(request, lambda: actions.go_to_item(by=request.user, conversation=conversation, item=item))
    elif act := clock.get(request.POST.get("clock", "")):
        _told(request, lambda: act(by=request.user, conversation=conversation))
    return redirect("learningcycle:meeting_run", pk)


@require_POST
def meeting_hand_over(request: PortalRequest, pk: int) -> HttpResponse:
    """Give the role of meeting leader to `person`, or take it over where nobody is named."""
    conversation = get_conversation(request, pk, can_write_conversation)
    form = LeadForm(request.POST, people=possible_owners(conversation.meeting.team, today()))
    if not form.is_valid():
        messages.warning(request, _("Choose somebody of the team."))
        return redirect("learningcycle:meeting_run", pk)
    person = form.cleaned_data["person"] or request.user
    if _told(request, lambda: actions.hand_over_lead(by=request.user, conversation=conversation, person=person)):
        messages.success(request, _("%(name)s leads the meeting now.") % {"name": person.name})
    return redirect("learningcycle:meeting_run", pk)


@require_safe
def meeting_state(request: PortalRequest, pk: int) -> HttpResponse:
    """What the pages ask for every few seconds; `har` says which versions of the texts they have: 12.3-13.0."""
    conversation = get_conversation(request, pk, can_read_conversation)
    known = {number(row): number(version) for row, _dot, version in _pairs(request.GET.get("har", ""))}
    state = queries.live_state(conversation, known, timezone.now())
    return JsonResponse({**state, "person": request.user.pk, "csrf": get_token(request)})


def show_item(
    request: PortalRequest,
    conversation: Conversation,
    item_id: int | None,
    *,
    form: ItemForm | None = None,
    silent: SilentForm | None = None,
) -> HttpResponse:
    """The page of the conversation at an item; a form that was refused comes back with everything in it."""
    place = queries.place_in(conversation, item_id)
    meeting, item = conversation.meeting, place.item if place else None
    spent = queries.spent_seconds(conversation, timezone.now())
    context: dict[str, Any] = {
        "conversation": conversation,
        "meeting": meeting,
        "team": meeting.team,
        "place": place,
        "form": form or (item and ItemForm(item=item)),
        "silent": silent or SilentForm(),
        "notes": queries.shown_notes(item) if item else [],
        "spent": spent,
        "minutes_left": minutes_left(item.minutes, spent) if item else 0,
        "leads": bool(place and place.leader and place.leader.pk == request.user.pk),
        "people": LeadForm(people=possible_owners(conversation.meeting.team, today())),
        "carried": queries.carried_over(meeting),
        "contract": contract_in_force(meeting.team),
    }
    return render(request, "learningcycle/meeting_run.html", context)


def back_to(item: AgendaItem) -> HttpResponse:
    """The page of the conversation at that item, with the others where they are there."""
    meeting: Meeting = item.conversation.meeting
    page = reverse("learningcycle:meeting_run", args=[meeting.pk])
    return redirect(page if item.conversation.current_id == item.pk else f"{page}?punkt={item.pk}")


def number(value: str | None) -> int | None:
    """The number of a row, or of a version, in an address or a form; None for anything else."""
    return int(value) if value and value.isdecimal() and len(value) <= _MOST_DIGITS else None


def _pairs(words: str) -> Iterator[tuple[str, str, str]]:
    return (pair.partition(".") for pair in words.split("-"))


def _told(request: PortalRequest, act: Callable[[], object]) -> bool:
    """Do it, and say whether it is done; a refusal is told on the next page as a hint: it is a matter of turns."""
    try:
        act()
    except RefusedError as refusal:
        messages.warning(request, str(refusal))
        return False
    return True
