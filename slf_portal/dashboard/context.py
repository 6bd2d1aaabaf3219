"""What every page's frame shows: the person's places, the programme's name, whether this is the demo."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from observations.permissions import can_have_partner_calendar
from slf_portal.dashboard.homes import homes_of
from teams.access import standing


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the navigation."""

    url: str
    label: str
    is_current: bool


def portal(request: HttpRequest) -> dict[str, Any]:
    return {
        "programme_name": settings.PROGRAMME_NAME,
        "contact_email": settings.CONTACT_EMAIL,
        "is_demo": settings.PORTAL_DEMO,
        "nav": _places(request) if request.user.is_authenticated else [],
    }


def _places(request: Any) -> list[Place]:
    here = standing(request)
    places = [(reverse(f"dashboard:{home.name}"), home.label) for home in homes_of(here)]
    if can_have_partner_calendar(here):
        places.append((reverse("observations:partner_calendar"), _("Calendar")))
    if here.teams_seen or here.is_leader:
        places.append((reverse("teams:agreement_list"), _("My tasks")))
    if here.sees_all_units or here.is_learning_partner or here.leads_units:
        places.append((reverse("dashboard:overview"), _("All teams")))
    elif here.stands_in_for:
        places.append((reverse("dashboard:overview"), _("Stand-in")))
    return [Place(url, str(label), request.path == url) for url, label in places]
