"""The filter of the list of teams to visit."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from slf_portal.common.forms import FilterForm, SearchField
from slf_portal.common.sorting import danish_sort_key
from teams.models import Team


class DueFilterForm(FilterForm):
    """A team or a unit, by name."""

    q = SearchField(label=_("Search for a team or unit"))

    def narrow(self, teams: QuerySet[Team]) -> QuerySet[Team]:
        """The teams of that name, or in a unit of that name; every one of the words."""
        self.full_clean()
        for word in danish_sort_key(self.cleaned_data.get("q") or "").split():
            teams = teams.filter(sort_key__contains=word) | teams.filter(unit__sort_key__contains=word)
        return teams
