"""What teams have agreed on: some of it new, some overdue, some done, some dropped."""

import datetime as dt

from learningcycle.enums import MeetingState
from learningcycle.models import Meeting
from observations.enums import VisitState
from observations.models import Visit
from slf_portal.accounts.models import User
from slf_portal.common.dates import add_months, end_of_day
from slf_portal.demo.actions.past import write_past
from slf_portal.demo.actions.people import Cast, Teams
from slf_portal.demo.actions.stage import Stage, stages
from slf_portal.demo.defaults.agreements import PLANS, AgreementPlan, Who
from teams.actions import drop_agreement, say_whether_it_helped, set_agreement_state, share_agreement
from teams.defaults import MONTHS_UNTIL_ASKED
from teams.enums import AgreementSource, AgreementState, GrusState
from teams.models import Agreement, Grus, Membership
from teams.queries import responsible_leaders


def write_agreements(cast: Cast, teams: Teams) -> None:
    for stage in stages(cast, teams):
        plans = PLANS.get((stage.team.unit.name, stage.team.name), ())
        rows = write_past(Agreement.objects, [_agreed(stage, plan) for plan in plans])
        for plan, row in zip(plans, rows, strict=True):
            _tell(stage, plan, row)


def _agreed(stage: Stage, plan: AgreementPlan) -> Agreement:
    agreed_on = stage.today - dt.timedelta(days=plan.agreed)
    source, source_id = _source(stage, plan.source, agreed_on)
    row = Agreement(
        team=stage.team,
        text=plan.text,
        owner=_owner(stage, plan.who),
        agreed_on=agreed_on,
        due_on=stage.open_day_in(plan.due) if plan.due >= 0 else stage.today + dt.timedelta(days=plan.due),
        source=source,
        source_id=source_id,
    )
    if plan.state is AgreementState.DONE:
        row.state, row.settled_on = plan.state, stage.today - dt.timedelta(days=plan.settled)
        row.check_on = add_months(row.settled_on, MONTHS_UNTIL_ASKED)
    return row


def _source(stage: Stage, source: AgreementSource, by: dt.date) -> tuple[AgreementSource, int | None]:
    """The latest GRUS, meeting or visit the team held by that day; where there was none the team agreed by itself."""
    until = end_of_day(by)
    held = {
        AgreementSource.GRUS: Grus.objects.filter(state=GrusState.HELD, on__lte=by).order_by("-on"),
        AgreementSource.MEETING: Meeting.objects.filter(state=MeetingState.HELD, starts_at__lt=until).order_by(
            "-starts_at"
        ),
        AgreementSource.VISIT: Visit.objects.filter(state=VisitState.HELD, starts_at__lt=until).order_by("-starts_at"),
    }
    found = held[source].filter(team=stage.team).first() if source in held else None
    return (source, found.pk) if found else (AgreementSource.TEAM, None)


def _owner(stage: Stage, who: Who) -> User | None:
    if who is Who.LEADER:
        return responsible_leaders([stage.team], stage.today)[stage.team.pk][0]
    if who is Who.FORMER:
        return Membership.objects.filter(team=stage.team, ends_on__lte=stage.today).select_related("person")[0].person
    if who is Who.VISITOR:
        return stage.built.visitor
    return {Who.FIRST: stage.built.members[0], Who.SECOND: stage.built.members[1]}.get(who)


def _tell(stage: Stage, plan: AgreementPlan, row: Agreement) -> None:
    """Say what became of it."""
    by = stage.member
    if plan.state is AgreementState.UNDER_WAY:
        set_agreement_state(by=by, agreement=row, state=plan.state, version=row.version)
    elif plan.state is AgreementState.DROPPED:
        drop_agreement(by=by, agreement=row, reason=plan.reason, version=row.version)
    if plan.is_shared:
        share_agreement(by=by, agreement=row, is_shared=True, version=row.version)
    if plan.helped is not None:
        say_whether_it_helped(by=by, agreement=row, helped=plan.helped, note=plan.note, version=row.version)
