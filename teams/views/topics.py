""" "Hvor er vi?": the pillars and the guiding markers, and what the team says about each."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from slf_portal.accounts.http import PortalRequest
from slf_portal.common.paging import paged
from teams import actions, queries
from teams.access import get_team, get_topic_of_team, standing
from teams.forms import TopicWordForm
from teams.permissions import can_read_team_words, can_say_for_team


@require_safe
def where_are_we(request: PortalRequest, team_id: int) -> HttpResponse:
    """Each pillar and marker with the team's latest words and a few earlier ones."""
    team = get_team(request, team_id, can_read_team_words)
    context = {
        "team": team,
        "groups": queries.talks_of_team(team),
        "may_say": can_say_for_team(standing(request), team),
    }
    return render(request, "teams/where_are_we.html", context)


@require_safe
def where_are_we_topic(request: PortalRequest, team_id: int, topic_id: int) -> HttpResponse:
    """Everything the team has said about one of them."""
    team, topic = get_topic_of_team(request, team_id, topic_id, can_read_team_words)
    context = {
        "team": team,
        "talk": queries.talk_about(topic, []),
        "page": paged(request, queries.topic_words(team, topic)),
        "may_say": topic.is_offered and can_say_for_team(standing(request), team),
    }
    return render(request, "teams/where_are_we_topic.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def where_are_we_say(request: PortalRequest, team_id: int, topic_id: int) -> HttpResponse:
    """Say where the team is with one of them today."""
    team, topic = get_topic_of_team(request, team_id, topic_id, can_say_for_team)
    form = TopicWordForm(request.POST or None)
    if form.is_valid() and form.carried_out(
        lambda: actions.say_where_we_are(
            by=request.user,
            team=team,
            topic=topic,
            text=form.cleaned_data["text"],
            confirmed_not_cpr=form.cpr_overridden,
            token=form.cleaned_data["token"],
        )
    ):
        messages.success(request, _("Your words are saved with today's date. What you said before stays."))
        return redirect(f"{reverse('teams:where_are_we', args=[team.pk])}#topic-{topic.pk}")
    context = {
        "form": form,
        "team": team,
        "talk": queries.talk_about(topic, list(queries.topic_words(team, topic)[:1])),
    }
    return render(request, "teams/where_are_we_say.html", context)
