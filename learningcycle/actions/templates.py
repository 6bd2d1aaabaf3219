"""Copying a template to a unit, changing it version by version, and offering it."""

import uuid
from dataclasses import asdict, replace

from django.utils.translation import gettext as _

from learningcycle.defaults import LEAST_MINUTES, MOST_AGENDA_MINUTES
from learningcycle.enums import TemplateKind
from learningcycle.models import MethodTemplate, TemplateStep, TemplateVersion
from learningcycle.models.templates import MOST_STEPS
from learningcycle.queries import TemplateWords, latest_version, words_of
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, note_text_override, refuse_stale
from slf_portal.common.errors import RefusedError
from slf_portal.common.fields import refuse_cpr
from slf_portal.common.saving import save_checked
from teams.models import Unit


class TemplateRefusedError(RefusedError):
    """The template cannot be as asked; the message says why."""


def copy_template(
    *,
    by: User,
    template: MethodTemplate,
    unit: Unit,
    title: str,
    confirmed_not_cpr: bool = False,
    token: uuid.UUID | None = None,
) -> MethodTemplate:
    """Give the unit a template of its own that begins as the latest version of another.

    Raises ValidationError for a title with what looks like a CPR number nobody has explained.
    """
    with change(by=by, verb="copy template", token=token):
        if confirmed_not_cpr:
            note_text_override(by=by, place="learningcycle.TemplateVersion")
        else:
            refuse_cpr(title)
        copy = MethodTemplate(kind=template.kind, unit=unit, copied_from=template, position=template.position)
        save_checked(copy)
        words = replace(words_of(latest_version(template)), title=title)
        # What is copied was asked about when it was written.
        _write_version(copy, 1, words, by=by, confirmed_not_cpr=True)
    return copy


def change_template(
    *, by: User, template: MethodTemplate, words: TemplateWords, version: int, confirmed_not_cpr: bool = False
) -> TemplateVersion | None:
    """Make a new version that says that; None where the latest says it already. What is under way keeps its version.

    Raises TemplateRefusedError, and StaleFormError when someone else made a version meanwhile.
    """
    with change(by=by, verb="change template"):
        template = _locked(template)
        latest = latest_version(template)
        refuse_stale(stored=latest.number, shown=version)
        if words == words_of(latest):
            return None
        _refuse_unless_whole(template, words)
        if confirmed_not_cpr:
            note_text_override(by=by, place="learningcycle.TemplateVersion")
        return _write_version(template, latest.number + 1, words, by=by, confirmed_not_cpr=confirmed_not_cpr)


def offer_template(*, by: User, template: MethodTemplate, is_offered: bool) -> None:
    """Offer it to teams, or no longer. Raises TemplateRefusedError for the two that every team falls back on."""
    with change(by=by, verb="offer template"):
        template = _locked(template)
        if not is_offered and template.is_fallback:
            raise TemplateRefusedError(
                _("It is what teams begin with when their unit has no template of its own, so it stays offered.")
            )
        template.is_offered = is_offered
        template.save(update_fields=["is_offered"])


def _locked(template: MethodTemplate) -> MethodTemplate:
    """The template, for one writer at a time."""
    return MethodTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)


def _refuse_unless_whole(template: MethodTemplate, words: TemplateWords) -> None:
    if not words.steps:
        raise TemplateRefusedError(_("Nothing is left. A template has at least one step."))
    if len(words.steps) > MOST_STEPS:
        raise TemplateRefusedError(_("A template has at most twelve steps. Take some out, or join two."))
    if template.kind == TemplateKind.AGENDA and not LEAST_MINUTES <= words.minutes <= MOST_AGENDA_MINUTES:
        takes = {"minutes": words.minutes, "least": LEAST_MINUTES, "most": MOST_AGENDA_MINUTES}
        raise TemplateRefusedError(
            _("The agenda takes %(minutes)d minutes in all. It has to take between %(least)d and %(most)d.") % takes
        )


def _write_version(
    template: MethodTemplate, number: int, words: TemplateWords, *, by: User, confirmed_not_cpr: bool
) -> TemplateVersion:
    version = TemplateVersion(template=template, number=number, made_by=by)
    version.title, version.description, version.source = words.title, words.description, words.source
    save_checked(version, confirmed_not_cpr=confirmed_not_cpr)
    for position, step in enumerate(words.steps, start=1):
        row = TemplateStep(version=version, position=position, **asdict(step))
        save_checked(row, confirmed_not_cpr=confirmed_not_cpr)
    return version
