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


class TopicKind(models.TextChoices):
    """What a team can ask itself where it is with."""

    PILLAR = "pillar", _("pillar")
    MARKER = "marker", _("guiding marker")


class TopicLineKind(models.TextChoices):
    """What stands under a topic."""

    ACTION = "action", _("action")
    SIGN = "sign", _("sign")


class Becomes(models.TextChoices):
    """What becomes of a team when a new school year begins."""

    GOES_ON = "goes_on", _("Goes on")
    COPIED = "copied", _("Becomes a new team")
    ENDS = "ends", _("Ends")


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
    PROPOSED = "proposed", _("proposed")
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


OPEN_GRUS = frozenset({GrusState.PROPOSED, GrusState.PLANNED})


class GrusSide(models.TextChoices):
    """The two who find the day of a GRUS."""

    LEADER = "leader", _("the leader")
    TEAM = "team", _("the team")


class GrusTheme(models.TextChoices):
    """What a GRUS goes through."""

    YEAR_PASSED = "year_passed", _("the year that passed")
    WORK = "work", _("the work situation")
    YEAR_TO_COME = "year_to_come", _("the year to come")


class StandInTask(models.TextChoices):
    """What a leader can hand over to a stand-in. Never the leadership responsibility itself."""

    PLANNING = "planning", _("plan, move and cancel meetings and visits")
    PEOPLE = "people", _("add members and end memberships")


class AgreementState(models.TextChoices):
    """How far something agreed is."""

    OPEN = "open", _("open")
    UNDER_WAY = "under_way", _("under way")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


SETTLED = frozenset({AgreementState.DONE, AgreementState.DROPPED})


class AgreementSource(models.TextChoices):
    """Where something was agreed."""

    TEAM = "team", _("the team itself")
    GRUS = "grus", _("GRUS")
    MEETING = "meeting", _("meeting")
    CYCLE = "cycle", _("learning cycle")
    VISIT = "visit", _("visit with feedback")
    MEASUREMENT = "measurement", _("measurement")


class Whose(models.IntegerChoices):
    """Why something agreed stands on a person's list, in the list's order."""

    OWN = 1, _("Your own")
    TEAM = 2, _("The team's, for anyone in it")
    LED = 3, _("From GRUS with your teams")


class Helped(models.TextChoices):
    """The team's own answer, some time after: did it help?"""

    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")


class MandateState(models.TextChoices):
    """Where a mandate from a leader stands."""

    SENT = "sent", _("waiting for an answer")
    TALK = "talk", _("to be talked about")
    ACCEPTED = "accepted", _("taken on")
    DONE = "done", _("finished")
    WITHDRAWN = "withdrawn", _("withdrawn")


# The receiver has not taken it on: it can still be changed, and still be answered.
ANSWERABLE = frozenset({MandateState.SENT, MandateState.TALK})
CLOSED = frozenset({MandateState.DONE, MandateState.WITHDRAWN})


class MandateStep(models.TextChoices):
    """What a line in the thread of a mandate did, beside saying something."""

    SAID = "said", _("writes")
    TALK = "talk", _("wants to talk about it")
    ACCEPTED = "accepted", _("takes it on")
    CHANGED = "changed", _("has changed the mandate")
    DONE = "done", _("says that it is finished")
    WITHDRAWN = "withdrawn", _("withdraws the mandate")


def every_months(months: int) -> str:
    """An interval in words: "every month", "every 3 months"."""
    return ngettext("every month", "every %(months)d months", months) % {"months": months}
