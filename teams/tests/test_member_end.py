"""Ending a membership: from a day, with the history kept, and access gone the same minute."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.actions import set_active
from slf_portal.accounts.models import User
from teams.models import Membership, Team
from tests.builders import make_administrator, make_leader, make_member, make_team, make_unit


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen"))


@pytest.fixture
def member(team: Team) -> User:
    return make_member(team)


@pytest.fixture
def row(member: User) -> Membership:
    return member.membership_rows.get()


@pytest.fixture
def url(team: Team, row: Membership, client: Client) -> str:
    client.force_login(make_leader(team.unit))
    return reverse("teams:member_end", args=[row.pk])


def test_the_leader_ends_it_from_a_day(client: Client, url: str, row: Membership, team: Team) -> None:
    response = client.post(url, {"on": "2026-12-01"}, follow=True)
    assert response.redirect_chain == [(reverse("teams:team_people", args=[team.pk]), 302)]
    row.refresh_from_db()
    assert row.ends_on == dt.date(2026, 12, 1)
    told = [str(message) for message in response.context["messages"]]
    assert told == ["Mette Medlem er ikke længere medlem fra tirsdag 1. december."]


def test_the_page_proposes_today(client: Client, url: str, tuesday: dt.date) -> None:
    assert client.get(url).context["form"]["on"].value() == tuesday


@pytest.mark.parametrize(
    ("on", "reason"),
    [("2019-12-31", "Dagen ligger, før rollen begynder."), ("2027-01-01", "Rollen slutter allerede før den dag.")],
)
def test_a_day_outside_the_membership_is_told_at_the_field(
    client: Client, url: str, row: Membership, on: str, reason: str
) -> None:
    Membership.objects.update(ends_on=dt.date(2026, 12, 24))
    form = client.post(url, {"on": on}).context["form"]
    assert (form.errors, form["on"].value()) == ({"on": [reason]}, on)
    row.refresh_from_db()
    assert row.ends_on == dt.date(2026, 12, 24)


def test_one_that_has_not_begun_is_ended_before_it_does(client: Client, url: str, row: Membership) -> None:
    Membership.objects.update(starts_on=dt.date(2026, 12, 1))
    assert client.get(url).context["form"]["on"].value() == dt.date(2026, 12, 1)
    client.post(url, {"on": "2026-12-01"})
    row.refresh_from_db()
    assert (row.starts_on, row.ends_on) == (dt.date(2026, 12, 1), dt.date(2026, 12, 1))


def test_the_signed_in_member_is_shut_out_by_her_next_request(
    client: Client, url: str, member: User, team: Team, tuesday: dt.date
) -> None:
    her = Client()
    her.force_login(member)
    pages = [
        reverse("dashboard:team_detail", args=[team.pk]),
        reverse("teams:team_people", args=[team.pk]),
        reverse("teams:contract_detail", args=[team.pk]),
        reverse("learningcycle:meeting_plan", args=[team.pk]),
    ]
    assert [her.get(page).status_code for page in pages] == [200] * 4
    client.post(url, {"on": tuesday})
    assert [her.get(page).status_code for page in pages] == [404] * 4
    assert her.get(reverse("dashboard:home")).status_code == 200


def test_a_deactivated_person_is_signed_out_by_her_next_request(member: User, team: Team) -> None:
    her = Client()
    her.force_login(member)
    page = reverse("dashboard:team_detail", args=[team.pk])
    assert her.get(page).status_code == 200
    set_active(by=make_administrator(), person=member, is_active=False)
    assert her.get(page).headers["Location"] == f"{reverse('account_login')}?next={page}"
    assert "_auth_user_id" in her.session  # the session is worth nothing, whatever it says


def test_what_was_done_stays_in_the_history(client: Client, url: str, team: Team, tuesday: dt.date) -> None:
    client.post(url, {"on": tuesday})
    page = client.get(reverse("teams:team_history", args=[team.pk])).context["page"]
    (ended,) = (change for change in page if change.what == "ændret")
    assert (ended.by, ended.about) == ("Lone Leder", "Medlemskab")
    (column,) = ended.columns
    assert (column.column, column.before, column.after) == ("Til", "", "24. november 2026")


def test_a_member_ends_nobodys_membership(
    client: Client, url: str, team: Team, row: Membership, tuesday: dt.date
) -> None:
    client.force_login(make_member(team))
    assert client.post(url, {"on": tuesday}).status_code == 403
    row.refresh_from_db()
    assert row.ends_on is None
