"""Forms for preparing a meeting and noting who was there."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learningcycle.enums import ConversationRole, TemplateKind
from learningcycle.forms.readers import READ_BY_TEAM
from learningcycle.models import Conversation, Cycle, Meeting, TemplateVersion
from learningcycle.models.conversations import LINE_LENGTH
from learningcycle.queries import (
    AgendaChoice,
    agenda_choices,
    is_written,
    people_of_meeting,
    role_history,
    roles_of,
    running_cycles,
    suggested_roles,
    usual_version,
)
from slf_portal.accounts.models import User
from slf_portal.common.fields import FreeTextFormField
from slf_portal.common.forms import PortalForm
from slf_portal.common.templatetags.portal import short_day
from teams.models import Team

# Guests, not a public meeting.
MOST_OTHERS = 99


class RoleField(forms.ModelChoiceField[User]):
    """Somebody for a role; beside each name stands when she had it last."""

    def __init__(self, *, last: Mapping[int, dt.date], **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.last = last

    def label_from_instance(self, obj: Any) -> str:
        if obj.pk not in self.last:
            return _("%(name)s (not yet)") % {"name": obj.name}
        return _("%(name)s (last: %(day)s)") % {"name": obj.name, "day": short_day(self.last[obj.pk])}


class PrepareMeetingForm(PortalForm):
    """What the meeting is about, by which agenda, and who has which role."""

    submit_label = gettext_lazy("Save the preparation")

    focus = FreeTextFormField(
        label=gettext_lazy("What is today's question?"), max_length=LINE_LENGTH, rows=2, required=False
    )
    cycle = forms.ModelChoiceField(
        label=gettext_lazy("Learning cycle"),
        queryset=Cycle.objects.none(),
        required=False,
        empty_label=gettext_lazy("None"),
        help_text=gettext_lazy("The leader can see which learning cycle the meeting is about."),
    )

    def __init__(self, *args: Any, meeting: Meeting, conversation: Conversation | None, **kwargs: Any) -> None:
        super().__init__(*args, shown_version=conversation.version if conversation else 0, **kwargs)
        self.fields["focus"].help_text = READ_BY_TEAM
        self._add_cycles(meeting.team, conversation)
        self._add_roles(meeting, conversation)
        if conversation is None or not is_written(conversation):
            self._add_agendas(meeting.team, conversation)
        self.fields["focus"].initial = conversation.focus if conversation else ""
        self.order_fields(["focus", *(f"role_{role}" for role in ConversationRole), "cycle", "agenda"])
        self._place_not_cpr()

    def _add_cycles(self, team: Team, conversation: Conversation | None) -> None:
        running = running_cycles(team)
        chosen = conversation.cycle_id if conversation else running[0].pk if len(running) == 1 else None
        choice: Any = self.fields["cycle"]
        choice.queryset = Cycle.objects.filter(team=team, pk__in=[chosen, *(cycle.pk for cycle in running)])
        choice.initial = chosen

    def _add_roles(self, meeting: Meeting, conversation: Conversation | None) -> None:
        """Nobody has a role yet: the page proposes whose turn it is. Later it only says so."""
        people, history = people_of_meeting(meeting), role_history(meeting.team, meeting.starts_at)
        suggested, taken = suggested_roles(meeting), roles_of(conversation) if conversation else {}
        self.proposes_roles = bool(suggested) and not taken
        for role in ConversationRole:
            person = suggested.get(role)
            self.fields[f"role_{role}"] = RoleField(
                label=str(role.label).capitalize(),
                queryset=people,
                last=history[role],
                empty_label=_("Nobody yet"),
                initial=taken.get(role) if taken else person,
                help_text=_("Suggestion: %(name)s") % {"name": person.name} if person and taken else "",
            )

    def _add_agendas(self, team: Team, conversation: Conversation | None) -> None:
        used = conversation.agenda if conversation else None
        choices = agenda_choices(team, used)
        self.agendas = {choice.version.pk: choice.version for choice in choices}
        self.fields["agenda"] = forms.TypedChoiceField(
            label=_("Agenda"),
            choices=[(choice.version.pk, _agenda_label(choice)) for choice in choices],
            coerce=lambda pk: self.agendas[int(pk)],
            empty_value=None,
            initial=(used or usual_version(team, TemplateKind.AGENDA)).pk,
            help_text=_("Another agenda takes the place of the items below.") if conversation else "",
        )

    @property
    def agenda(self) -> TemplateVersion | None:
        """The agenda chosen; None where it stands, because something is written."""
        return self.cleaned_data.get("agenda")

    def roles(self) -> dict[ConversationRole, User | None]:
        return {role: self.cleaned_data[f"role_{role}"] for role in ConversationRole}


def _agenda_label(choice: AgendaChoice) -> str:
    """Its title, and how long it takes where the title does not say it."""
    told = {"title": choice.version.title, "minutes": choice.minutes}
    if str(choice.minutes) in choice.version.title:
        return choice.version.title
    return ngettext("%(title)s (%(minutes)d minute)", "%(title)s (%(minutes)d minutes)", choice.minutes) % told


class AttendanceForm(PortalForm):
    """Who is or was there."""

    here = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Present"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The names are for the team and your resource person. The leader sees how many."),
    )
    others = forms.IntegerField(
        label=gettext_lazy("How many others?"), min_value=0, max_value=MOST_OTHERS, required=False, initial=0
    )

    def __init__(
        self, *args: Any, people: QuerySet[User], noted: Sequence[User], count: int | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["here"]
        choice.queryset, choice.initial = people, [person.pk for person in noted]
        self.fields["others"].initial = max((count or 0) - len(noted), 0)

    def clean_others(self) -> int:
        return self.cleaned_data["others"] or 0
