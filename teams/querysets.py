"""How rows of the organisation are asked for; what a person may see starts from `visible_to`."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from slf_portal.common.sorting import danish_sort_key
from teams.enums import SETTLED, AgreementSource, TeamKind
from teams.standing import Standing

if TYPE_CHECKING:
    from teams.models import Agreement, Team, Unit  # noqa: F401 - named in the type parameters


class UnitQuerySet(models.QuerySet["Unit"]):
    def visible_to(self, standing: Standing) -> Self:
        """The units whose page the person may open."""
        if standing.sees_all_units:
            return self
        return self.filter(pk__in=standing.units_seen)

    def named_like(self, words: str) -> Self:
        """Units with every one of the words in their name, institution number or address."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(sort_key__contains=danish_sort_key(word))
                | Q(institution_number__startswith=word)
                | Q(address__icontains=word)
            )
        return found


class TeamQuerySet(models.QuerySet["Team"]):
    def visible_to(self, standing: Standing) -> Self:
        """The teams whose page the person may open."""
        if standing.sees_all_units:
            return self
        units = standing.units_seen | standing.stands_in_for
        return self.filter(Q(pk__in=standing.teams_seen) | Q(unit_id__in=units))

    def active(self, on: dt.date) -> Self:
        """The teams that have begun, as far as anybody knows, and have not ended by that day."""
        begun = Q(starts_on__isnull=True) | Q(starts_on__lte=on)
        return self.filter(begun, Q(ends_on__isnull=True) | Q(ends_on__gt=on))

    def lasting(self) -> Self:
        """The teams for which no end is known, those that begin later too."""
        return self.filter(ends_on__isnull=True)

    def partner_teams(self) -> Self:
        """The teams that have promises."""
        return self.filter(kind=TeamKind.PARTNER_TEAM)


def of_led_team(standing: Standing) -> Q:
    """The condition that a row is of a team the person leads."""
    return Q(team_id__in=standing.leads_teams) | Q(team__unit_id__in=standing.leads_units)


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, standing: Standing) -> Self:
        """What the person may read: everything of her own teams; of teams she leads what is a leader's to know."""
        of_team = Q(team_id__in=standing.member_of | standing.serves)
        for_leader = Q(source=AgreementSource.GRUS) | Q(is_shared=True) | Q(owner_id=standing.person_id)
        return self.filter(of_team | (of_led_team(standing) & for_leader))

    def unsettled(self) -> Self:
        """Open or under way."""
        return self.exclude(state__in=SETTLED)

    def settled(self) -> Self:
        """Done or dropped."""
        return self.filter(state__in=SETTLED)
