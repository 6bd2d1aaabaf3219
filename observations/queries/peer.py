"""One's own peer observations of practice, and which colleagues can be asked. Nobody else's can be asked for here."""

import datetime as dt
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from observations.enums import WITH_OBSERVER, PeerState
from observations.models import PeerObservation
from slf_portal.accounts.models import User
from slf_portal.common.dates import start_of_day
from teams.models import Membership, ResourcePerson, Unit
from teams.queries import people_near
from teams.standing import Standing

# For so long the front page says that they are there.
DAYS_NOTES_ARE_NEW = 7


def peer_observations_of(person: User) -> QuerySet[PeerObservation]:
    """What is the person's own, and what she was asked for and has not given out of her hands; the latest first."""
    asked = Q(observer=person, state__in=WITH_OBSERVER)
    return PeerObservation.objects.filter(Q(observed=person) | asked).select_related("observed", "observer")


def peer_observations_to_see(person_id: int, on: dt.date) -> QuerySet[PeerObservation]:
    """What waits for the person: to answer, to write, a no to read, or notes that came in the last week. One query."""
    since = start_of_day(on - dt.timedelta(days=DAYS_NOTES_ARE_NEW))
    asked = Q(observer=person_id, state__in=WITH_OBSERVER)
    came = Q(state=PeerState.DECLINED) | Q(handed_over_at__gte=since)
    rows = PeerObservation.objects.filter(asked | Q(came, observed=person_id))
    return rows.select_related("observed", "observer")


def colleagues_to_ask(standing: Standing, on: dt.date) -> QuerySet[User]:
    """Whom she meets in her own teams, and the resource persons of her units, in Danish order.

    Others are not offered by name: who belongs to a team is known to the team.
    """
    teams = standing.member_of | standing.serves | standing.leads_teams
    units = standing.units_of_own_teams | standing.leads_units
    members = Membership.objects.in_force(on).filter(team_id__in=teams).values("person_id")
    serving = ResourcePerson.objects.in_force(on).filter(Q(team_id__in=teams) | Q(team__unit_id__in=units))
    found = User.objects.filter(Q(pk__in=members) | Q(pk__in=serving.values("person_id")), is_active=True)
    return found.exclude(pk=standing.person_id).order_by("sort_key", "pk")


def colleague_with_address(standing: Standing, address: str, on: dt.date) -> User | None:
    """The colleague in the person's own units or their neighbours who has that e-mail address."""
    near = standing.units_of_own_teams | standing.leads_units
    units = Unit.objects.filter(pk__in=near).exclude(parent_id__in=near)
    if not units:
        return None
    people = reduce(or_, (people_near(unit, on) for unit in units))
    return people.exclude(pk=standing.person_id).filter(email__iexact=address).first()
