"""A team's contract: its versions, what they say, and who stands behind them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from slf_portal.accounts.models import User
from slf_portal.audit.queries import Change, history_where, together
from slf_portal.common.differences import Piece, differences
from teams.enums import ContractState, Promise
from teams.models import ContractSection, ContractTemplateSection, ContractYes, Membership, Team, TeamContract
from teams.queries.people import people_of_teams
from teams.queries.promises import terms_of_teams
from teams.rules import AskedForYes, Facts, due_date


@dataclass(frozen=True, slots=True)
class Heading:
    """A section to be written: the key of its template, its heading and questions, and what stands there now."""

    key: int
    title: str
    help_text: str
    text: str


@dataclass(frozen=True, slots=True)
class SectionDifference:
    """A section as it was and as it is; `pieces` tell what differs."""

    title: str
    pieces: list[Piece]

    @property
    def is_changed(self) -> bool:
        return any(piece.is_added or piece.is_removed for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Support:
    """Who stands behind a version: the members who have said yes, with the moment, and those who have not yet."""

    said_yes: list[ContractYes]
    waiting: list[User]


def contract_in_force(team: Team) -> TeamContract | None:
    return team.contracts.filter(state=ContractState.IN_FORCE).select_related("seen_by").first()


def contracts_until(team_ids: Iterable[int], until: dt.date) -> QuerySet[TeamContract]:
    """Every version of the teams' contracts that came into force before that day, the earliest first."""
    rows = TeamContract.objects.exclude(state=ContractState.DRAFT)
    return rows.filter(team_id__in=team_ids, in_force_on__lt=until).order_by("in_force_on", "pk")


def contract_draft(team: Team) -> TeamContract | None:
    return team.contracts.filter(state=ContractState.DRAFT).first()


def written_sections(contract: TeamContract | None) -> list[ContractSection]:
    """The sections of a version that say something, in order. One query."""
    return list(contract.sections.exclude(text="")) if contract else []


def contracts_that_say_something(team_ids: Iterable[int]) -> set[int]:
    """Those of the teams whose contract in force has its text in the portal. One query."""
    written = ContractSection.objects.exclude(text="").filter(
        contract__state=ContractState.IN_FORCE, contract__team_id__in=team_ids
    )
    return set(written.order_by().values_list("contract__team_id", flat=True).distinct())


def headings_to_write(team: Team) -> list[Heading]:
    """The sections of the draft; without one those of the contract in force, which a draft begins with.

    Sections on offer come first, in the template's order; others follow while they say something. Four queries.
    """
    basis = contract_draft(team) or contract_in_force(team)
    stored = _by_template(basis)
    offered = list(ContractTemplateSection.objects.filter(is_offered=True))
    others = stored.keys() - {template.pk for template in offered}
    return [
        *(Heading(one.pk, one.title, one.help_text, _text(stored, one.pk)) for one in offered),
        *(Heading(key, one.title, "", one.text) for key, one in stored.items() if key in others and one.text),
    ]


def said_yes(contract: TeamContract) -> list[ContractYes]:
    """Everyone who said yes to the version, whether still a member or not, the first first. One query."""
    return list(contract.yes_rows.select_related("person"))


def contract_renewed_by(team: Team, contract: TeamContract, on: dt.date) -> dt.date | None:
    """The day by which the contract is to be looked over again; None where the unit has not agreed on a rhythm."""
    terms = terms_of_teams([team], on)[team.pk].get(Promise.CONTRACT) if team.has_promises else None
    return due_date(terms, team.starts_on, Facts(contract.in_force_on)) if terms else None


def contract_changes(team: Team) -> list[Change]:
    """Every change of the team's contracts and of the yeses to them, whoever made it, the latest first."""
    versions = list(team.contracts.values_list("pk", flat=True))
    return together(history_where(TeamContract, team_id=team.pk), history_where(ContractYes, contract_id__in=versions))


def support_of(contract: TeamContract, on: dt.date) -> Support:
    """Who of those who are members that day has said yes to the version. Two queries."""
    members = people_of_teams(Membership, [contract.team_id], on).get(contract.team_id, [])
    said = {row.person_id: row for row in said_yes(contract)}
    return Support(
        said_yes=[said[member.pk] for member in members if member.pk in said],
        waiting=[member for member in members if member.pk not in said],
    )


def contracts_to_agree(person_id: int, team_ids: Iterable[int]) -> dict[int, TeamContract]:
    """For each team's id the contract in force that the person has not said yes to. One query."""
    waiting = _told_in_force().filter(team_id__in=team_ids).exclude(yes_rows__person_id=person_id)
    return {contract.team_id: contract for contract in waiting}


def asked_for_yes(team_ids: Iterable[int], on: dt.date) -> dict[int, list[AskedForYes]]:
    """For each team's id the members that day who have not said yes to the contract in force. Two queries."""
    contracts = {contract.team_id: contract for contract in _told_in_force().filter(team_id__in=team_ids)}
    said = ContractYes.objects.filter(contract_id=OuterRef("contract"), person_id=OuterRef("person_id"))
    in_force = _told_in_force().filter(team_id=OuterRef("team_id")).values("pk")
    members = (
        Membership.objects.in_force(on)
        .filter(team_id__in=contracts, person__is_active=True)
        .annotate(contract=Subquery(in_force))
        .filter(~Exists(said))
    )
    asked: dict[int, list[AskedForYes]] = {}
    for member in members:
        contract = contracts[member.team_id]
        in_force_on = contract.in_force_on or member.starts_on
        asked.setdefault(member.team_id, []).append(
            AskedForYes(member.person_id, contract.pk, in_force_on, max(in_force_on, member.starts_on))
        )
    return asked


def contracts_to_see(team_ids: Iterable[int]) -> QuerySet[TeamContract]:
    """The contracts in force that no leader has said she has seen, the oldest first."""
    waiting = _told_in_force().filter(seen_at__isnull=True, team_id__in=team_ids)
    return waiting.select_related("team").order_by("in_force_on", "pk")


def _told_in_force() -> QuerySet[TeamContract]:
    """The contracts in force whose text is in the portal: to one that is only noted nobody is asked to say yes."""
    told = ContractSection.objects.filter(contract=OuterRef("pk")).exclude(text="")
    return TeamContract.objects.filter(Exists(told), state=ContractState.IN_FORCE)


def versions_of(team: Team) -> list[TeamContract]:
    """Every version that was put in force, the latest first, each with `yes_count`. One query."""
    versions = team.contracts.exclude(state=ContractState.DRAFT).select_related("seen_by")
    return list(versions.annotate(yes_count=Count("yes_rows")).order_by("-in_force_on", "-pk"))


def version_before(contract: TeamContract) -> TeamContract | None:
    """The version that this one replaced, or would replace."""
    versions = [version for version in versions_of(contract.team) if version.pk < contract.pk]
    return versions[0] if versions else None


def section_differences(before: TeamContract | None, after: TeamContract) -> list[SectionDifference]:
    """Section by section what differs between two versions, in the newer one's order. Two queries."""
    old, new = _by_template(before), _by_template(after)
    order = [*new, *(key for key in old if key not in new)]
    return [
        SectionDifference((new.get(key) or old[key]).title, differences(_text(old, key), _text(new, key)))
        for key in order
        if _text(old, key) or _text(new, key)
    ]


def _by_template(contract: TeamContract | None) -> dict[int, ContractSection]:
    return {section.template_id: section for section in contract.sections.all()} if contract else {}


def _text(sections: Mapping[int, ContractSection], key: int) -> str:
    return sections[key].text if key in sections else ""
