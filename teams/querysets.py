"""How rows of the organisation are asked for; what a person may see starts from `visible_to`."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from slf_portal.common.sorting import danish_sort_key
from teams.enums import TeamKind
from teams.standing import Standing

if TYPE_CHECKING:
    from teams.models import Team, Unit  # noqa: F401 - named in the type parameters


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
        return self.filter(Q(pk__in=standing.teams_seen) | Q(unit_id__in=standing.units_seen))

    def active(self, on: dt.date) -> Self:
        """The teams that have not ended by that day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))

    def partner_teams(self) -> Self:
        """The teams that have promises."""
        return self.filter(kind=TeamKind.PARTNER_TEAM)
