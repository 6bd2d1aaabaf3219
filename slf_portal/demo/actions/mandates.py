"""What leaders ask of teams and resource persons: new, talked about, taken on, finished and withdrawn."""

import datetime as dt
from decimal import Decimal

from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from slf_portal.demo.actions.past import write_past
from slf_portal.demo.actions.people import BuiltTeam, Cast, Teams, Units
from slf_portal.demo.defaults.mandates import MANDATES, ROLE, LinePlan, MandatePlan
from slf_portal.demo.defaults.organisation import OFFICE
from teams.actions import describe_role
from teams.enums import CLOSED
from teams.models import Mandate, MandateMessage, UnitLeader


def write_mandates(cast: Cast, units: Units, teams: Teams) -> None:
    for plan in MANDATES:
        leader = UnitLeader.objects.in_force(cast.today).get(unit=units[plan.unit]).person
        _write_mandate(cast, plan, teams[plan.unit, plan.team], leader)
    head = UnitLeader.objects.in_force(cast.today).get(unit=units[OFFICE]).person
    describe_role(by=head, unit=units[OFFICE], text=ROLE, version=0)


def _write_mandate(cast: Cast, plan: MandatePlan, built: BuiltTeam, leader: User) -> None:
    asked = _asked(plan, built)
    answers = [line for line in plan.lines if not line.is_from_leader]
    closing = plan.lines[-1] if plan.state in CLOSED else None
    mandate = Mandate(
        unit=built.team.unit,
        team=built.team if plan.about_team else None,
        recipient=asked if plan.to_visitor else None,
        given_by=leader,
        sent_at=_moment(cast, plan.sent_days_ago),
        title=plan.title,
        what=plan.what,
        why=plan.why,
        expectation=plan.expectation,
        hours_per_month=Decimal(plan.hours.replace(",", ".")),
        due_on=cast.today + dt.timedelta(days=plan.due_in_days),
        state=plan.state,
        agreed=plan.agreed,
        answered_by=asked if answers else None,
        answered_at=_moment(cast, answers[0].days_ago) if answers else None,
        closed_at=_moment(cast, closing.days_ago) if closing else None,
    )
    write_past(Mandate.objects, [mandate])
    write_past(MandateMessage.objects, [_line(cast, mandate, line, leader, asked) for line in plan.lines])


def _asked(plan: MandatePlan, built: BuiltTeam) -> User:
    """Who answers: the resource person who serves the team, or a member."""
    if plan.to_visitor and built.visitor is not None:
        return built.visitor
    return built.members[0]


def _line(cast: Cast, mandate: Mandate, plan: LinePlan, leader: User, asked: User) -> MandateMessage:
    return MandateMessage(
        mandate=mandate,
        writer=leader if plan.is_from_leader else asked,
        is_from_leader=plan.is_from_leader,
        at=_moment(cast, plan.days_ago),
        step=plan.step,
        text=plan.text,
    )


def _moment(cast: Cast, days_ago: int) -> dt.datetime:
    return at(cast.today - dt.timedelta(days=days_ago), dt.time(9, 40))
