"""Versions, and who did what, whoever it was."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from slf_portal.accounts.models import User
from teams.actions import Writing, mark_seen, put_contract_in_force, say_yes, write_contract
from teams.defaults import ensure_contract_sections
from teams.models import ContractTemplateSection, Team, TeamContract
from teams.queries import headings_to_write
from tests.builders import make_leader, make_member, make_team

BY_HAND = "kun til denne test"


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord")


@pytest.fixture
def member(team: Team, client: Client) -> User:
    person = make_member(team)
    client.force_login(person)
    return person


def new_version(team: Team, person: User, text: str) -> TeamContract:
    heading = headings_to_write(team)[0]
    write_contract(by=person, team=team, writings={heading.key: Writing(text, heading.text)})
    return put_contract_in_force(by=person, team=team, first_line="", second_line="")


def changes(client: Client, team: Team) -> list[tuple[str, str, str]]:
    page = client.get(reverse("teams:contract_history", args=[team.pk])).context["page"]
    return [(change.by, change.about, change.what) for change in page]


def test_versions_stand_the_latest_first_with_their_yeses(client: Client, team: Team, member: User) -> None:
    first = new_version(team, member, "Vi mødes.")
    say_yes(by=member, contract=first)
    second = new_version(team, member, "Vi mødes hver måned.")
    versions = client.get(reverse("teams:contract_history", args=[team.pk])).context["versions"]
    assert [(version.pk, version.yes_count) for version in versions] == [(second.pk, 0), (first.pk, 1)]


def test_it_names_who_changed_what_and_never_who_typed_which_line(client: Client, team: Team, member: User) -> None:
    contract = new_version(team, member, "Vi mødes.")
    say_yes(by=member, contract=contract)
    mark_seen(by=make_leader(team.unit), contract=contract)
    # All of a test is one moment to the database.
    assert sorted(changes(client, team)) == [
        ("Lone Leder", "Teamkontrakt", "ændret"),
        ("Mette Medlem", "Ja til en teamkontrakt", "oprettet"),
        ("Mette Medlem", "Teamkontrakt", "oprettet"),
        ("Mette Medlem", "Teamkontrakt", "ændret"),
    ]
    assert "Vi mødes." not in client.get(reverse("teams:contract_history", args=[team.pk])).content.decode()


def test_what_was_deleted_is_still_told(client: Client, team: Team, member: User) -> None:
    contract = new_version(team, member, "Vi mødes.")
    TeamContract.objects.get(pk=contract.pk).delete()
    assert [what for _by, _about, what in changes(client, team)] == ["slettet", "ændret", "oprettet"]


@pytest.mark.django_db(transaction=True)
def test_a_change_by_raw_sql_is_shown_with_the_database_role(client: Client, member: User, team: Team) -> None:
    ensure_contract_sections(ContractTemplateSection)
    contract = new_version(team, member, "Vi mødes.")
    with signed_in_to_the_database_as("lise") as cursor:
        cursor.execute("UPDATE teams_teamcontract SET in_force_on = '2026-01-01' WHERE id = %s", [contract.pk])
    told = client.get(reverse("teams:contract_history", args=[team.pk])).context["page"][0]
    assert told.by == "uden om portalen, af databaserollen lise"
    assert [(column.column, column.before, column.after) for column in told.columns] == [
        ("Gældende fra", "24. november 2026", "1. januar 2026")
    ]


@contextmanager
def signed_in_to_the_database_as(role: str) -> Iterator[Any]:
    """A cursor of a role that may change contracts by hand."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{BY_HAND}'")
        cursor.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {role}")
    settings = connection.settings_dict
    own = psycopg2.connect(
        host=settings["HOST"], port=settings["PORT"], dbname=settings["NAME"], user=role, password=BY_HAND
    )
    try:
        with own, own.cursor() as cursor:
            yield cursor
    finally:
        own.close()
        with connection.cursor() as cursor:
            cursor.execute(f"DROP OWNED BY {role}")
            cursor.execute(f"DROP ROLE {role}")


def test_more_versions_cost_no_more_queries(client: Client, team: Team, member: User) -> None:
    counts = []
    for number in range(1, 4):
        contract = new_version(team, member, f"Vi mødes {number} gange.")
        say_yes(by=member, contract=contract)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("teams:contract_history", args=[team.pk]))
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_a_team_without_versions_sees_what_would_stand_there(client: Client, team: Team, member: User) -> None:
    shown = client.get(reverse("teams:contract_history", args=[team.pk])).content.decode()
    assert "Her står kontraktens versioner, når den første er trådt i kraft." in shown
