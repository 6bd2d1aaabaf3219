"""Which templates there are, and their versions."""

from dataclasses import dataclass

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum

from learningcycle.defaults import DEFAULT_AGENDA, DEFAULT_CYCLE
from learningcycle.enums import CycleState, TemplateKind
from learningcycle.models import Conversation, Cycle, MethodTemplate, TemplateVersion
from teams.models import Team, Unit
from teams.standing import Standing

_DEFAULTS = {TemplateKind.CYCLE: DEFAULT_CYCLE, TemplateKind.AGENDA: DEFAULT_AGENDA}


@dataclass(frozen=True, slots=True)
class StepWords:
    """What a step says. A phase has something to write and a rule, an item of an agenda has minutes and a part."""

    title: str
    question: str = ""
    to_write: str = ""
    rule: str = ""
    minutes: int | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class TemplateWords:
    """What a version says, with its steps in order. Two that say the same are equal."""

    title: str
    description: str
    source: str
    steps: tuple[StepWords, ...]

    @property
    def minutes(self) -> int:
        """What all its steps take together."""
        return sum(step.minutes or 0 for step in self.steps)


def latest_version(template: MethodTemplate) -> TemplateVersion:
    return template.versions.order_by("-number")[0]


def words_of(version: TemplateVersion) -> TemplateWords:
    """What the version says. One query."""
    steps = (
        StepWords(step.title, step.question, step.to_write, step.rule, step.minutes, step.part)
        for step in version.steps.all()
    )
    return TemplateWords(version.title, version.description, version.source, tuple(steps))


def offered_versions(team: Team, kind: TemplateKind) -> list[TemplateVersion]:
    """The latest version of each template that the team can begin with, its unit's own first. One query."""
    units = {team.unit_id, team.unit.parent_id}
    found = _latest_versions().filter(
        Q(template__unit__isnull=True) | Q(template__unit__in=units), template__kind=kind, template__is_offered=True
    )
    return sorted(found, key=lambda version: (version.template.unit_id is None, version.template.position, version.pk))


def usual_version(team: Team, kind: TemplateKind) -> TemplateVersion:
    """What the team begins with when nobody chooses: its unit's own, else the one the portal ships."""
    offered = offered_versions(team, kind)
    own = [version for version in offered if version.template.unit_id is not None]
    shipped = [version for version in offered if version.template.key == _DEFAULTS[kind]]
    return (own or shipped or offered)[0]


def units_of_seen_templates(here: Standing) -> frozenset[int]:
    """The units whose own templates the person may read, beside those she sees because she sees every unit."""
    return here.units_seen | here.units_of_own_teams | here.units_served


def templates_read(here: Standing, kind: str = "") -> QuerySet[TemplateVersion]:
    """The latest version of each template the person may read: everyone's first, then unit by unit, cycles first.

    Each has `step_count` and `minutes`. One that is no longer offered is there for who may offer it again.
    """
    found = _latest_versions().annotate(step_count=Count("steps"), minutes=Sum("steps__minutes"))
    if not here.sees_all_units:
        found = found.filter(Q(template__unit__isnull=True) | Q(template__unit_id__in=units_of_seen_templates(here)))
    if not here.is_administrator:
        own = Q(template__unit_id__in=here.leads_units | here.portfolio)
        everyones = Q(template__unit__isnull=True) if here.is_learning_partner else Q(pk__in=())
        found = found.filter(Q(template__is_offered=True) | own | everyones)
    if kind:
        found = found.filter(template__kind=kind)
    return found.order_by(
        F("template__unit__sort_key").asc(nulls_first=True),
        "template__unit_id",
        "-template__kind",
        "template__position",
        "template_id",
    )


def going_on_with(template: MethodTemplate) -> int:
    """How many running cycles, or conversations that are not closed, go by a version of the template. One query."""
    if template.kind == TemplateKind.CYCLE:
        return Cycle.objects.filter(version_used__template=template, state=CycleState.RUNNING).count()
    return Conversation.objects.filter(agenda__template=template, closed_at__isnull=True).count()


def units_to_make_templates_in(here: Standing) -> QuerySet[Unit]:
    """The units that the person may give a template of their own, in Danish order."""
    units = Unit.objects.select_related("parent").order_by("sort_key", "pk")
    return units if here.is_administrator else units.filter(pk__in=here.leads_units | here.portfolio)


def _latest_versions() -> QuerySet[TemplateVersion]:
    latest = (
        TemplateVersion.objects.filter(template=OuterRef("template")).values("template").annotate(number=Max("number"))
    )
    return TemplateVersion.objects.filter(number=Subquery(latest.values("number"))).select_related("template__unit")
