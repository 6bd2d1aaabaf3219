"""Team contracts: each replaced the one of the year before, most members have said yes, most leaders have seen it."""

import datetime as dt
from collections.abc import Mapping

from slf_portal.common.dates import at
from slf_portal.demo.actions.past import change_past, write_past
from slf_portal.demo.actions.stage import Stage
from slf_portal.demo.defaults.contracts import DRAFT_MEETINGS, LINES, OFFICE_CONTRACT, SCHOOL_CONTRACT, THE_YEAR_BEFORE
from teams.actions import Writing, write_contract
from teams.enums import ContractState, Promise, UnitKind
from teams.models import ContractSection, ContractTemplateSection, ContractYes, TeamContract
from teams.queries import headings_to_write, responsible_leaders

NOON = dt.time(12, 10)
# Days after the contract came into force on which each member in turn said yes; the last one has not yet.
DAYS_UNTIL_YES = (0, 0, 1, 0, 6, 2, 0, 3)


def write_contracts(stage: Stage, since: dt.date) -> None:
    """The versions from `since` on, and the draft somebody has begun."""
    due = stage.story.contract_due
    days = [] if due is None else sorted(stage.days_kept(Promise.CONTRACT, due, since))
    texts = OFFICE_CONTRACT if stage.team.unit.kind == UnitKind.CENTRAL_OFFICE else SCHOOL_CONTRACT
    for day in days:
        is_latest = day == days[-1]
        _write_version(stage, day, texts if is_latest else {**texts, **THE_YEAR_BEFORE}, is_latest=is_latest)
    if stage.story.has_contract_draft:
        _write_draft(stage)


def _write_version(stage: Stage, day: dt.date, texts: Mapping[str, str], *, is_latest: bool) -> None:
    (contract,) = write_past(TeamContract.objects, [TeamContract(team=stage.team)])
    templates = [one for one in ContractTemplateSection.objects.all() if one.title in texts]
    sections = [
        ContractSection(contract=contract, template=one, title=one.title, position=one.position, text=texts[one.title])
        for one in templates
    ]
    write_past(ContractSection.objects, sections)
    contract.state = ContractState.IN_FORCE if is_latest else ContractState.REPLACED
    contract.in_force_on = day
    contract.first_line, contract.second_line = LINES
    if not is_latest or stage.today - day > dt.timedelta(days=14):
        contract.seen_by = responsible_leaders([stage.team], day)[stage.team.pk][0]
        contract.seen_at = at(day + dt.timedelta(days=2), NOON)
    change_past(contract)
    _write_yeses(stage, contract, day, is_latest=is_latest)


def _write_yeses(stage: Stage, contract: TeamContract, day: dt.date, *, is_latest: bool) -> None:
    """Every member has said yes; to the latest version all but the last one to join."""
    members = stage.built.members[:-1] if is_latest else stage.built.members
    said = zip(members, DAYS_UNTIL_YES, strict=False)
    rows = [
        ContractYes(contract=contract, person=person, said_at=at(day + dt.timedelta(days=days), NOON))
        for person, days in said
        if day + dt.timedelta(days=days) <= stage.today
    ]
    write_past(ContractYes.objects, rows)


def _write_draft(stage: Stage) -> None:
    writings = {
        heading.key: Writing(DRAFT_MEETINGS, heading.text)
        for heading in headings_to_write(stage.team)
        if heading.title == "Møder"
    }
    write_contract(by=stage.member, team=stage.team, writings=writings)
