"""A leader forms the unit's teams anew for a school year: she chooses, looks at what comes of it, and confirms."""

import datetime as dt
import re
from typing import Any

import pghistory.core
import pytest
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learningcycle.enums import MeetingState
from learningcycle.models import Meeting, Rhythm
from observations.enums import VisitState
from observations.models import Visit
from slf_portal.accounts.models import User
from slf_portal.common.dates import today
from teams.enums import TeamKind
from teams.models import Membership, ResourcePerson, Team, TeamContract, TeamLeader, Unit
from teams.queries import Facts, changes_since, teams_now
from tests.builders import (
    make_contract,
    make_leader,
    make_meeting,
    make_member,
    make_person,
    make_resource_person,
    make_rhythm,
    make_team,
    make_team_leader,
    make_unit,
    make_visit,
)

AUGUST = dt.date(2027, 8, 1)
DAY = dt.timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(tuesday: dt.date) -> Unit:
    return make_unit("Birkeskolen")


@pytest.fixture
def fifth(unit: Unit) -> Team:
    """A team with everything that can go with it."""
    team = make_team("5. årgang", unit=unit)
    for name in ("Anne", "Bo", "Carl"):
        make_member(team, name)
    make_resource_person(team, name="Rikke")
    make_team_leader(team, name="Tove")
    make_rhythm(team)
    make_contract(team, today() - 30 * DAY, texts=("Vi lærer sammen.",))
    return team


@pytest.fixture
def sixth(unit: Unit) -> Team:
    team = make_team("6. årgang", unit=unit)
    make_member(team, "Dorte")
    return team


@pytest.fixture
def leader(unit: Unit, client: Client) -> User:
    person = make_leader(unit)
    client.force_login(person)
    return person


@pytest.fixture
def url(unit: Unit, leader: User) -> str:
    return reverse("teams:school_year", args=[unit.pk])


def becomes(team: Team, what: str, name: str = "") -> dict[str, Any]:
    return {f"team-{team.pk}-becomes": what, f"team-{team.pk}-name": name}


def goes(team: Team, name: str, where: str) -> dict[str, Any]:
    row = Membership.objects.get(team=team, person__name=name)
    return {f"member-{row.pk}": where}


def to(team: Team) -> str:
    return f"team-{team.pk}"


def form_of(*chosen: dict[str, Any], on: dt.date = AUGUST) -> dict[str, Any]:
    return {"on": on.isoformat(), **{key: value for one in chosen for key, value in one.items()}}


def confirm(client: Client, url: str, form: dict[str, Any]) -> Any:
    """Look at what comes of it, and confirm what the page of the preview carries."""
    return client.post(url, {**carried(client.post(url, form)), "step": "confirm"})


def carried(preview: Any) -> dict[str, str]:
    """The hidden fields of the preview's own form."""
    body = preview.content.decode()
    assert preview.templates[0].name == "teams/school_year_preview.html", preview.context["form"].errors
    fields = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)">', body[body.index('name="seen"') - 300 :]
    )
    return {name: value for name, value in fields if name != "csrfmiddlewaretoken"}


def people_on(model: Any, team: Team, on: dt.date) -> list[str]:
    return sorted(model.objects.in_force(on).filter(team=team).values_list("person__name", flat=True))


def everything() -> list[Any]:
    models = (Team, Membership, ResourcePerson, TeamLeader, TeamContract, Rhythm, Meeting, Visit)
    return [list(model._default_manager.order_by("pk").values()) for model in models]


# Choosing ---------------------------------------------------------------------------------------------------------


def test_the_page_lists_the_lasting_partner_teams_of_the_unit_and_its_parts(
    client: Client, url: str, unit: Unit, sixth: Team
) -> None:
    part = make_team("Indskoling", unit=make_unit("Birkeskolen, indskoling", parent=unit))
    make_team("Ledelsen", unit=unit, kind=TeamKind.LEADERSHIP)
    make_team("Elsewhere")
    make_team("Slut", unit=unit, ends_on=today())
    ending = make_team("Slutter", unit=unit, ends_on=today() + DAY)
    now = client.get(url).context["now"]
    assert ([here.team for here in now.teams], now.ending) == ([sixth, part], [ending])


def test_the_day_is_the_next_first_of_august(client: Client, url: str) -> None:
    assert client.get(url).context["form"]["on"].value() == AUGUST


@pytest.mark.parametrize("on", [dt.date(2026, 11, 23), dt.date(2027, 11, 25)])
def test_a_day_that_has_passed_or_is_far_off_is_refused_and_everything_kept(
    client: Client, url: str, fifth: Team, on: dt.date
) -> None:
    before = everything()
    response = client.post(url, form_of(becomes(fifth, "copied", "6. årgang A"), goes(fifth, "Bo", "leaves"), on=on))
    form = response.context["form"]
    assert list(form.errors) == ["on"]
    assert form[f"team-{fifth.pk}-name"].value() == "6. årgang A"
    assert 'value="leaves" selected' in response.content.decode()
    assert everything() == before


@pytest.mark.parametrize("on", [dt.date(2026, 11, 24), dt.date(2027, 11, 24)])
def test_today_and_a_year_ahead_are_days_to_begin(client: Client, url: str, fifth: Team, on: dt.date) -> None:
    response = client.post(url, form_of(becomes(fifth, "ends"), on=on))
    assert response.templates[0].name == "teams/school_year_preview.html"


def test_looking_stores_nothing_and_changing_loses_nothing(client: Client, url: str, fifth: Team) -> None:
    before = everything()
    preview = client.post(url, form_of(becomes(fifth, "copied", "6. A"), goes(fifth, "Bo", "leaves")))
    response = client.post(url, {**carried(preview), "step": "change"})
    assert response.templates[0].name == "teams/school_year.html"
    form = response.context["form"]
    assert form[f"team-{fifth.pk}-name"].value() == "6. A"
    assert 'value="leaves" selected' in response.content.decode()
    assert everything() == before


def test_room_for_more_new_teams_keeps_what_was_typed(client: Client, url: str, fifth: Team) -> None:
    response = client.post(url, {**form_of(becomes(fifth, "copied", "6. A")), "new-1-name": "Nyt", "more": "1"})
    form = response.context["form"]
    assert (form["new-1-name"].value(), len(form.fresh_keys)) == ("Nyt", 4)
    assert form[f"team-{fifth.pk}-name"].value() == "6. A"


# What cannot be, said at the row -----------------------------------------------------------------------------------


def test_what_cannot_be_is_said_where_it_was_chosen(client: Client, url: str, fifth: Team, sixth: Team) -> None:
    make_team("Ledelsen", unit=fifth.unit, kind=TeamKind.LEADERSHIP)
    both = make_member(sixth, person=fifth.membership_rows.get(person__name="Anne").person)
    name, what = f"team-{fifth.pk}-name", f"team-{fifth.pk}-becomes"
    anne = next(iter(goes(fifth, "Anne", "")))
    wrong: list[tuple[dict[str, Any], str]] = [
        (becomes(fifth, "copied"), name),
        (becomes(fifth, "copied", "6. årgang"), name),
        (becomes(fifth, "copied", "LEDELSEN"), name),
        ({**becomes(fifth, "copied", "Ny"), "new-1-name": "Ny"}, "new-1-name"),
        ({"new-1-name": "Ny", "new-2-name": "Ny"}, "new-2-name"),
        (goes(fifth, "Anne", "new-2"), "new-2-name"),
        ({**becomes(sixth, "ends"), **goes(fifth, "Anne", to(sixth))}, anne),
        (goes(fifth, "Anne", to(sixth)), anne),
        ({key: "leaves" for person in ("Anne", "Bo", "Carl") for key in goes(fifth, person, "")}, what),
        (
            {
                **becomes(fifth, "copied", "Ny"),
                **{key: "leaves" for person in ("Anne", "Bo", "Carl") for key in goes(fifth, person, "")},
            },
            what,
        ),
        ({"new-1-name": "010190-1234"}, "new-1-name"),
        (goes(fifth, "Anne", "new-99"), anne),
    ]
    assert both.name == "Anne"
    found = [list(client.post(url, form_of(chosen)).context["form"].errors) for chosen, _ in wrong]
    assert found == [[where] for _, where in wrong]


def test_a_team_cannot_end_before_it_begins(client: Client, url: str, unit: Unit) -> None:
    later = make_team("7. årgang", unit=unit, starts_on=dt.date(2027, 9, 1))
    response = client.post(url, form_of(becomes(later, "ends")))
    assert list(response.context["form"].errors) == [f"team-{later.pk}-becomes"]


# What comes of it --------------------------------------------------------------------------------------------------


def test_the_preview_tells_who_is_where_and_what_falls_away(client: Client, url: str, fifth: Team, sixth: Team) -> None:
    visitor = fifth.resource_person_rows.get().person
    make_meeting(fifth, AUGUST)
    make_visit(fifth, visitor, AUGUST + DAY)
    make_meeting(fifth, AUGUST - DAY)
    make_member(sixth, person=fifth.membership_rows.get(person__name="Carl").person)
    chosen = form_of(
        becomes(fifth, "copied", "6. A"),
        goes(fifth, "Anne", to(sixth)),
        goes(fifth, "Bo", "leaves"),
        {"new-1-name": "Nyt team"},
    )
    told = client.post(url, chosen).context["outcome"]
    assert [(team.name, team.is_new, team.members) for team, _ in told.teams] == [
        ("6. A", True, [("Carl", False)]),
        ("6. årgang", False, [("Anne", True), ("Carl", False), ("Dorte", False)]),
        ("Nyt team", True, []),
    ]
    assert told.teams[0][1] == ["kontrakten som kladde", "rytmen: anden tirsdag i måneden, 10.00-11.00"]
    assert told.ending == [fifth]
    assert told.leaving == [("Bo", "5. årgang")]
    assert [person.name for person in told.in_no_team] == ["Bo"]
    assert told.in_several == [("Carl", ["6. A", "6. årgang"])]
    assert told.falling_away == [
        ("5. årgang", ["besøg mandag 2. august 2027 kl. 10.00-11.00", "møde søndag 1. august 2027 kl. 10.00-11.00"])
    ]


def test_a_copied_team_takes_its_people_rhythm_and_contract_along(client: Client, url: str, fifth: Team) -> None:
    response = confirm(client, url, form_of(becomes(fifth, "copied", "6. A"), goes(fifth, "Bo", "leaves")))
    assert response["Location"] == reverse("dashboard:unit_detail", args=[fifth.unit_id])
    new, old = Team.objects.get(name="6. A"), Team.objects.get(pk=fifth.pk)
    assert (old.ends_on, new.starts_on, new.ends_on, new.kind) == (AUGUST, AUGUST, None, "partner_team")
    assert people_on(Membership, new, AUGUST) == ["Anne", "Carl"]
    assert people_on(ResourcePerson, new, AUGUST) == ["Rikke"]
    assert people_on(TeamLeader, new, AUGUST) == ["Tove"]
    assert people_on(Membership, old, AUGUST - DAY) == ["Anne", "Bo", "Carl"]
    assert people_on(Membership, old, AUGUST) == people_on(ResourcePerson, old, AUGUST) == []
    contract = TeamContract.objects.get(team=new)
    assert (contract.state, [section.text for section in contract.sections.all()]) == ("draft", ["Vi lærer sammen."])
    spans = [(row.team, row.starts_on, row.ends_on) for row in Rhythm.objects.order_by("starts_on")]
    assert spans == [(old, dt.date(2020, 1, 1), AUGUST), (new, AUGUST, None)]


def test_what_is_planned_for_a_team_that_ends_is_cancelled_from_that_day_on(
    client: Client, url: str, fifth: Team, sixth: Team
) -> None:
    visitor = fifth.resource_person_rows.get().person
    before, after = make_meeting(fifth, AUGUST - DAY), make_meeting(fifth, AUGUST)
    visit, other = make_visit(fifth, visitor, AUGUST), make_meeting(sixth, AUGUST)
    own = make_meeting(fifth, AUGUST + DAY, changed_by_person=True)
    confirm(client, url, form_of(becomes(fifth, "ends")))
    meetings = {row.pk: (row.state, row.sequence, row.version) for row in Meeting.objects.all()}
    assert meetings[before.pk] == meetings[other.pk] == (MeetingState.PLANNED, 0, 0)
    assert meetings[after.pk] == meetings[own.pk] == (MeetingState.CANCELLED, 1, 1)
    visit.refresh_from_db()
    assert (visit.state, visit.sequence) == (VisitState.CANCELLED, 1)


def test_members_move_between_teams_that_go_on_and_new_ones(client: Client, url: str, fifth: Team, sixth: Team) -> None:
    chosen = form_of(
        goes(fifth, "Anne", to(sixth)), goes(fifth, "Bo", "new-1"), goes(fifth, "Carl", ""), {"new-1-name": "Nyt"}
    )
    confirm(client, url, chosen)
    new = Team.objects.get(name="Nyt")
    teams = (fifth, sixth, new)
    assert [people_on(Membership, team, AUGUST) for team in teams] == [["Carl"], ["Anne", "Dorte"], ["Bo"]]
    assert [people_on(Membership, team, AUGUST - DAY) for team in teams] == [["Anne", "Bo", "Carl"], ["Dorte"], []]


def test_a_new_team_may_have_the_name_of_the_one_it_comes_from(
    client: Client, url: str, fifth: Team, sixth: Team
) -> None:
    confirm(client, url, form_of(becomes(fifth, "copied", "6. årgang"), becomes(sixth, "copied", "5. årgang")))
    lasting = Team.objects.filter(ends_on__isnull=True).order_by("name")
    names = [(team.name, people_on(Membership, team, AUGUST)) for team in lasting]
    assert names == [("5. årgang", ["Dorte"]), ("6. årgang", ["Anne", "Bo", "Carl"])]


def test_a_new_team_begins_in_the_part_that_was_chosen(client: Client, url: str, unit: Unit) -> None:
    part = make_unit("Birkeskolen, indskoling", parent=unit)
    confirm(client, url, {**form_of(), "new-1-name": "Nyt", "new-1-unit": part.pk})
    assert Team.objects.get().unit == part


def test_a_team_that_begins_later_stands_on_the_units_page_and_not_among_todays(
    client: Client, url: str, fifth: Team
) -> None:
    confirm(client, url, form_of(becomes(fifth, "copied", "6. A")))
    context = client.get(reverse("dashboard:unit_detail", args=[fifth.unit_id])).context
    assert [row.name for row in context["rows"]] == ["5. årgang"]
    assert [team.name for team in context["beginning"]] == ["6. A"]
    assert context["ending"] == [fifth]


# Once, and only what was seen --------------------------------------------------------------------------------------


def test_a_double_click_begins_one_school_year(client: Client, url: str, fifth: Team) -> None:
    chosen = form_of(becomes(fifth, "copied", "6. A"), {"new-1-name": "Nyt"})
    form = {**carried(client.post(url, chosen)), "step": "confirm"}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert sorted(Team.objects.filter(ends_on__isnull=True).values_list("name", flat=True)) == ["6. A", "Nyt"]


def test_what_changed_meanwhile_is_told_and_nothing_is_done(client: Client, url: str, fifth: Team) -> None:
    form = {**carried(client.post(url, form_of(becomes(fifth, "copied", "6. A")))), "step": "confirm"}
    make_member(fifth, "Erik")
    Membership.objects.filter(person__name="Bo").update(ends_on=today())
    before = everything()
    response = client.post(url, form)
    (error,) = response.context["form"].non_field_errors()
    assert "ny: Erik som medlem af 5. årgang; ikke længere: Bo som medlem af 5. årgang" in error
    assert everything() == before
    assert response.templates[0].name == "teams/school_year_preview.html"
    assert client.post(url, {**carried(response), "step": "confirm"}).status_code == 302
    assert people_on(Membership, Team.objects.get(name="6. A"), AUGUST) == ["Anne", "Carl", "Erik"]


def test_a_seal_that_was_tampered_with_is_no_seal(client: Client, url: str, fifth: Team) -> None:
    form = carried(client.post(url, form_of(becomes(fifth, "copied", "6. A"))))
    response = client.post(url, {**form, "seen": form["seen"][:-3] + "abc", "step": "confirm"})
    assert response.status_code == 200
    assert not Team.objects.filter(name="6. A").exists()


def test_the_history_says_who_began_the_school_year(client: Client, url: str, fifth: Team, leader: User) -> None:
    confirm(client, url, form_of(becomes(fifth, "copied", "6. A"), goes(fifth, "Bo", "leaves")))
    labels = set()
    for model in (Team, Membership, ResourcePerson, Rhythm, TeamContract):
        (event_model,) = pghistory.core.event_models(tracks_model=model)
        events: models.QuerySet[Any] = models.QuerySet(event_model)
        for event in events.filter(pgh_context__isnull=False).select_related("pgh_context"):
            labels.add((event.pgh_context_id, event.pgh_context.metadata["person"], event.pgh_context.metadata["verb"]))
    assert {label[1:] for label in labels} == {(leader.pk, "begin school year")}
    assert len(labels) == 1


# Size ---------------------------------------------------------------------------------------------------------------


def test_the_pages_cost_the_same_for_one_team_and_for_eight(client: Client, url: str, unit: Unit) -> None:
    def fill(number: int) -> dict[str, Any]:
        team = make_team(f"Team {number}", unit=unit)
        for _ in range(3):
            make_member(team, person=make_person())
        make_resource_person(team)
        make_rhythm(team)
        make_meeting(team, AUGUST)
        return becomes(team, "copied", f"Nyt {number}")

    def count(form: dict[str, Any]) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as read:
            client.get(url)
        with CaptureQueriesContext(connection) as looked:
            assert client.post(url, form).templates[0].name == "teams/school_year_preview.html"
        return len(read), len(looked)

    chosen = fill(1)
    client.get(url)
    with_one = count(form_of(chosen))
    for number in range(2, 9):
        chosen |= fill(number)
    assert count(form_of(chosen)) == with_one


def test_changes_are_found_whatever_kind_they_are_of(fifth: Team) -> None:
    seen: Facts = {"team-0": ("0", "teamet Væk"), to(fifth): ("99", "teamet 5. årgang")}
    told = changes_since(seen, teams_now(fifth.unit, today()))
    assert told[0] == "ny: Anne som medlem af 5. årgang"
    assert told[-2:] == ["ikke længere: teamet Væk", "ændret: teamet 5. årgang"]
