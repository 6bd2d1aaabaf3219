"""Templates: which there are, reading one, giving a unit its own, changing it, offering it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningcycle import actions, queries
from learningcycle.access import get_template
from learningcycle.forms import TemplateCopyForm, TemplateFilterForm, TemplateForm
from learningcycle.models import TemplateVersion
from learningcycle.permissions import can_change_template, can_copy_template, can_see_template, can_see_templates
from slf_portal.accounts.http import PortalRequest
from slf_portal.common.errors import RefusedError
from slf_portal.common.paging import paged
from teams.access import require, standing


@require_safe
def template_list(request: PortalRequest) -> HttpResponse:
    """Everyone's templates, then those of the units whose templates the person may read."""
    here = standing(request)
    require(can_see_templates(here))
    filters = TemplateFilterForm(request.GET)
    page = paged(request, queries.templates_read(here, filters.chosen))
    return render(request, "learningcycle/template_list.html", {"page": page, "filters": filters})


@require_safe
def template_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """A template in its newest version; `?version=` shows an earlier one."""
    template, here = get_template(request, pk), standing(request)
    versions = list(template.versions.all())
    version = _asked_for(request, versions)
    context = {
        "template": template,
        "version": version,
        "words": queries.words_of(version),
        "newest": versions[0],
        "page": paged(request, versions),
        "going_on": queries.going_on_with(template),
        "origin": _origin(request, template),
        "may_copy": can_copy_template(here, template),
        "may_change": can_change_template(here, template),
    }
    return render(request, "learningcycle/template_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def template_copy(request: PortalRequest, pk: int) -> HttpResponse:
    """Give a unit a template of its own that begins as this one."""
    template = get_template(request, pk, can_copy_template)
    latest = queries.latest_version(template)
    units = queries.units_to_make_templates_in(standing(request))
    form = TemplateCopyForm(request.POST or None, units=units, title=latest.title)
    if form.is_valid() and form.carried_out(
        lambda: actions.copy_template(
            by=request.user,
            template=template,
            unit=form.cleaned_data["unit"],
            title=form.cleaned_data["title"],
            confirmed_not_cpr=form.cpr_overridden,
            token=form.cleaned_data["token"],
        )
    ):
        messages.success(request, _("The copy is made. Change it as it suits you; the original stays as it is."))
        return redirect("learningcycle:template_detail", form.outcome.pk if form.outcome else template.pk)
    return render(request, "learningcycle/template_copy.html", {"form": form, "template": template, "latest": latest})


@require_http_methods(["GET", "HEAD", "POST"])
def template_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Write all of a template on one page; what is saved is a new version."""
    template = get_template(request, pk, can_change_template)
    latest = queries.latest_version(template)
    stored = queries.words_of(latest)
    form = TemplateForm(request.POST or None, latest=latest, words=stored)
    if form.is_valid() and form.carried_out(
        lambda: actions.change_template(
            by=request.user,
            template=template,
            words=form.words(),
            version=form.cleaned_data["version"],
            confirmed_not_cpr=form.cpr_overridden,
        )
    ):
        messages.success(request, _said_of(form.outcome))
        return redirect("learningcycle:template_detail", template.pk)
    context = {"form": form, "template": template, "latest": latest, "stored": stored}
    return render(request, "learningcycle/template_edit.html", context)


@require_POST
def template_offer(request: PortalRequest, pk: int) -> HttpResponse:
    """Offer the template to teams (`is_offered` is 1), or no longer."""
    template = get_template(request, pk, can_change_template)
    is_offered = request.POST.get("is_offered") == "1"
    try:
        actions.offer_template(by=request.user, template=template, is_offered=is_offered)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _offered_words(is_offered=is_offered))
    return redirect("learningcycle:template_detail", template.pk)


def _asked_for(request: PortalRequest, versions: list[TemplateVersion]) -> TemplateVersion:
    """The version in the address, the newest without one."""
    asked = request.GET.get("version")
    if asked is None:
        return versions[0]
    for version in versions:
        if str(version.number) == asked:
            return version
    raise Http404


def _origin(request: PortalRequest, template: Any) -> TemplateVersion | None:
    """What it was copied from, where the person may read that."""
    origin = template.copied_from
    if origin is None or not can_see_template(standing(request), origin):
        return None
    return queries.latest_version(origin)


def _said_of(made: TemplateVersion | None) -> str:
    if made is None:
        return _("There was nothing new to save: the template is as it was.")
    return _("Version %(number)d is saved. What is under way goes on with the version it began with.") % {
        "number": made.number
    }


def _offered_words(*, is_offered: bool) -> str:
    if is_offered:
        return _("Teams can choose the template again.")
    return _("The template is no longer offered. What is under way with it goes on.")
