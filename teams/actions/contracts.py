"""Writing a team's contract, putting it in force, saying yes to it, and having seen it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, note_text_override
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from slf_portal.common.fields import refuse_cpr
from teams import queries
from teams.enums import ContractState
from teams.models import ContractSection, ContractTemplateSection, ContractYes, Team, TeamContract


class ContractRefusedError(RefusedError):
    """The contract cannot be as asked; the message says why."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What someone wrote in a section, and what stood there when she began."""

    text: str
    was: str


def write_contract(
    *, by: User, team: Team, writings: Mapping[int, Writing], confirmed_not_cpr: bool = False
) -> dict[int, str]:
    """Save what was written to the team's draft, begun where there is none.

    A section that someone else has changed in the meantime is left as it is and answered: by its key, what stands
    there now. All others are saved. Raises ValidationError for what looks like a CPR number nobody has explained.
    """
    if not confirmed_not_cpr:
        for writing in writings.values():
            refuse_cpr(writing.text)
    with change(by=by, verb="write contract"):
        if confirmed_not_cpr:
            note_text_override(by=by, place="teams.ContractSection.text")
        stored = {section.template_id: section for section in _draft(_locked(team)).sections.all()}
        changed = {key: writing for key, writing in writings.items() if key in stored and writing.text != writing.was}
        for key, writing in changed.items():
            if stored[key].text == writing.was:
                stored[key].text = writing.text
                stored[key].save(update_fields=["text"])
    return {key: stored[key].text for key, writing in changed.items() if stored[key].text != writing.text}


def put_contract_in_force(
    *,
    by: User,
    team: Team,
    first_line: str,
    second_line: str,
    confirmed_not_cpr: bool = False,
    token: uuid.UUID | None = None,
) -> TeamContract:
    """Let the draft hold from today in place of the version before. Raises ContractRefusedError without a draft."""
    if not confirmed_not_cpr:
        refuse_cpr(f"{first_line}\n{second_line}")
    with change(by=by, verb="put contract in force", token=token):
        if confirmed_not_cpr:
            note_text_override(by=by, place="teams.TeamContract.first_line")
        team = _locked(team)
        draft, before = queries.contract_draft(team), queries.contract_in_force(team)
        if draft is None:
            raise ContractRefusedError(_("There is no draft: a colleague may have put it in force already."))
        if not queries.written_sections(draft):
            raise ContractRefusedError(_("The draft says nothing yet. Write at least one section."))
        if before is not None:
            before.state = ContractState.REPLACED
            before.save(update_fields=["state"])
        draft.state, draft.in_force_on = ContractState.IN_FORCE, today()
        draft.first_line, draft.second_line = first_line, second_line
        draft.save()
    return draft


def say_yes(*, by: User, contract: TeamContract) -> None:
    """A member stands by the version. Once is enough. Raises ContractRefusedError when it is no longer in force."""
    with change(by=by, verb="say yes to contract"):
        if _locked_contract(contract).state != ContractState.IN_FORCE:
            raise ContractRefusedError(
                _("The contract has been changed meanwhile. Read the new one and say yes to it.")
            )
        ContractYes.objects.get_or_create(contract=contract, person=by)


def mark_seen(*, by: User, contract: TeamContract) -> None:
    """A leader has seen the version; she does not approve its words. The first one counts."""
    with change(by=by, verb="see contract"):
        contract = _locked_contract(contract)
        if contract.seen_at is None:
            contract.seen_by, contract.seen_at = by, timezone.now()
            contract.save(update_fields=["seen_by", "seen_at"])


def begin_contract_of(*, by: User | None, old: Team, new: Team) -> TeamContract | None:
    """Let the new team's draft begin with what the old team's contract says; None where it says nothing."""
    with change(by=by, verb="begin contract"):
        sections = queries.written_sections(queries.contract_in_force(old))
        if not sections:
            return None
        draft = TeamContract.objects.create(team=new)
        for section in sections:
            section.pk, section._state.adding, section.contract = None, True, draft
        ContractSection.objects.bulk_create(sections)
    return draft


def _locked(team: Team) -> Team:
    """The team, for one writer of its contract at a time."""
    return Team.objects.select_for_update().get(pk=team.pk)


def _locked_contract(contract: TeamContract) -> TeamContract:
    return TeamContract.objects.select_for_update(of=("self",)).get(pk=contract.pk)


def _draft(team: Team) -> TeamContract:
    """The team's draft with every section on offer, begun from the contract in force where there is none."""
    headings = queries.headings_to_write(team)
    draft = queries.contract_draft(team) or TeamContract.objects.create(team=team)
    known = set(draft.sections.values_list("template_id", flat=True))
    templates = ContractTemplateSection.objects.in_bulk([heading.key for heading in headings])
    ContractSection.objects.bulk_create(
        ContractSection(
            contract=draft,
            template=templates[heading.key],
            title=heading.title,
            position=position,
            text=heading.text,
        )
        for position, heading in enumerate(headings, start=1)
        if heading.key not in known
    )
    return draft
