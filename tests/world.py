"""One small world: a unit with a whole above it and a part below, another unit, and a person for each role.

Every person's "own" is the team or unit she has her role for; the other places are seen from there.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password

from learningcycle.enums import ConversationRole, MeetingState
from learningcycle.models import (
    Cycle,
    Gathering,
    GatheringPoint,
    GatheringSeries,
    Meeting,
    MethodTemplate,
    RoleTaken,
    Snag,
)
from observations.enums import VisitState
from observations.models import Visit, VisitOffer
from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import CentralRoleRow, User
from slf_portal.common.dates import today
from teams.enums import AgreementSource, AgreementState, GrusState, Helped, MandateState, MandateStep
from teams.models import (
    Agreement,
    Grus,
    Mandate,
    Membership,
    PortfolioUnit,
    PracticeTopic,
    ResourcePerson,
    StaircaseGoal,
    StaircaseStep,
    StandIn,
    SupportRequest,
    Team,
    TeamContract,
    TeamLeader,
    Unit,
    UnitLeader,
)
from teams.queries import ClosedDays
from tests.builders import (
    PASSWORD,
    SINCE,
    make_administrator,
    make_agreement,
    make_all_terms,
    make_central,
    make_contract,
    make_goal,
    make_grus,
    make_invitation,
    make_leader,
    make_learning_partner,
    make_line,
    make_mandate,
    make_meeting,
    make_member,
    make_person,
    make_resource_person,
    make_rhythm,
    make_stand,
    make_stand_in,
    make_team,
    make_team_leader,
    make_topic_word,
    make_unit,
    make_visit,
)
from tests.cycle_builders import make_template
from tests.cycle_world import make_conversations, make_gatherings
from tests.gathering_builders import take_part
from tests.visit_after_world import let_visit_after, make_visits_after
from tests.visit_booking_world import AWAY_IN, make_absence, make_bookings
from tests.visit_calendar_world import let_calendars_look
from tests.visit_lines_world import let_visit, make_todays_visit
from tests.visit_partner_world import PartnerVisits, fill_calendar, let_observe, make_partner_visits

# The columns of docs/access.md, in its order.
NOT_SIGNED_IN = "not signed in"
DEACTIVATED = "deactivated"
WITHOUT_ROLES = "without roles"
MEMBER = "team member"
RESOURCE_PERSON = "resource person"
UNIT_LEADER = "unit leader"
TEAM_LEADER = "team leader"
LEARNING_PARTNER = "learning partner"
SECTION_LEADER = "section leader"
PROJECT_WORKER = "project worker"
ADMINISTRATOR = "administrator"

# Who takes part in the own place's fixed meetings.
TAKE_PART = (RESOURCE_PERSON, UNIT_LEADER, LEARNING_PARTNER)

# Where an object stands, seen from the person's own team and unit.
OWN = "own"
SAME_UNIT = "same unit"
PART = "part"
WHOLE = "whole"
OTHER_UNIT = "other unit"
NOT_EXISTING = "not existing"

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Place:
    """A team in a unit, with a meeting and a visit in each state that an address asks for, and a request.

    `mandate` is the team's and nobody has answered it; about `question`, the visitor's, the leader owes an answer;
    `personal` is hers about no team, and its deadline has passed. A conversation is prepared, begun and closed at the
    meetings of those names; `template` is the unit's own, and in `series` the visitor takes part.
    """

    unit: Unit
    team: Team
    visitor: User
    service: ResourcePerson
    member: User
    coming_meeting: Meeting
    passed_meeting: Meeting
    held_meeting: Meeting
    prepared_meeting: Meeting
    running_meeting: Meeting
    closed_meeting: Meeting
    cycle: Cycle
    closed_cycle: Cycle
    template: MethodTemplate
    series: GatheringSeries
    gathering: Gathering
    point: GatheringPoint
    coming_visit: Visit
    todays_visit: Visit
    passed_visit: Visit
    held_visit: Visit
    partner_visits: PartnerVisits
    evaluated_visit: Visit
    shared_visit: Visit
    closed_visit: Visit
    offer: VisitOffer
    contract: TeamContract
    agreement: Agreement
    done_agreement: Agreement
    planned_grus: Grus
    proposed_grus: Grus
    due_grus: Grus
    held_grus: Grus
    goal: StaircaseGoal
    step: StaircaseStep
    topic: PracticeTopic
    asked: SupportRequest
    mandate: Mandate
    question: Mandate
    personal: Mandate
    finished: Mandate
    invited: Membership
    stand_in: StandIn


@dataclass(frozen=True)
class World:
    """The places by relation and the people by role; None is the one who is not signed in."""

    places: dict[str, Place]
    people: dict[str, User | None]


def make_world() -> World:
    whole = make_unit("Ådalens Skoledistrikt")
    unit = make_unit("Birkeskolen", parent=whole, address="Birkevej 1")
    part = make_unit("Birkeskolen, indskoling", parent=unit)
    make_all_terms(unit=unit)
    own = make_place("Nord", unit)
    places = {
        OWN: own,
        SAME_UNIT: make_place("Syd", unit),
        PART: make_place("Indskoling", part),
        WHOLE: make_place("Ådalen", whole),
        OTHER_UNIT: make_place("Øst", make_unit("Østerskolen")),
    }
    people = _make_people(own)
    _let_lead(own, people[MEMBER])
    let_visit(own.todays_visit, people[RESOURCE_PERSON])
    _let_partners_and_peers(own, people)
    let_visit_after(own, people[RESOURCE_PERSON])
    for role in TAKE_PART:
        person = people[role]
        assert person is not None
        take_part(own.series, person)
    _give_password(people.values())
    let_calendars_look(people[MEMBER])
    return World(places, people)


def make_place(name: str, unit: Unit) -> Place:
    """A partner team with a rhythm and a resource person, and a request for sparring from its unit."""
    team = make_team(name, unit=unit)
    member = make_member(team, name=f"Malte {name}")
    Snag.objects.create(owner=member, text="Kalenderen er fuld, før vi mødes.")
    contract = make_contract(team, today() - 5 * WEEK, texts=("Vi lærer sammen.", "Vi er Nord."))
    make_contract(team, None, texts=("Vi lærer sammen, hver måned.",))
    visitor = make_resource_person(team, name=f"Rosa {name}")
    make_rhythm(team)
    let_observe(member, visitor)
    _agree_on_more(team, visitor)
    goal = make_goal(
        unit, f"{name} lærer af hinanden", steps=("Vi fortæller", "Vi ser på det sammen", "Vi prøver det af")
    )
    make_goal(unit, f"{name} bruger data")
    topic = PracticeTopic.objects.all()[0]
    step = goal.steps.all()[0]
    question = make_mandate(team, visitor, state=MandateState.TALK, title="Led en samtale")
    make_line(question, visitor, "Hvor mange møder tænker du på?", step=MandateStep.TALK)
    late: dict[str, Any] = {"due_on": today() - WEEK, "agreed": "Vi ringer om fredagen."}
    personal = make_mandate(None, visitor, unit=unit, state=MandateState.ACCEPTED, title="Tag imod de nye", **late)
    ahead, behind, earlier = today() + WEEK, today() - WEEK, today() - 5 * WEEK
    for day in (earlier, behind):
        make_stand(team, goal, day, "Vi fortæller hinanden om vores praksis.", step=step, next_text="At se på den.")
        make_topic_word(team, topic, day, "Vi vil det samme, men vi siger det sjældent højt.")
    return Place(
        unit=unit,
        team=team,
        visitor=visitor,
        service=team.resource_person_rows.get(),
        member=member,
        coming_meeting=make_meeting(team, ahead),
        passed_meeting=make_meeting(team, behind),
        held_meeting=make_meeting(team, earlier, state=MeetingState.HELD),
        **make_conversations(team, visitor),
        template=make_template(unit, f"Vores måde i {name}"),
        **make_gatherings(unit, visitor),
        coming_visit=make_visit(team, visitor, ahead),
        todays_visit=make_todays_visit(team, visitor),
        passed_visit=make_visit(team, visitor, behind),
        held_visit=make_visit(team, visitor, earlier, state=VisitState.HELD),
        partner_visits=make_partner_visits(unit, visitor),
        **make_visits_after(team, visitor, member),
        **make_bookings(team, visitor),
        contract=contract,
        agreement=make_agreement(team),
        done_agreement=make_agreement(team, state=AgreementState.DONE, check_on=today()),
        **_make_grus(team, visitor),
        goal=goal,
        step=step,
        topic=topic,
        asked=SupportRequest.objects.create(unit=unit, asked_by=visitor, text="Kom og lyt med hos os."),
        mandate=make_mandate(team),
        question=question,
        personal=personal,
        finished=make_mandate(team, state=MandateState.DONE, title="Evaluér en samtale"),
        invited=make_invited(team, visitor),
        stand_in=make_stand_in(unit, leader=visitor, person=make_person(f"Stine {name}")),
    )


def _agree_on_more(team: Team, visitor: User) -> None:
    """What stands on the list beside what the addresses ask for, in every other state."""
    overdue: dict[str, Any] = {"due_on": today() - WEEK, "owner": visitor, "is_shared": True}
    make_agreement(team, "Vi spørger naboteamet om deres tal.", state=AgreementState.UNDER_WAY, **overdue)
    make_agreement(team, "Vi skiftes til at lede mødet.", source=AgreementSource.GRUS, source_id=1)
    make_agreement(team, "Vi laver et årshjul.", state=AgreementState.DROPPED)
    answer: dict[str, Any] = {"helped": Helped.PARTLY, "helped_note": "Flere kom til orde.", "helped_on": today()}
    make_agreement(team, "Vi begynder med en runde.", state=AgreementState.DONE, **answer)


def _make_grus(team: Team, visitor: User) -> dict[str, Any]:
    """One in each state that an address asks for."""
    ask = ("Hvad lykkes vi med sammen?", "Hvad har vi brug for?")
    held = make_grus(team, today() - 20 * WEEK, questions=ask)
    held.questions.update(notes="Vi lytter bedre til hinanden.")
    due = make_grus(team, today(), state=GrusState.PLANNED, questions=ask)
    due.points.create(text="Vi spørger Løn om tal.", due_on=today() + 8 * WEEK)
    return {
        "planned_grus": make_grus(team, today() + 3 * WEEK, state=GrusState.PLANNED, questions=ask),
        "proposed_grus": make_grus(team, open_day(30), state=GrusState.PROPOSED, proposed_by=visitor, questions=ask),
        "due_grus": due,
        "held_grus": held,
    }


def open_day(days: int) -> dt.date:
    """The first day in so many days or more on which the world's units are open."""
    day = today() + dt.timedelta(days=days)
    while ClosedDays()(day):
        day += dt.timedelta(days=1)
    return day


def make_invited(team: Team, by: User) -> Membership:
    """A member who has not answered her invitation; its token begins with the team's name."""
    row = Membership.objects.create(team=team, person=make_person(f"Ny {team.name}"), starts_on=SINCE)
    make_invitation(row.person, token=invitation_token(team), by=by)
    return row


def invitation_token(team: Team) -> str:
    return f"{team.name}-kode"


def _make_people(own: Place) -> dict[str, User | None]:
    return {
        NOT_SIGNED_IN: None,
        DEACTIVATED: _make_deactivated(own),
        WITHOUT_ROLES: _make_former(own),
        MEMBER: _with_tasks(own.team, make_member(own.team)),
        RESOURCE_PERSON: _with_tasks(own.team, make_resource_person(own.team)),
        UNIT_LEADER: make_leader(own.unit),
        TEAM_LEADER: make_team_leader(own.team),
        LEARNING_PARTNER: make_learning_partner(own.unit),
        SECTION_LEADER: make_central(CentralRole.SECTION_LEADER, "Signe Sektionsleder"),
        PROJECT_WORKER: make_central(CentralRole.PROJECT_WORKER, "Per Projekt"),
        ADMINISTRATOR: make_administrator(),
    }


def _let_lead(place: Place, person: User | None) -> None:
    """The member leads the meeting that is going on."""
    leading = {"conversation__meeting": place.running_meeting, "role": ConversationRole.MEETING_LEADER}
    RoleTaken.objects.filter(**leading).update(person=person)


def _let_partners_and_peers(own: Place, people: dict[str, User | None]) -> None:
    """The learning partner has a calendar, and the member has asked the resource person to observe."""
    partner, observed, observer = (people[role] for role in (LEARNING_PARTNER, MEMBER, RESOURCE_PERSON))
    assert partner is not None
    assert observed is not None
    assert observer is not None
    fill_calendar(partner, own)
    let_observe(observed, observer)


def _with_tasks(team: Team, person: User) -> User:
    make_absence(person, today() + AWAY_IN)
    Snag.objects.create(owner=person, text="Vi begynder altid for sent, og så når vi ikke det sidste.")
    make_agreement(team, "Jeg sender metoden til de andre.", owner=person, due_on=today())
    return person


def _give_password(people: Iterable[User | None]) -> None:
    stored = make_password(PASSWORD)
    for person in filter(None, people):
        person.password = stored
        person.save(update_fields=["password"])


def _make_deactivated(own: Place) -> User:
    """She holds every role, and may not come in."""
    person = make_person("Dorte Deaktiveret", is_active=False)
    _give_every_role(person, own, ends_on=None)
    PortfolioUnit.objects.create(unit=own.unit, person=person, starts_on=SINCE)
    return person


def _make_former(own: Place) -> User:
    """Every role of hers ended today; a unit forgotten in her portfolio opens nothing."""
    person = make_person("Frida Forhenværende")
    _give_every_role(person, own, ends_on=today())
    PortfolioUnit.objects.create(unit=own.unit, person=person, starts_on=SINCE)
    return person


def _give_every_role(person: User, own: Place, *, ends_on: dt.date | None) -> None:
    span = {"person": person, "starts_on": SINCE, "ends_on": ends_on}
    for role in CentralRole:
        CentralRoleRow.objects.create(role=role, **span)
    Membership.objects.create(team=own.team, **span)
    ResourcePerson.objects.create(team=own.team, **span)
    UnitLeader.objects.create(unit=own.unit, **span)
    if ends_on is not None:  # a team has one responsible leader at a time
        TeamLeader.objects.create(team=own.team, person=person, starts_on=SINCE - WEEK, ends_on=SINCE)
