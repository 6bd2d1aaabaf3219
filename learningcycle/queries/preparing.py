"""What a meeting's page shows, and whose turn it is to take a role."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet, prefetch_related_objects

from learningcycle.enums import ConversationRole, EntryKind, MeetingState, TemplateKind
from learningcycle.models import AgendaItem, Conversation, Cycle, CycleEntry, Meeting, RoleTaken, TemplateVersion
from learningcycle.queries.conversations import carried_over, conversation_before
from learningcycle.queries.cycles import only_running_cycle
from learningcycle.queries.templates import offered_versions
from slf_portal.accounts.models import User
from slf_portal.common.dates import local_date
from teams.enums import AgreementSource, AgreementState
from teams.models import Agreement, Membership, Team
from teams.queries import AgreementCounts, agreements_of_source, possible_owners

# For each role the days on which people had it last, by the person's id.
RoleHistory = Mapping[ConversationRole, Mapping[int, dt.date]]

# The focus person first: she is agreed on beforehand. Then who leads, and who writes, who should be somebody else.
_IN_TURN = (
    ConversationRole.FOCUS_PERSON,
    ConversationRole.MEETING_LEADER,
    ConversationRole.MINUTE_TAKER,
    ConversationRole.TIME_KEEPER,
)


def people_of_meeting(meeting: Meeting) -> QuerySet[User]:
    """Who can have a role and be there: members and resource persons that day, and who is noted already."""
    team = possible_owners(meeting.team, meeting.on).order_by().values("pk")
    conversations = Conversation.objects.filter(meeting=meeting)
    noted = Q(pk__in=conversations.values("attendance__person")) | Q(pk__in=conversations.values("roles__person"))
    return User.objects.filter(Q(pk__in=team) | noted).order_by("sort_key", "pk")


def roles_of(conversation: Conversation) -> dict[ConversationRole, User]:
    """Who has which role at the meeting, in the order of the roles. One query."""
    taken = {row.role: row.person for row in conversation.roles.select_related("person")}
    return {role: taken[role] for role in ConversationRole if role in taken}


def role_history(team: Team, before: dt.datetime | None = None) -> RoleHistory:
    """On which day each person last had each role at the team's meetings, before that moment. One query."""
    taken = RoleTaken.objects.filter(conversation__meeting__team=team)
    if before is not None:
        taken = taken.filter(conversation__meeting__starts_at__lt=before)
    taken = taken.exclude(conversation__meeting__state=MeetingState.CANCELLED)
    found: dict[ConversationRole, dict[int, dt.date]] = {role: {} for role in ConversationRole}
    rows = taken.order_by().values_list("role", "person").annotate(last=Max("conversation__meeting__starts_at"))
    for role, person_id, last in rows:
        found[ConversationRole(role)][person_id] = local_date(last)
    return found


def suggested_roles(meeting: Meeting) -> dict[ConversationRole, User]:
    """For each role the member who had it longest ago, or never; the first in Danish order where several have not.

    The focus person agreed on last time goes first. Nobody gets two roles while somebody has none, and who takes the
    minutes is not who leads, as long as there are two. Without members it is the resource persons' turn.
    """
    people = list(possible_owners(meeting.team, meeting.on))
    member_ids = (
        Membership.objects.in_force(meeting.on).filter(team=meeting.team_id).values_list("person_id", flat=True)
    )
    members = [person for person in people if person.pk in set(member_ids)] or people
    if not members:
        return {}
    history, before = role_history(meeting.team, meeting.starts_at), conversation_before(meeting)
    agreed = before.next_focus_person if before else None
    suggested: dict[ConversationRole, User] = {}
    for role in _IN_TURN:
        if role == ConversationRole.FOCUS_PERSON and agreed in people:
            suggested[role] = people[people.index(agreed)]
        else:
            suggested[role] = _next_in_turn(role, members, history[role], suggested)
    return {role: suggested[role] for role in ConversationRole}


def _next_in_turn(
    role: ConversationRole, members: list[User], last: Mapping[int, dt.date], suggested: Mapping[ConversationRole, User]
) -> User:
    leads = suggested.get(ConversationRole.MEETING_LEADER) if role == ConversationRole.MINUTE_TAKER else None
    free = [member for member in members if member != leads] or members
    has = [person.pk for person in suggested.values()]
    # `members` are in Danish order, and `min` takes the first of those who are alike.
    return min(free, key=lambda member: (has.count(member.pk), last.get(member.pk, dt.date.min)))


# The agenda ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AgendaChoice:
    """An agenda that the team can begin with, and how long it takes."""

    version: TemplateVersion
    minutes: int


def agenda_choices(team: Team, also: TemplateVersion | None = None) -> list[AgendaChoice]:
    """The agendas on offer, and the one that is used already. Two queries."""
    versions = offered_versions(team, TemplateKind.AGENDA)
    if also is not None and also not in versions:
        versions.insert(0, also)
    prefetch_related_objects(versions, "steps")
    return [AgendaChoice(version, sum(step.minutes or 0 for step in version.steps.all())) for version in versions]


def is_written(conversation: Conversation) -> bool:
    """Whether anything is written at the items of its agenda, in silence too. One query."""
    return written_items(conversation.items.all()).exists()


def written_items(items: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
    """Those of the items at which something is written, in silence too."""
    return items.filter(~Q(text="") | Q(silent_notes__isnull=False)).distinct()


@dataclass(frozen=True, slots=True)
class Agenda:
    """The items of a meeting, and whether they take longer than it lasts."""

    items: list[AgendaItem]
    length: int

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items)

    @property
    def is_too_long(self) -> bool:
        return self.minutes > self.length


def agenda_of(meeting: Meeting, conversation: Conversation) -> Agenda:
    """What the meeting goes through, in order. One query."""
    return Agenda(list(conversation.items.all()), round((meeting.ends_at - meeting.starts_at).total_seconds() / 60))


# The page ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SinceLast:
    """What the team brings to the meeting: as `carried_over`, with the meeting before and the signs to look for."""

    last: Meeting | None
    before: Conversation | None
    agreements: list[Agreement]
    signs: list[CycleEntry]

    @property
    def is_empty(self) -> bool:
        return not (self.last or self.before or self.agreements or self.signs)


def since_last(meeting: Meeting, cycle: Cycle | None) -> SinceLast:
    """What the team brings to the meeting that is about `cycle`. At most five queries."""
    carried = carried_over(meeting)
    held = Meeting.objects.filter(team=meeting.team_id, state=MeetingState.HELD, starts_at__lt=meeting.starts_at)
    signs = carried.signs or (list(cycle.entries.filter(kind=EntryKind.SIGN)) if cycle else [])
    return SinceLast(held.order_by("-starts_at").first(), carried.before, carried.agreements, signs)


def cycle_of_meeting(meeting: Meeting, conversation: Conversation | None) -> Cycle | None:
    """What the meeting is about: as its conversation says; before there is one, the team's only running cycle."""
    if conversation is not None:
        return conversation.cycle
    return only_running_cycle(meeting.team) if meeting.is_planned else None


def counts_of_meeting(meeting: Meeting) -> AgreementCounts:
    """How much the team agreed on at the meeting, for who may not read it. One query."""
    states = {
        name: Count("pk", filter=Q(state=state))
        for name, state in (
            ("open", AgreementState.OPEN),
            ("under_way", AgreementState.UNDER_WAY),
            ("done", AgreementState.DONE),
        )
    }
    return AgreementCounts(**agreements_of_source(AgreementSource.MEETING, meeting.pk).order_by().aggregate(**states))


def here_at(conversation: Conversation) -> list[User]:
    """Who is noted as there, in Danish order. The team's to know. One query."""
    return list(User.objects.filter(pk__in=conversation.attendance.values("person")).order_by("sort_key", "pk"))
