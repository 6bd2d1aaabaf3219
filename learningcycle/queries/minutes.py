"""The minutes: what a conversation holds, put together for reading, and a team's list of them."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from learningcycle.enums import EntryKind
from learningcycle.models import AgendaItem, Conversation, Cycle, CycleEntry, Meeting, RoleTaken, TemplateStep
from learningcycle.queries.closing import meeting_after
from learningcycle.queries.preparing import here_at
from slf_portal.accounts.models import User
from slf_portal.common.dates import local_date, today
from slf_portal.notifications.enums import ReminderKind, WhyNot
from slf_portal.notifications.models import LedgerEntry
from teams.enums import AgreementSource
from teams.models import Agreement, Membership, ResourcePerson, Team
from teams.queries import agreements_of_source, people_of_teams


@dataclass(frozen=True, slots=True)
class Minutes:
    """Everything that the minutes say. `silent` are the items at which nothing was written."""

    conversation: Conversation
    roles: list[RoleTaken]
    present: list[User]
    written: list[AgendaItem]
    silent: list[AgendaItem]
    agreements: list[Agreement]
    signs: list[CycleEntry]
    following: Meeting | None

    @property
    def meeting(self) -> Meeting:
        return self.conversation.meeting

    @property
    def team(self) -> Team:
        return self.conversation.meeting.team

    @property
    def phase(self) -> TemplateStep | None:
        """The phase the cycle was in; as long as it is a draft, the one it is in."""
        cycle = self.conversation.cycle
        return self.conversation.phase or (cycle.phase if cycle else None)

    @property
    def is_final(self) -> bool:
        return self.conversation.is_closed


def minutes_of(conversation: Conversation) -> Minutes:
    """The minutes of a conversation, a draft until it is closed. Six queries."""
    items = list(conversation.items.all())
    return Minutes(
        conversation=conversation,
        roles=list(conversation.roles.select_related("person")),
        present=here_at(conversation),
        written=[item for item in items if item.text],
        silent=[item for item in items if not item.text],
        agreements=list(agreements_of_source(AgreementSource.MEETING, conversation.meeting_id)),
        signs=_signs(conversation),
        following=meeting_after(conversation.meeting),
    )


def _signs(conversation: Conversation) -> list[CycleEntry]:
    """The signs the cycle had when it was closed; as long as it is a draft, those it has."""
    if conversation.cycle is None:
        return []
    until = local_date(conversation.closed_at) if conversation.closed_at else today()
    return list(conversation.cycle.entries.filter(kind=EntryKind.SIGN, added_on__lte=until))


def minutes_list(team: Team, cycle: Cycle | None = None) -> QuerySet[Conversation]:
    """The team's closed conversations, the latest first; those about one cycle where it is given."""
    rows = Conversation.objects.filter(meeting__team=team, closed_at__isnull=False)
    if cycle is not None:
        rows = rows.filter(cycle=cycle)
    return rows.select_related("meeting", "cycle", "phase").order_by("-meeting__starts_at", "-pk")


# The mail that tells of them ---------------------------------------------------------------------------------------


def minutes_readers(team_ids: Collection[int], on: dt.date) -> dict[int, set[int]]:
    """For each team's id those who are told of its minutes: its members and resource persons that day. Two queries."""
    found: dict[int, set[int]] = {team_id: set() for team_id in team_ids}
    for model in (Membership, ResourcePerson):
        for team_id, people in people_of_teams(model, team_ids, on).items():
            found[team_id] |= {person.pk for person in people}
    return found


def minutes_subject(meeting: Meeting) -> str:
    """What the mail is about, as the ledger has it."""
    return f"team:{meeting.team_id}:minutes:{meeting.pk}"


def minutes_not_needed(entries: Sequence[LedgerEntry], now: dt.datetime) -> dict[int, WhyNot]:
    """For each mail about minutes that must not be sent now the reason. Asked just before sending; four queries.

    Whoever has left gets none. Nobody is told of a draft, nor of a closing that a later one has taken the place of.
    """
    told = {entry.pk: _about(entry) for entry in entries if entry.kind == ReminderKind.MINUTES}
    if not told:
        return {}
    readers = minutes_readers({team_id for team_id, _meeting in told.values()}, local_date(now))
    meetings = {meeting_id for _team, meeting_id in told.values()}
    final = set(
        Conversation.objects.filter(meeting__in=meetings, closed_at__isnull=False).values_list("meeting_id", flat=True)
    )
    subjects = {entry.subject for entry in entries if entry.pk in told}
    rows = LedgerEntry.objects.filter(kind=ReminderKind.MINUTES, subject__in=subjects).order_by()
    latest = dict(rows.values_list("subject").annotate(Max("step")))
    reasons: dict[int, WhyNot] = {}
    for entry in entries:
        if entry.pk not in told:
            continue
        team_id, meeting_id = told[entry.pk]
        if entry.recipient_id not in readers[team_id]:
            reasons[entry.pk] = WhyNot.NOT_THEIRS
        elif meeting_id not in final or entry.step < latest[entry.subject]:
            reasons[entry.pk] = WhyNot.SETTLED
    return reasons


def _about(entry: LedgerEntry) -> tuple[int, int]:
    """The ids of the team and the meeting."""
    _team, team_id, _minutes, meeting_id = entry.subject.split(":")
    return int(team_id), int(meeting_id)
