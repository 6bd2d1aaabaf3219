"""The words of meetings, learning cycles and templates."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")


class Nth(models.IntegerChoices):
    """Which of the month's such weekdays."""

    FIRST = 1, _("first")
    SECOND = 2, _("second")
    THIRD = 3, _("third")
    FOURTH = 4, _("fourth")
    LAST = -1, _("last")


class NoMeeting(models.TextChoices):
    """Why a month of a rhythm has no meeting."""

    PAUSE = "pause", _("paused")
    CLOSED = "closed", _("every such weekday is closed")


class GatheringKind(models.TextChoices):
    """Whose fixed meeting it is, beside the teams' own."""

    RESOURCE_PERSONS = "resource_persons", _("the resource persons' meeting")
    LEADERSHIP = "leadership", _("leadership team")
    ONE_TO_ONE = "one_to_one", _("one-to-one")
    ORIENTATION = "orientation", _("orientation meeting")
    THEME = "theme", _("theme meeting")
    OTHER = "other", _("another fixed meeting")


class TemplateKind(models.TextChoices):
    """What a template is of: the long cycle, or one meeting."""

    CYCLE = "cycle", _("learning cycle")
    AGENDA = "agenda", _("agenda")


class PhaseRule(models.TextChoices):
    """What should be written before a phase is left. A soft rule: the team is warned, never stopped."""

    FOCUS = "focus", _("the focus in one sentence")
    DATA = "data", _("at least one piece of data, described without judging")
    GOAL_AND_SIGN = "goal_and_sign", _("a goal and at least one sign to look for")
    ACTION = "action", _("at least one trial action with a day")
    ACTIONS_SETTLED = "actions_settled", _("every trial action done or dropped")
    LEARNING = "learning", _("what we learned")


class AgendaPart(models.TextChoices):
    """What of the portal stands beside an item of an agenda."""

    CHECK_IN = "check_in", _("roles and who is here")
    SINCE_LAST = "since_last", _("since last time")
    FOCUS_PERSON = "focus_person", _("the focus person's question")
    DATA = "data", _("data")
    INQUIRY = "inquiry", _("joint inquiry")
    GOAL = "goal", _("goal, signs and trial action")
    SNAGS = "snags", _("what is troublesome")
    CHECK_OUT = "check_out", _("what we try and when we meet")
    EVALUATION = "evaluation", _("evaluation of the conversation")


class CycleState(models.TextChoices):
    RUNNING = "running", _("running")
    CLOSED = "closed", _("closed")


class Decision(models.TextChoices):
    """What becomes of what was tried."""

    KEEP = "keep", _("we keep it")
    CHANGE = "change", _("we change it")
    STOP = "stop", _("we stop it")


class EntryKind(models.TextChoices):
    """What a line of a learning cycle is."""

    DATA = "data", _("data")
    INTERPRETATION = "interpretation", _("interpretation")
    SIGN = "sign", _("sign")
    LOG = "log", _("log")


class DataKind(models.TextChoices):
    """What sort of data it is: more than what can be counted."""

    OBSERVATION = "observation", _("observation")
    INTERVIEW = "interview", _("interview or conversation")
    WELLBEING = "wellbeing", _("wellbeing measurement")
    PLAN = "plan", _("plan or document")
    PRODUCT = "product", _("something made")
    NUMBERS = "numbers", _("numbers or test results of a group")
    OTHER = "other", _("something else")


class ConversationRole(models.TextChoices):
    """The roles of a learning conversation that are remembered and taken in turn."""

    MEETING_LEADER = "meeting_leader", _("meeting leader")
    MINUTE_TAKER = "minute_taker", _("minute-taker")
    TIME_KEEPER = "time_keeper", _("time-keeper")
    FOCUS_PERSON = "focus_person", _("focus person")


class Silence(models.TextChoices):
    """Silent writing at an item: everyone writes for herself, then all is shown at once, without names."""

    WRITING = "writing", _("everyone writes for herself")
    SHOWN = "shown", _("shown to all")


class Ground(models.TextChoices):
    """What a team does well to have before it acts; the words go on after "on the way to action, before …"."""

    DATA = "data", _("there is data on the table")
    INTERPRETATIONS = "interpretations", _("there is more than one interpretation")
    GOAL = "goal", _("there is a goal")
    SIGN = "sign", _("there is a sign to look for")
