"""What an administrator changes goes through the actions, and what they refuse is an error of the form."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from learningcycle.enums import MeetingState
from learningcycle.models import Meeting, Rhythm
from slf_portal.accounts.models import User
from slf_portal.common.dates import at, today
from teams.enums import ContractState, GrusState, TeamKind, UnitKind
from teams.models import Closure, Grus, Membership, PromiseTerms, Team, TeamContract, Unit
from tests.builders import (
    SINCE,
    make_administrator,
    make_district,
    make_leader,
    make_meeting,
    make_member,
    make_person,
    make_rhythm,
    make_team,
    make_unit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> User:
    person = make_administrator()
    User.objects.filter(pk=person.pk).update(language="en")
    client.force_login(person)
    return person


def send(client: Client, page: str, *args: Any, **values: Any) -> list[str]:
    """Post the form; the errors it shows, none when it was saved."""
    address = page if page.startswith("/") else reverse(f"admin:{page}", args=args)
    formsets = {f"{prefix}-{count}": 0 for prefix in _PREFIXES for count in ("TOTAL_FORMS", "INITIAL_FORMS")}
    response = client.post(address, formsets | {name: "" if value is None else value for name, value in values.items()})
    if response.status_code == 302:
        return []
    assert response.status_code == 200
    form = response.context["adminform"].form
    return [message for messages in form.errors.values() for message in messages]


_PREFIXES = (
    "leader_rows", "portfolio_rows", "district_rows", "membership_rows", "resource_person_rows",
)  # fmt: skip


def unit_values(unit: Unit, **changes: Any) -> dict[str, Any]:
    values = {"name": unit.name, "kind": unit.kind, "level": unit.level, "parent": unit.parent_id}
    return values | changes


# Units ---------------------------------------------------------------------------------------------------------------


def test_a_unit_is_created_in_its_district(client: Client, administrator: User) -> None:
    district = make_district("Nord")
    values = unit_values(Unit(name="Åby Skole", kind=UnitKind.SCHOOL), district=district.pk)
    assert send(client, "teams_unit_add", **values) == []
    row = Unit.objects.get(name="Åby Skole").district_rows.get()
    assert (row.district, row.starts_on, row.ends_on) == (district, today(), None)


def test_another_district_ends_one_row_and_begins_another(client: Client, administrator: User) -> None:
    north, south = make_district("Nord"), make_district("Syd")
    unit = make_unit(district=north)
    assert send(client, "teams_unit_change", unit.pk, **unit_values(unit, district=south.pk)) == []
    rows = unit.district_rows.order_by("starts_on").values_list("district", "starts_on", "ends_on")
    assert list(rows) == [(north.pk, SINCE, today()), (south.pk, today(), None)]


def test_the_same_district_changes_nothing(client: Client, administrator: User) -> None:
    unit = make_unit(district=make_district("Nord"))
    row = unit.district_rows.get()
    assert send(client, "teams_unit_change", unit.pk, **unit_values(unit, district=row.district_id)) == []
    assert unit.district_rows.get().ends_on is None


def test_units_are_no_parts_of_each_other_in_a_circle(client: Client, administrator: User) -> None:
    whole = make_unit()
    part = make_unit(parent=whole)
    errors = send(client, "teams_unit_change", whole.pk, **unit_values(whole, parent=part.pk))
    assert errors == ["A unit cannot be a part of itself or of one of its own parts."]


def test_units_stand_in_four_levels_at_most(client: Client, administrator: User) -> None:
    line = [make_unit()]
    for _level in range(3):
        line.append(make_unit(parent=line[-1]))
    values = unit_values(Unit(name="Femte", kind=UnitKind.SCHOOL), parent=line[-1].pk)
    assert send(client, "teams_unit_add", **values) == ["Units can stand in at most 4 levels."]
    other = make_unit()
    assert send(client, "teams_unit_change", line[0].pk, **unit_values(line[0], parent=other.pk)) == [
        "Units can stand in at most 4 levels."
    ]


def test_a_unit_with_teams_is_not_removed(client: Client, administrator: User) -> None:
    with_team, empty = make_team().unit, make_unit()
    for unit in (with_team, empty):
        client.post(reverse("admin:teams_unit_delete", args=(unit.pk,)), {"post": "yes"})
    assert list(Unit.objects.all()) == [with_team]


# Teams and roles -----------------------------------------------------------------------------------------------------


def test_a_team_that_ends_takes_its_roles_with_it(client: Client, administrator: User) -> None:
    team = make_team(name="Team Blå")
    make_member(team)
    values = {"name": team.name, "unit": team.unit_id, "kind": TeamKind.OTHER, "starts_on": "2020-01-01"}
    assert send(client, "teams_team_change", team.pk, **values, ends_on="2026-01-31") == []
    team.refresh_from_db()
    assert (team.kind, team.version) == (TeamKind.OTHER, 1)
    assert team.membership_rows.get().ends_on == team.ends_on == dt.date(2026, 1, 31)


def test_two_teams_of_one_name_are_refused(client: Client, administrator: User) -> None:
    team = make_team(name="Team Blå")
    values = {"name": team.name, "unit": team.unit_id, "kind": TeamKind.PARTNER_TEAM}
    assert send(client, "teams_team_add", **values) == ["The unit already has a team with this name."]


def test_another_team_ends_one_membership_and_begins_another(client: Client, administrator: User) -> None:
    old, new = make_team(), make_team()
    person = make_member(old)
    row = person.membership_rows.get()
    values = {"team": new.pk, "starts_on": row.starts_on, "ends_on": None}
    assert send(client, "teams_membership_change", row.pk, **values) == []
    rows = person.membership_rows.order_by("starts_on").values_list("team", "starts_on", "ends_on")
    assert list(rows) == [(old.pk, SINCE, today()), (new.pk, today(), None)]


def test_moving_and_other_days_are_two_changes(client: Client, administrator: User) -> None:
    row = make_member(make_team()).membership_rows.get()
    values = {"team": make_team().pk, "starts_on": "2021-01-01", "ends_on": None}
    assert send(client, "teams_membership_change", row.pk, **values) == [
        "Change either the place or the days, not both at once."
    ]
    assert Membership.objects.get().ends_on is None


def test_a_membership_stands_once(client: Client, administrator: User) -> None:
    row = make_member(make_team()).membership_rows.get()
    values = {"team": row.team_id, "person": row.person_id, "starts_on": "2026-01-01", "ends_on": None}
    assert send(client, "teams_membership_add", **values) == ["The person is already a member in part of the period."]


def test_a_role_added_from_a_team_leads_back_to_it(client: Client, administrator: User) -> None:
    team = make_team()
    page = client.get(reverse("admin:teams_team_change", args=(team.pk,))).content.decode()
    address = f"{reverse('admin:teams_membership_add')}?team={team.pk}"
    assert address in page
    values = {"team": team.pk, "person": make_person().pk, "starts_on": "2026-01-01"}
    response = client.post(address, values)
    assert response.headers["Location"] == reverse("admin:teams_team_change", args=(team.pk,))


def test_chosen_roles_end_today(client: Client, administrator: User) -> None:
    row = make_leader(make_unit()).unit_leader_rows.get()
    client.post(reverse("admin:teams_unitleader_changelist"), {"action": "end_today", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert row.ends_on == today()


def test_chosen_teams_end_today(client: Client, administrator: User) -> None:
    team = make_member(make_team()).membership_rows.get().team
    client.post(reverse("admin:teams_team_changelist"), {"action": "end_today", "_selected_action": [team.pk]})
    assert [Team.objects.get().ends_on, Membership.objects.get().ends_on] == [today(), today()]


# Promises, contracts, GRUS, closures ---------------------------------------------------------------------------------


def test_a_contract_in_force_has_a_date(client: Client, administrator: User) -> None:
    values = {"team": make_team().pk, "state": ContractState.IN_FORCE}
    assert send(client, "teams_teamcontract_add", **values, in_force_on=None) == [
        "A contract in force has a date, a draft has none."
    ]
    assert send(client, "teams_teamcontract_add", **values, in_force_on="2026-01-01") == []
    assert send(client, "teams_teamcontract_add", **values, in_force_on="2026-02-01") == [
        "The team already has a contract in force."
    ]
    assert TeamContract.objects.get().in_force_on == dt.date(2026, 1, 1)


def test_a_grus_is_held_with_the_leader(client: Client, administrator: User) -> None:
    values = {"team": make_team().pk, "on": "2026-01-15", "state": GrusState.HELD}
    assert send(client, "teams_grus_add", **values) == ["A GRUS is held when the responsible leader was present."]
    assert send(client, "teams_grus_add", **values, leader_present="on") == []
    assert Grus.objects.get().leader_present is True


def test_terms_are_for_a_kind_or_a_unit(client: Client, administrator: User) -> None:
    values = {
        "promise": "visit", "interval_months": 3, "first_due_months": 3, "soon_days": 14, "pause_months": "7, 12",
        "starts_on": "2026-01-01",
    }  # fmt: skip
    assert send(client, "teams_promiseterms_add", **values) == ["Choose either a kind of unit or one unit."]
    assert send(client, "teams_promiseterms_add", **values, unit=make_unit().pk) == []
    assert PromiseTerms.objects.get(unit__isnull=False).pause_months == [7, 12]


def test_a_closure_is_removed_again(client: Client, administrator: User) -> None:
    assert send(client, "teams_closure_add", name="Ferie", starts_on="2026-07-01", ends_on="2026-08-01") == []
    client.post(reverse("admin:teams_closure_delete", args=(Closure.objects.get().pk,)), {"post": "yes"})
    assert not Closure.objects.exists()


# Meetings and rhythms ------------------------------------------------------------------------------------------------


def meeting_values(day: dt.date, **changes: Any) -> dict[str, Any]:
    values = {
        "starts_at_0": day.isoformat(), "starts_at_1": "10:00", "ends_at_0": day.isoformat(), "ends_at_1": "11:00",
        "in_own_calendar": "on",
    }  # fmt: skip
    return values | changes


def test_a_meeting_is_planned_moved_and_cancelled(client: Client, administrator: User) -> None:
    day = today() + dt.timedelta(days=10)
    assert send(client, "learningcycle_meeting_add", **meeting_values(day), team=make_team().pk) == []
    meeting = Meeting.objects.get()
    later = day + dt.timedelta(days=1)
    assert send(client, "learningcycle_meeting_change", meeting.pk, **meeting_values(later), state="planned") == []
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.sequence) == (at(later, dt.time(10)), 1)
    assert send(client, "learningcycle_meeting_change", meeting.pk, **meeting_values(later), state="cancelled") == []
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence) == (MeetingState.CANCELLED, 2)


def test_a_meeting_is_noted_and_taken_back(client: Client, administrator: User) -> None:
    day = today() - dt.timedelta(days=10)
    meeting = make_meeting(make_team(), day)
    values = meeting_values(day)
    held = {"state": "held", "with_learning_cycle": "on"}
    assert send(client, "learningcycle_meeting_change", meeting.pk, **values, **held) == []
    meeting.refresh_from_db()
    assert (meeting.state, meeting.with_learning_cycle) == (MeetingState.HELD, True)
    assert send(client, "learningcycle_meeting_change", meeting.pk, **values, state="planned") == []
    meeting.refresh_from_db()
    assert (meeting.state, meeting.with_learning_cycle) == (MeetingState.PLANNED, False)


def test_a_meeting_is_not_moved_into_the_past(client: Client, administrator: User) -> None:
    meeting = make_meeting(make_team(), today() + dt.timedelta(days=3))
    passed = meeting_values(today() - dt.timedelta(days=3))
    assert send(client, "learningcycle_meeting_change", meeting.pk, **passed, state="planned") == [
        "Choose a day that has not passed."
    ]


def test_a_new_rhythm_ends_the_old_one(client: Client, administrator: User) -> None:
    old = make_rhythm(make_team())
    values = {"team": old.team_id, "nth": 1, "weekday": 3, "starts_at": "09:00", "ends_at": "10:00"}
    assert send(client, "learningcycle_rhythm_add", **values) == []
    old.refresh_from_db()
    assert (old.ends_on, Rhythm.objects.in_force(today()).get().weekday) == (today(), 3)


# Looking -------------------------------------------------------------------------------------------------------------


def test_lists_are_in_danish_order(client: Client, administrator: User) -> None:
    for name in ("Åby Skole", "Ørnereden", "Aarhus Skole", "Æsken", "Zoo", "Bavnehøj"):
        make_unit(name)
    for chosen in ({}, {"o": "1"}):
        page = client.get(reverse("admin:teams_unit_changelist"), chosen)
        found = [unit.name for unit in page.context["cl"].result_list]
        assert found == ["Bavnehøj", "Zoo", "Æsken", "Ørnereden", "Åby Skole", "Aarhus Skole"]


@pytest.mark.parametrize(("words", "found"), [("åby", ["Åby Skole"]), ("AABY", ["Åby Skole"]), ("0101901234", [])])
def test_search(client: Client, administrator: User, words: str, found: list[str]) -> None:
    make_unit("Åby Skole")
    make_unit("Ørnereden")
    page = client.get(reverse("admin:teams_unit_changelist"), {"q": words})
    assert [unit.name for unit in page.context["cl"].result_list] == found


def test_choices_are_told_apart(client: Client, administrator: User) -> None:
    team = make_team("Team 1", unit=make_unit("Åby Skole"))
    field = {"app_label": "teams", "model_name": "membership", "field_name": "team", "term": "team åby"}
    answer = client.get(reverse("admin:autocomplete"), field).json()
    assert answer["results"] == [{"id": str(team.pk), "text": "Team 1 (Åby Skole)"}]


def test_history_tells_who_changed_what(client: Client, administrator: User) -> None:
    unit = make_unit("Åby skole")
    send(client, "teams_unit_change", unit.pk, **unit_values(unit, name="Åby Skole"))
    page = client.get(reverse("admin:teams_unit_history", args=(unit.pk,)))
    told = [(change.by, change.what, len(change.columns)) for change in page.context["changes"]]
    assert told == [
        ("Ada Administrator", "changed", 1),
        ("outside the portal, by the database role portal", "created", 3),
    ]
    column = page.context["changes"][0].columns[0]
    assert (column.column, column.before, column.after) == ("Name", "Åby skole", "Åby Skole")


def test_a_refusal_among_chosen_rows_ends_none(client: Client, administrator: User) -> None:
    row = administrator.central_role_rows.get()
    address = reverse("admin:accounts_centralrolerow_changelist")
    response = client.post(address, {"action": "end_today", "_selected_action": [row.pk]})
    told = [str(message) for message in get_messages(response.wsgi_request)]
    assert told == ["This is the last administrator. Appoint another one first."]
