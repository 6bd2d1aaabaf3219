"""The pillars and the guiding markers. What teams say about them is not here: it is theirs."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from slf_portal.audit.admin import TrackedAdmin
from slf_portal.common.fields import FreeTextFormField
from slf_portal.common.modeladmin import RefusableForm
from teams import actions
from teams.enums import TopicLineKind
from teams.models import PracticeTopic
from teams.models.topics import LINE_LENGTH

MOST_LINES = 20
_LINES = {"max_length": MOST_LINES * LINE_LENGTH, "rows": 5, "required": False}


class TopicForm(RefusableForm):
    action_lines = FreeTextFormField(label=_("Actions"), help_text=_("One on each line."), **_LINES)
    sign_lines = FreeTextFormField(label=_("Signs"), help_text=_("One on each line."), **_LINES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            lines = list(self.instance.lines.all())
            for kind in TopicLineKind:
                self.initial[f"{kind}_lines"] = "\n".join(line.text for line in lines if line.kind == kind)

    def lines(self) -> dict[TopicLineKind, list[str]]:
        """The actions and the signs that were written, each once."""
        written = {kind: self.cleaned_data[f"{kind}_lines"].splitlines() for kind in TopicLineKind}
        return {kind: list(dict.fromkeys(filter(None, map(str.strip, texts)))) for kind, texts in written.items()}


@admin.register(PracticeTopic)
class PracticeTopicAdmin(TrackedAdmin[PracticeTopic]):
    """Kept in order by their places; one that is no longer offered stays where teams have spoken about it."""

    form = TopicForm
    list_display = ("title", "kind", "position", "is_offered")
    list_filter = ("kind", "is_offered")
    search_fields = ("title",)
    fields = ("kind", "title", "description", "action_lines", "sign_lines", "position", "is_offered")

    def save_model(self, request: Any, obj: PracticeTopic, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        actions.write_topic(by=request.user, topic=obj, lines=form.lines())
