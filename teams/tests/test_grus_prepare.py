"""What one notes for herself before a GRUS: hers alone, and gone from the whole database when it is over."""

import datetime as dt

import pytest
from django.db import InternalError, connection, transaction
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from teams.actions import add_row, cancel_grus, change_row, hold_grus
from teams.enums import GrusState
from teams.models import Grus, GrusPreparation
from tests.builders import make_administrator, make_grus, make_leader, make_member, make_resource_person, make_team

MINE = "Kun til mig selv: ro til forberedelse."


@pytest.fixture
def leader(grus: Grus) -> User:
    return make_leader(grus.team.unit)


@pytest.fixture
def grus(db: None, tuesday: dt.date) -> Grus:
    return make_grus(make_team("Rekruttering"), tuesday, state=GrusState.PLANNED, questions=("Hvad lykkes?",))


@pytest.fixture
def member(grus: Grus, client: Client) -> User:
    person = make_member(grus.team)
    client.force_login(person)
    return person


@pytest.fixture
def url(grus: Grus, member: User) -> str:
    return reverse("teams:grus_prepare", args=[grus.pk])


def tables_that_hold(text: str) -> list[str]:
    """Every table of the database, histories too, with the text somewhere in a row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        names = [name for (name,) in cursor.fetchall()]
        found = []
        for name in names:
            cursor.execute(f'SELECT count(*) FROM "{name}" row WHERE row::text LIKE %s', [f"%{text}%"])  # noqa: S608
            if cursor.fetchone()[0]:
                found.append(name)
    return found


def test_it_is_kept_for_her_until_the_day(client: Client, url: str, grus: Grus, member: User) -> None:
    response = client.post(url, {"text": MINE})
    assert response["Location"] == reverse("teams:grus_detail", args=[grus.pk])
    assert client.get(url).context["form"]["text"].value() == MINE
    client.post(url, {"text": "Noget andet."})
    assert GrusPreparation.objects.values_list("person", "text").get() == (member.pk, "Noget andet.")


def test_the_page_says_who_can_read_it_and_that_it_is_deleted(client: Client, url: str) -> None:
    content = client.get(url).content.decode()
    assert "Kun du kan læse det, du skriver her" in content
    assert "Det slettes fra portalen, så snart GRUS er noteret som holdt eller aflyst." in content
    assert content.index("Kun du kan læse") < content.index("<textarea")


def test_nobody_else_reads_it(client: Client, url: str, grus: Grus, leader: User) -> None:
    client.post(url, {"text": MINE})
    pages = [
        reverse(f"teams:grus_{name}", args=[grus.pk]) for name in ("detail", "prepare", "hold", "history", "print")
    ]
    for person in (leader, make_member(grus.team), make_resource_person(grus.team)):
        client.force_login(person)
        assert [MINE in client.get(page).content.decode() for page in pages] == [False] * len(pages)
    client.force_login(make_administrator())
    assert client.get(url).status_code == 403
    assert MINE not in client.get(reverse("admin:teams_grus_change", args=[grus.pk])).content.decode()
    assert MINE not in client.get(reverse("admin:teams_grus_history", args=[grus.pk])).content.decode()


def test_each_has_her_own(client: Client, url: str, grus: Grus, leader: User, member: User) -> None:
    client.post(url, {"text": MINE})
    client.force_login(leader)
    client.post(url, {"text": "Lederens."})
    assert dict(GrusPreparation.objects.values_list("person", "text")) == {member.pk: MINE, leader.pk: "Lederens."}


def test_emptied_it_is_gone(client: Client, url: str) -> None:
    client.post(url, {"text": MINE})
    client.post(url, {"text": ""})
    assert tables_that_hold(MINE) == []


@pytest.mark.parametrize("way", ["held", "cancelled", "in the administration", "by hand"])
def test_when_the_grus_is_over_it_is_nowhere_in_the_database(
    client: Client, url: str, grus: Grus, leader: User, way: str
) -> None:
    client.post(url, {"text": MINE})
    assert tables_that_hold(MINE) == ["teams_gruspreparation"]
    if way == "held":
        hold_grus(by=leader, grus=grus, leader=leader, leader_present=True)
    elif way == "cancelled":
        cancel_grus(by=leader, grus=grus, reason="Vi er kun to.")
    elif way == "in the administration":
        grus.state, grus.leader_present = GrusState.HELD, True
        change_row(by=make_administrator(), row=grus)
    else:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE teams_grus SET state = 'cancelled' WHERE id = %s", [grus.pk])
    assert tables_that_hold(MINE) == []


def test_another_grus_keeps_its_own(client: Client, url: str, grus: Grus, leader: User) -> None:
    later = add_row(by=leader, row=Grus(team=grus.team, on=dt.date(2027, 11, 24)))
    client.post(reverse("teams:grus_prepare", args=[later.pk]), {"text": MINE})
    cancel_grus(by=leader, grus=grus, reason="Vi er kun to.")
    assert GrusPreparation.objects.get().grus == later


@pytest.mark.parametrize("state", [GrusState.HELD, GrusState.CANCELLED])
def test_when_it_is_over_nothing_is_written(
    client: Client, url: str, grus: Grus, member: User, state: GrusState
) -> None:
    Grus.objects.filter(pk=grus.pk).update(state=state, leader_present=True)
    assert client.post(url, {"text": MINE})["Location"] == reverse("teams:grus_detail", args=[grus.pk])
    with pytest.raises(InternalError), transaction.atomic():
        GrusPreparation.objects.create(grus=grus, person=member, text=MINE)
    assert tables_that_hold(MINE) == []


def test_digits_that_are_no_cpr_number_are_confirmed(client: Client, url: str) -> None:
    form = {"text": "Ring på 010190-1234."}
    assert list(client.post(url, form).context["form"].errors) == ["text"]
    assert client.post(url, {**form, "not_cpr": "on"}).status_code == 302
    assert TextOverride.objects.get().place == "teams.GrusPreparation.text"
