"""Who may do what with a team or unit: small predicates over a person's standing."""

from teams.enums import GrusSide
from teams.models import Agreement, Grus, Mandate, SupportRequest, Team, Unit
from teams.standing import Standing


def leads_team(standing: Standing, team: Team) -> bool:
    return team.pk in standing.leads_teams or team.unit_id in standing.leads_units


def is_of_team(standing: Standing, team: Team) -> bool:
    """A member of the team or a resource person serving it."""
    return team.pk in standing.member_of or team.pk in standing.serves


def can_view_team(standing: Standing, team: Team) -> bool:
    units = standing.units_seen | standing.stands_in_for
    return standing.sees_all_units or team.pk in standing.teams_seen or team.unit_id in units


def can_plan_meetings(standing: Standing, team: Team) -> bool:
    """Plan, move and cancel meetings and choose the rhythm."""
    return is_of_team(standing, team) or leads_team(standing, team) or team.unit_id in standing.plans_for_units


def can_note_meetings(standing: Standing, team: Team) -> bool:
    """Say that a meeting was held. The team's own word: not the leader's."""
    return is_of_team(standing, team)


def can_see_names(standing: Standing, team: Team) -> bool:
    """See who the members are, and who has been; central roles and learning partners see status only."""
    return is_of_team(standing, team) or can_change_members(standing, team) or standing.is_administrator


def can_change_members(standing: Standing, team: Team) -> bool:
    """Add members, invite new people and end memberships: its leaders, and who stands in for them in that."""
    return leads_team(standing, team) or team.unit_id in standing.keeps_people_of_units


def can_name_resource_persons(standing: Standing, team: Team) -> bool:
    return leads_team(standing, team)


def can_shape_team(standing: Standing, team: Team) -> bool:
    """Change what the team is, name its responsible leader and close it: the unit's leader."""
    return team.unit_id in standing.leads_units


def can_view_unit(standing: Standing, unit: Unit) -> bool:
    return standing.sees_all_units or unit.pk in standing.units_seen


def belongs_to_unit(standing: Standing, unit: Unit) -> bool:
    """Has a team in the unit, or stands in for its leader: such a person may know that the unit's page exists."""
    return unit.pk in standing.units_of_own_teams or unit.pk in standing.stands_in_for


def can_ask_support(standing: Standing, unit: Unit) -> bool:
    """Ask the learning partner for sparring: the unit's leaders and resource persons."""
    return unit.pk in standing.leads_units or unit.pk in standing.units_served


def can_choose_terms(standing: Standing, unit: Unit) -> bool:
    """Agree on the promises of a unit: its leader's decision."""
    return unit.pk in standing.leads_units


def can_create_teams(standing: Standing, unit: Unit) -> bool:
    return unit.pk in standing.leads_units


def can_give_stand_ins(standing: Standing, unit: Unit) -> bool:
    """Hand tasks over to a stand-in, and take them back. Nobody can hand over a right she was handed herself."""
    return unit.pk in standing.leads_units


def can_answer_support(standing: Standing, request: SupportRequest) -> bool:
    return request.unit_id in standing.portfolio


def can_read_contract(standing: Standing, team: Team) -> bool:
    """Read what the team has agreed on: the team itself and those who lead it. Who only supports sees status."""
    return is_of_team(standing, team) or leads_team(standing, team)


def can_write_contract(standing: Standing, team: Team) -> bool:
    """Write it and put it in force. The team's own words: not the leader's."""
    return is_of_team(standing, team)


def can_agree_to_contract(standing: Standing, team: Team) -> bool:
    """Say yes to it: a member."""
    return team.pk in standing.member_of


def can_see_contract(standing: Standing, team: Team) -> bool:
    """Say that the leadership has seen it."""
    return leads_team(standing, team)


def can_read_agreements(standing: Standing, team: Team) -> bool:
    """Open the list of what the team has agreed on. What a leader may read of it, `AgreementQuerySet` says."""
    return is_of_team(standing, team) or leads_team(standing, team)


def can_agree(standing: Standing, team: Team) -> bool:
    """Write down what the team has agreed on. The team's own: not the leader's."""
    return is_of_team(standing, team)


def can_change_agreement(standing: Standing, agreement: Agreement) -> bool:
    """Change its words, who does it and by when, and share it with the leader."""
    return is_of_team(standing, agreement.team)


def can_settle_agreement(standing: Standing, agreement: Agreement) -> bool:
    """Say how far it is: the team, or the leader who does it herself."""
    is_own = agreement.owner_id == standing.person_id and leads_team(standing, agreement.team)
    return is_of_team(standing, agreement.team) or is_own


def can_take_part_in_grus(standing: Standing, team: Team) -> bool:
    """Read and write about it: the team, its resource persons and those who lead it."""
    return is_of_team(standing, team) or leads_team(standing, team)


def can_plan_grus(standing: Standing, team: Team) -> bool:
    """Plan, move and cancel it: the leader, whose conversation it is."""
    return leads_team(standing, team)


def can_propose_grus(standing: Standing, team: Team) -> bool:
    """Propose a day to the leader."""
    return is_of_team(standing, team)


def can_answer_grus(standing: Standing, grus: Grus) -> bool:
    """Say yes to a proposed day, or propose another: the side that did not propose it."""
    if grus.waits_for == GrusSide.TEAM:
        return is_of_team(standing, grus.team)
    return leads_team(standing, grus.team)


def can_build_staircase(standing: Standing, unit: Unit) -> bool:
    """Set the unit's goals and build their steps: its leaders, nobody for them."""
    return unit.pk in standing.leads_units


def can_read_team_words(standing: Standing, team: Team) -> bool:
    """Read what the team says about where it stands: the team itself and those who lead it. Others see that."""
    return is_of_team(standing, team) or leads_team(standing, team)


def can_say_for_team(standing: Standing, team: Team) -> bool:
    """Say where the team stands. Its own words: not the leader's."""
    return is_of_team(standing, team)


def can_read_mandates(standing: Standing, team: Team) -> bool:
    """See which mandates the team has: the team itself and those who lead it."""
    return is_of_team(standing, team) or leads_team(standing, team)


def can_write_mandates(standing: Standing, unit: Unit) -> bool:
    """Write a mandate in the unit: who leads it, or is responsible for one of its teams."""
    return unit.pk in standing.leads_units or unit.pk in standing.units_of_led_teams


def leads_where_mandate_is(standing: Standing, mandate: Mandate) -> bool:
    """Leads the team it is for or about; the unit, where it is about no team."""
    if mandate.team is not None:
        return leads_team(standing, mandate.team)
    return mandate.unit_id in standing.leads_units


def gives_mandate(standing: Standing, mandate: Mandate) -> bool:
    """The giving side: the leaders there, save one whom it is addressed to."""
    return mandate.recipient_id != standing.person_id and leads_where_mandate_is(standing, mandate)


def receives_mandate(standing: Standing, mandate: Mandate) -> bool:
    """The receiving side: the resource person named, while she serves; else the team without its leaders."""
    if mandate.recipient_id is None:
        return mandate.team_id in standing.teams_seen and not leads_where_mandate_is(standing, mandate)
    serves = bool(standing.serves) if mandate.team_id is None else mandate.team_id in standing.serves
    return serves and mandate.recipient_id == standing.person_id


def shares_mandate(standing: Standing, mandate: Mandate) -> bool:
    """On either side: reads and writes the thread and what was agreed."""
    return gives_mandate(standing, mandate) or receives_mandate(standing, mandate)


def can_read_mandate(standing: Standing, mandate: Mandate) -> bool:
    """Both sides, and the whole team it is about, so that what a colleague was asked to do is no secret."""
    is_about_own_team = mandate.team is not None and is_of_team(standing, mandate.team)
    return is_about_own_team or shares_mandate(standing, mandate)


def may_know_of_mandate(standing: Standing, mandate: Mandate) -> bool:
    """May know that it exists: who may open the team's or the unit's page, or has a team in the unit."""
    if mandate.team is not None:
        return can_view_team(standing, mandate.team)
    is_inside = can_view_unit(standing, mandate.unit) or belongs_to_unit(standing, mandate.unit)
    return is_inside or receives_mandate(standing, mandate)


def can_read_role_description(standing: Standing, unit: Unit) -> bool:
    """Everyone with a team in the unit, and its leaders."""
    return belongs_to_unit(standing, unit) or unit.pk in standing.leads_units


def can_write_role_description(standing: Standing, unit: Unit) -> bool:
    return unit.pk in standing.leads_units


def can_form_teams(standing: Standing, unit: Unit) -> bool:
    """Form the unit's teams anew for a school year: its leaders."""
    return unit.pk in standing.leads_units


def can_hand_over(standing: Standing, team: Team) -> bool:
    """Let another resource person take over the team: who leads it decides."""
    return leads_team(standing, team)


def can_take_over_team(standing: Standing, team: Team) -> bool:
    """Read what whoever takes over the team must know: its resource persons and those who lead it."""
    return team.pk in standing.serves or leads_team(standing, team)


def can_take_over_unit(standing: Standing, unit: Unit) -> bool:
    """Read what whoever takes over the unit must know: its leaders."""
    return unit.pk in standing.leads_units
