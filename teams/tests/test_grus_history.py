"""Every change of a GRUS and its questions, whoever made it and by whatever way."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.audit.queries import Change
from teams.actions import GrusTime, QuestionWriting, Talk, Writing, move_grus, plan_grus, write_notes, write_questions
from teams.defaults import ensure_grus_questions
from teams.models import Grus, GrusQuestionTemplate
from teams.queries import grus_questions
from tests.builders import make_leader, make_member, make_team

QUESTION = "Spørgsmål i en GRUS"


@pytest.fixture
def leader(db: None, tuesday: dt.date, client: Client) -> User:
    ensure_grus_questions(GrusQuestionTemplate)
    person = make_leader(make_team("Nord").unit)
    client.force_login(person)
    return person


@pytest.fixture
def grus(leader: User) -> Grus:
    team = leader.unit_leader_rows.get().unit.teams.get()
    return plan_grus(by=leader, team=team, time=GrusTime(dt.date(2026, 12, 3)))


def changes(client: Client, grus: Grus, **query: Any) -> list[Change]:
    return list(client.get(reverse("teams:grus_history", args=[grus.pk]), query).context["page"])


def test_it_tells_who_moved_it(client: Client, grus: Grus, leader: User) -> None:
    move_grus(by=leader, grus=grus, time=GrusTime(dt.date(2026, 12, 8)), version=1)
    latest = changes(client, grus)[0]
    assert (latest.by, latest.about, latest.what) == ("Lone Leder", "GRUS", "ændret")
    assert [(column.before, column.after) for column in latest.columns] == [("3. december 2026", "8. december 2026")]


def test_it_tells_who_changed_a_question(client: Client, grus: Grus) -> None:
    member = make_member(grus.team)
    first = grus_questions(grus)[0]
    writing = QuestionWriting(first.theme, "Hvad lykkedes?", was=first.as_it_stands)
    write_questions(by=member, grus=grus, writings={1: writing})
    # All of a test is one moment to the database.
    told = [(change.by, change.about) for change in changes(client, grus) if change.what == "ændret"]
    assert told == [("Mette Medlem", QUESTION)]


def test_what_was_said_is_not_in_it(client: Client, grus: Grus, leader: User) -> None:
    before = changes(client, grus)
    notes = {question.pk: Writing("Vi lytter bedre.", "") for question in grus_questions(grus)}
    write_notes(by=leader, grus=grus, talk=Talk(notes, []))
    assert changes(client, grus) == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("statement", "about", "what"),
    [
        ("UPDATE teams_grus SET begins = '09:00' WHERE id = %s", "GRUS", "ændret"),
        ("UPDATE teams_grusquestion SET text = 'Hvad nu?' WHERE grus_id = %s AND position = 1", QUESTION, "ændret"),
        ("DELETE FROM teams_grusquestion WHERE grus_id = %s AND position = 2", QUESTION, "slettet"),
    ],
)
def test_a_change_by_raw_sql_is_shown_with_the_database_role(
    client: Client, grus: Grus, statement: str, about: str, what: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [grus.pk])
        cursor.execute("SELECT session_user")
        (role,) = cursor.fetchone()
    latest = changes(client, grus)[0]
    assert (latest.by, latest.about, latest.what) == (f"uden om portalen, af databaserollen {role}", about, what)


def test_it_comes_by_the_page(client: Client, grus: Grus, settings: Any) -> None:
    settings.PAGE_SIZE = 4
    assert [len(changes(client, grus, page=number)) for number in (1, 2)] == [4, 2]
