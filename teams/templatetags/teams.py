"""Words of the organisation in templates, and the pages of a team. Load it with `{% load teams %}`."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django import template
from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from slf_portal.common.dates import at
from slf_portal.common.templatetags.portal import long_day, until
from teams import enums
from teams.enums import UnitKind
from teams.models import Grus, Membership, ResourcePerson, Team, TeamLeader
from teams.permissions import (
    can_read_agreements,
    can_read_contract,
    can_read_mandates,
    can_read_team_words,
    can_see_names,
    can_take_part_in_grus,
    can_view_team,
)
from teams.standing import Standing

register = template.Library()


class TeamPlace(NamedTuple):
    """A page of a team: the name of its URL, which takes the team's id, its label, and who may open it."""

    name: str
    label: Any
    is_for: Callable[[Standing, Team], bool]


TEAM_PLACES = (
    TeamPlace("dashboard:team_detail", _("Overview"), can_view_team),
    TeamPlace("learningcycle:cycle_list", _("Learning cycle"), can_view_team),
    TeamPlace("teams:contract_detail", _("Team contract"), can_read_contract),
    TeamPlace("teams:team_agreements", _("What we agreed"), can_read_agreements),
    TeamPlace("teams:grus_list", _("GRUS"), can_take_part_in_grus),
    TeamPlace("teams:where_are_we", _("Where are we?"), can_read_team_words),
    TeamPlace("teams:team_mandates", _("Mandates"), can_read_mandates),
    TeamPlace("teams:team_people", _("Members"), can_see_names),
)


@register.filter
def every_months(months: int) -> str:
    """As "hver 3. måned": `{{ terms.interval_months|every_months }}`."""
    return enums.every_months(months)


@register.filter
def grus_time(grus: Grus) -> str:
    """As "tirsdag 24. november kl. 10.00-11.30", without the times where they are not known: `{{ grus|grus_time }}`."""
    starts_at = at(grus.on, grus.begins) if grus.begins else None
    ends_at = at(grus.on, grus.ends) if grus.ends else None
    return until(starts_at, ends_at) if starts_at else long_day(grus.on)


@register.filter
def hours_a_month(hours: Decimal) -> str:
    """As "6 timer om måneden" or "7,5 timer om måneden"."""
    is_whole = hours == hours.to_integral_value()
    told = {"hours": number_format(hours, 0 if is_whole else 1)}
    return ngettext("%(hours)s hour a month", "%(hours)s hours a month", 1 if hours == 1 else 2) % told


@register.filter
def of_person(by_person: Mapping[int, Any], person_id: int) -> Any:
    """What is kept for the person; None when there is nothing: `{{ invitations|of_person:row.person_id }}`."""
    return by_person.get(person_id)


@register.filter
def role_word(row: Membership | ResourcePerson | TeamLeader) -> str:
    """As "member": what a person was by this row, in the words of the team's unit."""
    if isinstance(row, ResourcePerson):
        return gettext("professional beacon") if row.team.unit.kind == UnitKind.DAYCARE else gettext("resource person")
    return gettext("member") if isinstance(row, Membership) else gettext("responsible leader")


@register.inclusion_tag("components/team_places.html", takes_context=True)
def team_places(context: template.Context, team: Team) -> dict[str, Any]:
    """Links to the team's pages that the person may open, where there is more than the one she stands on."""
    request = context["request"]
    addresses = [
        (place, reverse(place.name, args=[team.pk])) for place in TEAM_PLACES if place.is_for(request.standing, team)
    ]
    places = [
        {"url": url, "label": place.label, "is_current": request.path == url, "is_around": _is_around(request, url)}
        for place, url in addresses
    ]
    return {"places": places if len(places) > 1 else []}


def _is_around(request: HttpRequest, url: str) -> bool:
    """Whether the page belongs to the one at `url`: their views stand in the same module, or one named after it."""
    here = request.resolver_match
    return here is not None and here.func.__module__.startswith(resolve(url).func.__module__)
