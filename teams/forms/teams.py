"""Forms of a team itself: its name, kind and days."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from slf_portal.common.dates import today
from slf_portal.common.fields import refuse_cpr
from slf_portal.common.forms import DayField, PortalForm
from teams.enums import TeamKind


class TeamForm(PortalForm):
    """A team, new or changed."""

    name = forms.CharField(label=_("Name"), max_length=150, validators=[refuse_cpr])
    kind = forms.ChoiceField(
        label=pgettext_lazy("of team", "Kind"),
        choices=TeamKind.choices,
        help_text=_("Only SLF partner teams have the four promises of the fundament."),
    )
    starts_on = DayField(label=_("Begins"), required=False, help_text=_("Empty when nobody knows."))


class NewTeamForm(TeamForm):
    submit_label = _("Create the team")


class CloseTeamForm(PortalForm):
    """The first day the team is no more."""

    submit_label = _("Close the team")

    on = DayField(
        label=_("The team ends on"), initial=today, help_text=_("The first day it is no more. Today: it ends at once.")
    )
