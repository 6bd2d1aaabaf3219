"""Rows for tests: small plain functions with sensible defaults, named after what they make."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from learningcycle.enums import MeetingState
from learningcycle.models import Meeting, Rhythm
from observations.enums import VisitState
from observations.models import Visit
from slf_portal.accounts.actions import write_email_address
from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import CentralRoleRow, Invitation, User
from slf_portal.accounts.queries import digest_of
from slf_portal.common.dates import at, today
from teams.defaults import default_terms
from teams.enums import (
    CLOSED,
    SETTLED,
    AgreementState,
    ContractState,
    GrusState,
    GrusTheme,
    MandateState,
    Promise,
    StandInTask,
    TeamKind,
    UnitKind,
    UnitLevel,
)
from teams.models import (
    Agreement,
    Closure,
    ContractTemplateSection,
    District,
    Grus,
    Mandate,
    MandateMessage,
    Membership,
    PortfolioUnit,
    PracticeTopic,
    PromiseTerms,
    ResourcePerson,
    StaircaseGoal,
    StaircaseStep,
    StaircaseWord,
    StandIn,
    Team,
    TeamContract,
    TeamLeader,
    TopicWord,
    Unit,
    UnitDistrict,
    UnitLeader,
)

# Long before any day a test looks at.
SINCE = dt.date(2020, 1, 1)
PASSWORD = "en rigtig lang adgangskode"  # noqa: S105 - of people who do not exist

_number = count(1)


def make_person(name: str = "Anne Andersen", *, email: str = "", **values: Any) -> User:
    """A person with a verified e-mail and, unless `password` says otherwise, no way to sign in but `force_login`."""
    password = values.pop("password", None)
    person = User(name=name, email=email or f"person{next(_number)}@example.org", **values)
    person.set_password(password)
    person.save()
    write_email_address(person)
    return person


def make_central(role: CentralRole, name: str = "Carla Central", *, starts_on: dt.date = SINCE) -> User:
    """A person with a central role."""
    person = make_person(name)
    CentralRoleRow.objects.create(person=person, role=role, starts_on=starts_on)
    return person


def make_administrator(name: str = "Ada Administrator") -> User:
    return make_central(CentralRole.ADMINISTRATOR, name)


def make_learning_partner(*units: Unit, name: str = "Lis Læringspartner") -> User:
    """A learning partner with the units in her portfolio."""
    person = make_central(CentralRole.LEARNING_PARTNER, name)
    for unit in units:
        PortfolioUnit.objects.create(unit=unit, person=person, starts_on=SINCE)
    return person


def make_leader(unit: Unit, name: str = "Lone Leder", *, title: str = "") -> User:
    """A leader of the unit."""
    person = make_person(name)
    UnitLeader.objects.create(unit=unit, person=person, title=title, starts_on=SINCE)
    return person


def make_team_leader(team: Team, name: str = "Tove Teamleder") -> User:
    """The leader responsible for the team."""
    person = make_person(name)
    TeamLeader.objects.create(team=team, person=person, starts_on=SINCE)
    return person


def make_member(team: Team, name: str = "Mette Medlem", *, person: User | None = None) -> User:
    """A member of the team."""
    person = person or make_person(name)
    Membership.objects.create(team=team, person=person, starts_on=SINCE)
    return person


def make_resource_person(*teams: Team, name: str = "Rikke Ressource") -> User:
    """A resource person serving the teams."""
    person = make_person(name)
    for team in teams:
        ResourcePerson.objects.create(team=team, person=person, starts_on=SINCE)
    return person


def make_invitation(person: User, *, token: str, by: User | None = None, **values: Any) -> Invitation:
    """An invitation of today with that token in its link."""
    now = timezone.now()
    values.setdefault("expires_at", now + dt.timedelta(days=14))
    invited_by = by or make_person("Inga Inviterer")
    return Invitation.objects.create(
        person=person, invited_by=invited_by, token_digest=digest_of(token), invited_at=now, **values
    )


def make_stand_in(
    unit: Unit,
    *tasks: StandInTask,
    person: User | None = None,
    leader: User | None = None,
    **values: Any,
) -> StandIn:
    """Someone with the tasks, all of them unless said otherwise, from yesterday for a month."""
    values.setdefault("starts_on", today() - dt.timedelta(days=1))
    values.setdefault("ends_on", today() + dt.timedelta(days=30))
    return StandIn.objects.create(
        unit=unit,
        person=person or make_person("Stine Stedfortræder"),
        leader=leader or make_leader(unit, name="Liv Leder"),
        tasks=list(tasks or StandInTask),
        **values,
    )


def make_district(name: str = "Nord") -> District:
    return District.objects.get_or_create(name=name)[0]


def make_unit(name: str = "", *, kind: UnitKind = UnitKind.SCHOOL, parent: Unit | None = None, **values: Any) -> Unit:
    """A unit; one with a parent is a department unless `level` says otherwise; `district` from the beginning."""
    district = values.pop("district", None)
    values.setdefault("level", UnitLevel.DEPARTMENT if parent else UnitLevel.UNIT)
    unit = Unit.objects.create(name=name or f"Enhed {next(_number)}", kind=kind, parent=parent, **values)
    if district is not None:
        UnitDistrict.objects.create(unit=unit, district=district, starts_on=SINCE)
    return unit


def make_team(
    name: str = "", *, unit: Unit | None = None, kind: TeamKind = TeamKind.PARTNER_TEAM, **values: Any
) -> Team:
    """A team, an SLF partner team unless said otherwise, that began long ago."""
    values.setdefault("starts_on", SINCE)
    return Team.objects.create(name=name or f"Team {next(_number)}", unit=unit or make_unit(), kind=kind, **values)


def make_terms(promise: Promise, *, starts_on: dt.date = SINCE, **values: Any) -> PromiseTerms:
    """The default terms of a promise for a `unit` or a `kind`."""
    return PromiseTerms.objects.create(promise=promise, starts_on=starts_on, **{**default_terms(promise), **values})


def make_all_terms(*, starts_on: dt.date = SINCE, **place: Any) -> None:
    """The default terms of all four promises for a `unit` or a `kind`."""
    for promise in Promise:
        make_terms(promise, starts_on=starts_on, **place)


def make_closure(starts_on: dt.date, ends_on: dt.date, *, unit: Unit | None = None, name: str = "Ferie") -> Closure:
    return Closure.objects.create(unit=unit, name=name, starts_on=starts_on, ends_on=ends_on)


def make_contract(
    team: Team, in_force_on: dt.date | None, *, state: ContractState | None = None, texts: Sequence[str] = ()
) -> TeamContract:
    """A contract in force from that day, a draft without one; `texts` stand under the template's first headings."""
    contract = TeamContract.objects.create(team=team)
    for template, text in zip(ContractTemplateSection.objects.all(), texts, strict=False):
        contract.sections.create(template=template, title=template.title, position=template.position, text=text)
    contract.state = state or (ContractState.IN_FORCE if in_force_on else ContractState.DRAFT)
    contract.in_force_on = in_force_on
    contract.save()
    return contract


def make_agreement(
    team: Team,
    text: str = "Vi prøver den nye dagsorden.",
    *,
    due_on: dt.date | None = None,
    state: AgreementState = AgreementState.OPEN,
    **values: Any,
) -> Agreement:
    """Something the team itself agreed on a month ago, due in a week; settled yesterday when it was settled."""
    due_on = due_on or today() + dt.timedelta(days=7)
    values.setdefault("agreed_on", min(due_on, today() - dt.timedelta(days=30)))
    if state in SETTLED:
        values.setdefault("settled_on", today() - dt.timedelta(days=1))
    if state == AgreementState.DROPPED:
        values.setdefault("reason", "Vi fandt en bedre vej.")
    return Agreement.objects.create(team=team, text=text, due_on=due_on, state=state, **values)


def make_grus(
    team: Team, on: dt.date, *, state: GrusState = GrusState.HELD, questions: Sequence[str] = (), **values: Any
) -> Grus:
    """A GRUS that day, with the leader present when it was held; `questions` about the work."""
    values.setdefault("leader_present", state == GrusState.HELD)
    grus = Grus.objects.create(team=team, on=on, state=state, **values)
    for position, text in enumerate(questions, start=1):
        grus.questions.create(position=position, theme=GrusTheme.WORK, text=text)
    return grus


def make_goal(
    unit: Unit, title: str = "Vi lærer af hinanden", *, steps: Sequence[str] = (), **values: Any
) -> StaircaseGoal:
    """A goal that holds since long ago, after the unit's others, with steps of those titles, the lowest first."""
    values = {"starts_on": SINCE, "position": unit.staircase_goals.count() + 1, **values}
    goal = StaircaseGoal.objects.create(unit=unit, title=title, **values)
    for position, step in enumerate(steps, start=1):
        StaircaseStep.objects.create(goal=goal, title=step, position=position, starts_on=SINCE)
    return goal


def make_stand(
    team: Team, goal: StaircaseGoal, on: dt.date, text: str = "Vi er begyndt.", **values: Any
) -> StaircaseWord:
    """What the team said about the goal that day."""
    return StaircaseWord.objects.create(team=team, goal=goal, said_on=on, where_text=text, **values)


def make_topic_word(team: Team, topic: PracticeTopic, on: dt.date, text: str = "Vi øver os.") -> TopicWord:
    """What the team said about the topic that day."""
    return TopicWord.objects.create(team=team, topic=topic, said_on=on, text=text)


def make_mandate(
    team: Team | None = None,
    recipient: User | None = None,
    *,
    state: MandateState = MandateState.SENT,
    given_by: User | None = None,
    **values: Any,
) -> Mandate:
    """A mandate to the team, to a resource person, or to her about the team; due in three weeks."""
    unit = values.pop("unit", None) or (team.unit if team else make_unit())
    texts = {"title": "Lærende møder", "what": "Prøv en ny dagsorden af.", "why": "Møderne skal give mening for alle."}
    answered = {"answered_by": make_person("Anna Svarer"), "answered_at": at(today(), dt.time(8))}
    return Mandate.objects.create(
        unit=unit,
        team=team,
        recipient=recipient,
        given_by=given_by or make_person("Gitte Giver"),
        state=state,
        **{
            **texts,
            "expectation": "To møder er prøvet.",
            "hours_per_month": Decimal(6),
            "due_on": today() + dt.timedelta(days=21),
            "closed_at": at(today(), dt.time(8)) if state in CLOSED else None,
            **(answered if state != MandateState.SENT else {}),
            **values,
        },
    )


def make_line(
    mandate: Mandate, writer: User, text: str, *, is_from_leader: bool = False, **values: Any
) -> MandateMessage:
    """A line in the thread of a mandate."""
    return MandateMessage.objects.create(
        mandate=mandate, writer=writer, text=text, is_from_leader=is_from_leader, **values
    )


def make_rhythm(team: Team, *, nth: int = 2, weekday: int = 1, starts_on: dt.date = SINCE, **values: Any) -> Rhythm:
    """The second Tuesday of the month, 10.00 to 11.00."""
    values = {"starts_at": dt.time(10), "ends_at": dt.time(11), **values}
    return Rhythm.objects.create(team=team, nth=nth, weekday=weekday, starts_on=starts_on, **values)


def make_meeting(
    team: Team, on: dt.date, *, time: dt.time = dt.time(10), state: MeetingState = MeetingState.PLANNED, **values: Any
) -> Meeting:
    """An hour's meeting on a day in Copenhagen; a held one used the learning cycle unless said otherwise."""
    values.setdefault("with_learning_cycle", state == MeetingState.HELD)
    starts_at = at(on, time)
    return Meeting.objects.create(
        team=team, starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=1), state=state, **values
    )


def make_visit(
    team: Team, visitor: User, on: dt.date, *, state: VisitState = VisitState.PLANNED, **values: Any
) -> Visit:
    """An hour's visit at 10.00; a held one was evaluated unless said otherwise."""
    values.setdefault("is_evaluated", state == VisitState.HELD)
    times = {"starts_at": at(on, dt.time(10)), "ends_at": at(on, dt.time(11))}
    return Visit.objects.create(team=team, visitor=visitor, state=state, **times, **values)
