"""A team on one page, before a visit: what the visitor may read of it, and no more."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from learningcycle.enums import MeetingState
from learningcycle.models import Cycle, Meeting
from learningcycle.queries import running_cycles
from observations.enums import VisitState
from observations.models import Visit, VisitFocus, VisitRecord
from observations.queries.focus import foci_of
from slf_portal.common.dates import today
from teams.models import Agreement, Team, TeamContract
from teams.queries import AgreementCounts, contract_in_force, counts_beside, open_agreements
from teams.standing import Standing

# What there is room for on the page.
MEETINGS_SHOWN, AGREEMENTS_SHOWN, CYCLES_SHOWN = 3, 6, 2


@dataclass(frozen=True, slots=True)
class MeetingFact:
    """A meeting that has passed; `focus` is what it was about, for who may read it."""

    meeting: Meeting
    focus: str

    @property
    def is_held(self) -> bool:
        return self.meeting.state == MeetingState.HELD


@dataclass(frozen=True, slots=True)
class StatusSheet:
    """The page. `agreements` are for who may read them, `counts` for who may not; `kept` is empty for who may not."""

    visit: Visit
    foci: list[VisitFocus]
    meetings: list[MeetingFact]
    cycles: list[Cycle]
    agreements: list[Agreement]
    more_agreements: int
    counts: AgreementCounts | None
    contract: TeamContract | None
    last_visit: Visit | None
    last_record: VisitRecord | None


def status_sheet(visit: Visit, standing: Standing, *, reads_team: bool, reads_contract: bool) -> StatusSheet:
    """What stands with the team: its text only where `reads_team` says that the person may read it. Seven queries."""
    team = visit.team
    agreements = list(open_agreements(team)) if reads_team else []
    last_visit = visit_before(visit)
    return StatusSheet(
        visit=visit,
        foci=foci_of(visit),
        meetings=_meetings(team, min(visit.starts_at, timezone.now()), reads_team=reads_team),
        cycles=running_cycles(team)[:CYCLES_SHOWN],
        agreements=agreements[:AGREEMENTS_SHOWN],
        more_agreements=max(0, len(agreements) - AGREEMENTS_SHOWN),
        counts=None if reads_team else counts_beside(standing, team, today()),
        contract=contract_in_force(team) if reads_contract else None,
        last_visit=last_visit,
        last_record=VisitRecord.objects.filter(visit=last_visit).first() if last_visit else None,
    )


def visit_before(visit: Visit) -> Visit | None:
    """The team's latest visit before this one that was held. One query."""
    held = visit.team.visits.filter(state=VisitState.HELD, starts_at__lt=visit.starts_at)
    return held.select_related("visitor", "team").order_by("-starts_at").first()


def _meetings(team: Team, before: dt.datetime, *, reads_team: bool) -> list[MeetingFact]:
    """The latest that have passed and were not cancelled, the latest first."""
    rows = team.meetings.filter(starts_at__lt=before).exclude(state=MeetingState.CANCELLED)
    latest = rows.select_related("conversation").order_by("-starts_at")[:MEETINGS_SHOWN]
    return [MeetingFact(meeting, _focus(meeting) if reads_team else "") for meeting in latest]


def _focus(meeting: Meeting) -> str:
    conversation = getattr(meeting, "conversation", None)
    return conversation.focus if conversation else ""
