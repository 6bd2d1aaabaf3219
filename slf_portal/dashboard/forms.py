"""The filters of the lists of teams."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from slf_portal.common.dated import in_force
from slf_portal.common.dates import today
from slf_portal.common.forms import DayField, FilterForm, SearchField
from slf_portal.common.sorting import danish_sort_key
from slf_portal.fundament.queries import Fundament
from teams.enums import Promise, Status, UnitKind
from teams.models import District, Team
from teams.rules import PromiseStatus


class TeamFilterForm(FilterForm):
    """Search, kind, district, a status, an order and the day to look at."""

    ORDERS = (("", _("by name")), ("visit", _("longest without a visit first")))

    q = SearchField(label=_("Search for a team or unit"))
    kind = forms.ChoiceField(label=pgettext_lazy("of unit", "Kind"), choices=[("", _("every kind")), *UnitKind.choices])
    district = forms.ModelChoiceField(
        label=_("District"), queryset=District.objects.all(), empty_label=_("every district")
    )
    status = forms.ChoiceField(label=_("Status"), choices=[("", _("every status")), *Status.choices])
    order = forms.ChoiceField(label=_("Order"), choices=ORDERS)
    on = DayField(label=_("As of"))

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on and on > today():
            raise forms.ValidationError(_("Choose today or a day that has passed."))
        return on

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """The valid choices; one that is not valid counts as not chosen and is told at its field."""
        self.full_clean()
        return self.cleaned_data

    @property
    def as_of(self) -> Any:
        return self.chosen.get("on") or today()

    def narrow(self, teams: QuerySet[Team]) -> QuerySet[Team]:
        """The teams that match the search, kind and district."""
        chosen = self.chosen
        for word in danish_sort_key(chosen.get("q") or "").split():
            teams = teams.filter(sort_key__contains=word) | teams.filter(unit__sort_key__contains=word)
        if chosen.get("kind"):
            teams = teams.filter(unit__kind=chosen["kind"])
        if chosen.get("district"):
            now = in_force(self.as_of, "unit__district_rows__")
            teams = teams.filter(now, unit__district_rows__district=chosen["district"])
        return teams

    @property
    def needs_every_status(self) -> bool:
        """Whether the choice can only be made when every team's statuses are known."""
        return bool(self.chosen.get("status") or self.chosen.get("order"))

    def choose(self, teams: list[Team], statuses: Mapping[int, Fundament]) -> list[Team]:
        """The teams with the chosen status, in the chosen order."""
        status = self.chosen.get("status")
        if status:
            teams = [team for team in teams if any(one.status == status for one in statuses[team.pk].values())]
        if self.chosen.get("order") == "visit":
            teams = sorted(teams, key=lambda team: _longest_without_a_visit(statuses[team.pk][Promise.VISIT]))
        return teams


def _longest_without_a_visit(status: PromiseStatus) -> tuple[bool, int]:
    """No visit planned first, among them the longest overdue; planned and kept ones after."""
    waiting = status.status in {Status.OVERDUE, Status.SOON, Status.UNKNOWN, Status.NOT_YET}
    day = status.on.toordinal() if status.on else 0
    return (not waiting, day)
