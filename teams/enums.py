"""The words of the organisation and of the promises."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class UnitKind(models.TextChoices):
    """The four kinds of units in Børn og Unge."""

    SCHOOL = "school", _("school")
    DAYCARE = "daycare", _("day care")
    YOUTH = "youth", _("UngiAarhus")
    CENTRAL_OFFICE = "central_office", _("central office")


class UnitLevel(models.TextChoices):
    """Where a unit stands in the tree: on its own, or as a part of another."""

    UNIT = "unit", _("unit")
    DEPARTMENT = "department", _("department")
    SITE = "site", _("site")


class TeamKind(models.TextChoices):
    """What a group is. Only SLF partner teams have promises."""

    PARTNER_TEAM = "partner_team", _("SLF partner team")
    RESOURCE_PERSONS = "resource_persons", _("resource persons' group")
    LEADERSHIP = "leadership", _("leadership team")
    OTHER = "other", _("other group")


class Promise(models.TextChoices):
    """The four promises of the fundament."""

    MEETING = "meeting", _("the team's learning conversation")
    CONTRACT = "contract", _("team contract")
    GRUS = "grus", _("GRUS")
    VISIT = "visit", _("visit with feedback")


class Status(models.TextChoices):
    """How a promise stands for a team (domain glossary, row 121)."""

    MET = "met", _("In place")
    PLANNED = "planned", _("Planned")
    SOON = "soon", _("Soon")
    OVERDUE = "overdue", _("Time to arrange")
    NOT_YET = "not_yet", _("Not yet")
    PAUSED = "paused", _("Paused")
    UNKNOWN = "unknown", _("Unknown")
    NOT_AGREED = "not_agreed", _("Not agreed")


class ContractState(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_FORCE = "in_force", _("in force")
    REPLACED = "replaced", _("replaced")


class GrusState(models.TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


def every_months(months: int) -> str:
    """An interval in words: "every month", "every 3 months"."""
    return ngettext("every month", "every %(months)d months", months) % {"months": months}
