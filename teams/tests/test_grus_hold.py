"""The page of the conversation: notes and points are saved on the way, and at the end it is noted as held."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.fundament.queries import fundament
from teams.actions import GrusRefusedError, hold_grus
from teams.enums import AgreementSource, GrusState, Promise, Status
from teams.models import Agreement, Grus
from tests.builders import (
    make_all_terms,
    make_grus,
    make_leader,
    make_member,
    make_resource_person,
    make_team,
    make_team_leader,
)

BY = "2027-02-01"


@pytest.fixture
def grus(db: None, tuesday: dt.date) -> Grus:
    return make_grus(make_team("Nord"), tuesday, state=GrusState.PLANNED, questions=("Hvad lykkes?", "Hvad nu?"))


@pytest.fixture
def leader(grus: Grus) -> User:
    return make_leader(grus.team.unit)


@pytest.fixture
def member(grus: Grus, leader: User, client: Client) -> User:
    person = make_member(grus.team)
    client.force_login(person)
    return person


@pytest.fixture
def url(grus: Grus, member: User) -> str:
    return reverse("teams:grus_hold", args=[grus.pk])


@pytest.fixture
def first(grus: Grus) -> str:
    """The name of the field for the notes to the first question."""
    return f"notes_{grus.questions.get(position=1).pk}"


def opened(client: Client, url: str) -> dict[str, Any]:
    """The page as a browser has it when it is opened."""
    return as_shown(client.get(url).context["form"])


def as_shown(form: Any) -> dict[str, Any]:
    values = {field.html_name: field.value() for field in form}
    return {name: getattr(value, "pk", value) for name, value in values.items() if value not in {None, False}}


def held(leader: User, **typed: Any) -> dict[str, Any]:
    return {"hold": "1", "leader": leader.pk, "leader_present": "on", **typed}


def notes(grus: Grus) -> list[str]:
    return list(grus.questions.values_list("notes", flat=True))


def points(grus: Grus) -> list[tuple[str, int | None, dt.date | None]]:
    return list(grus.points.order_by("pk").values_list("text", "owner", "due_on"))


def test_a_draft_is_saved_and_gone_on_with(client: Client, url: str, grus: Grus, first: str, member: User) -> None:
    form = {**opened(client, url), first: "Vi lytter.", "point_1": "Vi spørger Løn.", "who_1": member.pk}
    response = client.post(url, {**form, "draft": "1", "next_on": "2027-11-23"})
    assert response["Location"] == reverse("teams:grus_detail", args=[grus.pk])
    grus.refresh_from_db()
    assert (grus.state, grus.next_on, notes(grus)) == (GrusState.PLANNED, dt.date(2027, 11, 23), ["Vi lytter.", ""])
    assert points(grus) == [("Vi spørger Løn.", member.pk, None)]
    again = opened(client, url)
    assert (again[first], again["point_1"], again["next_on"]) == (
        "Vi lytter.", "Vi spørger Løn.", dt.date(2027, 11, 23),
    )  # fmt: skip
    assert (Agreement.objects.count(), Grus.objects.count()) == (0, 1)


def test_held_with_the_leader_it_counts_and_the_points_are_agreed_on(
    client: Client, url: str, grus: Grus, leader: User, member: User
) -> None:
    make_all_terms(unit=grus.team.unit)
    typed = {
        "point_1": "Vi spørger Løn.", "who_1": member.pk, "by_1": BY,
        "point_2": "Vi mødes to og to.", "by_2": "2027-03-01",
        "next_on": "2027-11-23",
    }  # fmt: skip
    response = client.post(url, {**opened(client, url), **held(leader, **typed)})
    assert response["Location"] == reverse("teams:grus_detail", args=[grus.pk])
    grus.refresh_from_db()
    assert (grus.state, grus.leader, grus.leader_present) == (GrusState.HELD, leader, True)
    agreed = Agreement.objects.filter(source=AgreementSource.GRUS, source_id=grus.pk)
    assert list(agreed.values_list("team", "text", "owner", "due_on")) == [
        (grus.team_id, "Vi spørger Løn.", member.pk, dt.date(2027, 2, 1)),
        (grus.team_id, "Vi mødes to og to.", None, dt.date(2027, 3, 1)),
    ]
    following = Grus.objects.get(state=GrusState.PLANNED)
    assert (following.on, following.leader, following.questions.count()) == (dt.date(2027, 11, 23), leader, 5)
    assert fundament([grus.team], grus.on)[grus.team_id][Promise.GRUS].status == Status.MET
    shown = client.get(response["Location"]).content.decode()
    assert [text in shown for text in ("Vi spørger Løn.", "Vi mødes to og to.", "23. november 2027")] == [True] * 3
    assert points(grus) == []


@pytest.mark.parametrize(("changed", "field"), [({"leader_present": ""}, "leader_present"), ({"leader": ""}, "leader")])
def test_without_the_leader_it_is_not_held(
    client: Client, url: str, grus: Grus, leader: User, first: str, changed: dict[str, str], field: str
) -> None:
    form = {**opened(client, url), **held(leader), first: "Vi lytter.", **changed}
    response = client.post(url, {name: value for name, value in form.items() if value != ""})
    assert list(response.context["form"].errors) == [field]
    assert "Vi lytter." in response.content.decode()
    grus.refresh_from_db()
    assert grus.state == GrusState.PLANNED


def test_neither_the_action_nor_the_database_holds_it_without_the_leader(
    grus: Grus, leader: User, member: User, tuesday: dt.date
) -> None:
    for who, is_present in ((leader, False), (None, True), (member, True)):
        with pytest.raises(GrusRefusedError):
            hold_grus(by=member, grus=grus, leader=who, leader_present=is_present)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grus.objects.filter(pk=grus.pk).update(state=GrusState.HELD)
    Grus.objects.filter(pk=grus.pk).update(on=tuesday + dt.timedelta(days=1))
    with pytest.raises(GrusRefusedError):
        hold_grus(by=member, grus=grus, leader=leader, leader_present=True)


def test_only_the_responsible_leader_counts(client: Client, url: str, grus: Grus, leader: User) -> None:
    responsible = make_team_leader(grus.team)
    response = client.post(url, {**opened(client, url), **held(leader)})
    assert list(response.context["form"].errors) == ["leader"]
    assert client.post(url, {**opened(client, url), **held(responsible)}).status_code == 302


def test_the_day_must_have_come(client: Client, url: str, grus: Grus, leader: User) -> None:
    Grus.objects.filter(pk=grus.pk).update(on=dt.date(2026, 11, 25))
    response = client.post(url, {**opened(client, url), **held(leader)})
    assert response.context["form"].non_field_errors() == [
        "Dagen er ikke kommet endnu. Flyt GRUS, hvis I holder den i dag."
    ]
    assert 'name="hold"' not in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"point_1": "Vi spørger Løn."}, "by_1"),
        ({"point_1": "Vi spørger Løn.", "by_1": "2026-11-01"}, "by_1"),
        ({"by_1": BY}, "point_1"),
        ({"next_on": "2027-11-27"}, "next_on"),
        ({"point_1": "Spørg 010190-1234.", "by_1": BY}, "point_1"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(
    client: Client, url: str, grus: Grus, leader: User, typed: dict[str, str], field: str
) -> None:
    response = client.post(url, {**opened(client, url), **held(leader), **typed})
    assert list(response.context["form"].errors) == [field]
    assert {name: response.context["form"][name].value() for name in typed} == typed
    assert (Agreement.objects.count(), points(grus)) == (0, [])


def test_two_who_write_at_once_lose_nothing(
    client: Client, url: str, grus: Grus, leader: User, member: User, first: str
) -> None:
    grus.points.create(text="Vi spørger Løn.")
    mine = opened(client, url)
    theirs = {first: "En kollegas.", "point_1": "Vi ringer til Løn.", "point_2": "En kollegas nye.", "draft": "1"}
    client.post(url, {**opened(client, url), **theirs})
    typed = {first: "Mit.", "point_1": "Vi skriver til Løn.", "who_1": member.pk, "point_2": "Mit nye.", "by_2": BY}
    response = client.post(url, {**mine, **typed, "by_1": BY, "hold": "1", "leader_present": "on"})
    assert response.status_code == 200
    grus.refresh_from_db()
    assert (grus.state, notes(grus)) == (GrusState.PLANNED, ["En kollegas.", ""])
    assert [text for text, *_ in points(grus)] == ["Vi ringer til Løn.", "En kollegas nye.", "Mit nye."]
    content = response.content.decode()
    assert all(text in content for text in ("En kollegas.", "Mit.", "Vi ringer til Løn.", "Vi skriver til Løn."))
    together = as_shown(response.context["form"])
    assert (together["leader"], together["leader_present"]) == (leader.pk, True)
    client.post(url, {**together, first: "Begges.", "by_2": BY, "hold": "1"})
    grus.refresh_from_db()
    assert (grus.state, notes(grus)) == (GrusState.HELD, ["Begges.", ""])
    assert set(Agreement.objects.values_list("text", "owner")) == {
        ("Vi skriver til Løn.", member.pk), ("En kollegas nye.", None), ("Mit nye.", None),
    }  # fmt: skip


def test_an_emptied_point_goes(client: Client, url: str, grus: Grus) -> None:
    grus.points.create(text="Vi spørger Løn.")
    client.post(url, {**opened(client, url), "point_1": "", "draft": "1"})
    assert points(grus) == []


def test_what_a_colleague_took_away_while_it_was_written_on_is_kept(client: Client, url: str, grus: Grus) -> None:
    grus.points.create(text="Vi spørger Løn.")
    mine = opened(client, url)
    grus.points.all().delete()
    client.post(url, {**mine, "point_1": "Vi skriver til Løn.", "draft": "1"})
    assert [text for text, *_ in points(grus)] == ["Vi skriver til Løn."]


def test_another_row_of_points_is_added_without_script_and_keeps_what_was_typed(
    client: Client, url: str, grus: Grus
) -> None:
    form = {**opened(client, url), **{f"point_{number}": f"Punkt {number}." for number in range(1, 6)}, "add": "1"}
    response = client.post(url, form)
    assert response["Location"] == f"{url}?raekker=6#point-6"
    rows = client.get(response["Location"]).context["form"].point_rows()
    assert [row.fields[2].value() for row in rows] == [*(f"Punkt {number}." for number in range(1, 6)), ""]


@pytest.mark.parametrize(("asked", "rows"), [("", 5), ("8", 8), ("9999", 20), ("nonsense", 5)])
def test_there_are_five_rows_or_as_many_as_are_asked_for(client: Client, url: str, asked: str, rows: int) -> None:
    assert len(client.get(url, {"raekker": asked}).context["form"].point_rows()) == rows


def test_a_double_click_saves_and_holds_once(client: Client, url: str, grus: Grus, leader: User) -> None:
    form = {**opened(client, url), "point_1": "Vi spørger Løn.", "by_1": BY, "token": str(uuid.uuid4())}
    assert [client.post(url, {**form, "draft": "1"}).status_code for _ in range(2)] == [302, 302]
    assert len(points(grus)) == 1
    form = {**opened(client, url), **held(leader)}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert Agreement.objects.count() == 1


def test_the_resource_person_and_the_leader_write_as_well(
    client: Client, url: str, grus: Grus, leader: User, first: str
) -> None:
    for person in (leader, make_resource_person(grus.team)):
        client.force_login(person)
        client.post(url, {**opened(client, url), first: person.name, "draft": "1"})
        assert notes(grus)[0] == person.name


def test_what_is_over_leads_to_its_page(client: Client, url: str, grus: Grus, first: str) -> None:
    form = {**opened(client, url), first: "For sent.", "draft": "1"}
    Grus.objects.filter(pk=grus.pk).update(state=GrusState.CANCELLED)
    assert client.post(url, form)["Location"] == reverse("teams:grus_detail", args=[grus.pk])
    assert notes(grus) == ["", ""]
