"""The form with which a leader lets another resource person take over."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from slf_portal.accounts.models import User
from slf_portal.common.dates import today
from slf_portal.common.forms import ComingDayField, PortalForm
from slf_portal.common.templatetags.portal import long_day
from teams.models import ResourcePerson
from teams.queries import already_serving


class HandoverForm(PortalForm):
    """Which of her teams, who takes over, and when."""

    submit_label = _("Hand over")

    def __init__(
        self, *args: Any, rows: Sequence[ResourcePerson], row: ResourcePerson, successors: QuerySet[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(one.pk): one for one in rows}
        self.fields["services"] = forms.MultipleChoiceField(
            label=_("Which teams"),
            choices=[(key, _label(one)) for key, one in self.rows.items()],
            initial=[str(row.pk)],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one team.")},
        )
        self.fields["successor"] = forms.ModelChoiceField(
            label=_("Who takes over"), queryset=successors, empty_label=_("Choose a colleague")
        )
        self.fields["day"] = ComingDayField(label=_("From which day"), initial=today)
        self.fields["with_plans"] = forms.BooleanField(
            label=_("The visits she has planned from that day on become her successor's"), required=False, initial=True
        )
        self.order_fields(["services", "successor", "day", "with_plans", "token"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        successor, chosen, day = (cleaned.get(name) for name in ("successor", "services", "day"))
        if successor and chosen and day:
            teams = already_serving(successor, [self.rows[key].team_id for key in chosen], day)
            if teams:
                words = {"person": successor.name, "teams": ", ".join(team.name for team in teams)}
                self.add_error("successor", gettext("%(person)s serves already: %(teams)s.") % words)
        return cleaned

    def chosen_rows(self) -> list[ResourcePerson]:
        return [self.rows[key] for key in self.cleaned_data["services"]]


def _label(row: ResourcePerson) -> str:
    place = f"{row.team.name} · {row.team.unit.name}"
    if row.ends_on is None:
        return place
    return gettext("%(place)s (she stops on %(day)s)") % {"place": place, "day": long_day(row.ends_on)}
