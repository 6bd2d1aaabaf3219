"""What is written about a visit reaches nobody else: no page, document, mail, administration or history holds it.

Every free text of the room is here: a new one fails `test_every_text_of_the_room_is_here` until it has its line below.
"""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from pghistory.models import Event

from observations.defaults import FEWEST_ANSWERS
from observations.enums import RecordState
from observations.models import (
    EvaluationQuestion,
    PrivateNote,
    Visit,
    VisitCount,
    VisitFocus,
    VisitLine,
    VisitRecord,
)
from slf_portal.accounts.models import User
from slf_portal.common.fields import FreeTextField
from slf_portal.fundament.reminders import plan_reminders
from slf_portal.notifications.actions import relay_mail
from slf_portal.notifications.models import Envelope, LedgerEntry
from teams.enums import AgreementSource
from tests.access_addresses import address_of, administration_of
from tests.access_table import read_rows
from tests.builders import make_agreement, make_learning_partner, make_member, make_resource_person
from tests.documents import read, words_of
from tests.visit_after_world import AFTER, make_answers
from tests.world import (
    ADMINISTRATOR,
    LEARNING_PARTNER,
    MEMBER,
    OWN,
    PROJECT_WORKER,
    RESOURCE_PERSON,
    SAME_UNIT,
    SECTION_LEADER,
    TEAM_LEADER,
    UNIT_LEADER,
    Place,
    World,
    make_world,
)

MARK = "besøgsord"
# Who reads a text: the whole team always, or once the visit is shared; its members once it is shared; its author alone;
# or it is no secret.
ALWAYS, TOLD, SHARED, AUTHOR, OPEN = "always", "told", "shared", "author", "open"
# Not of a visit: tests.test_peer_observation_stays_between_two tells whose they are.
OF_TWO = "of two"
READ_BY = {
    "observations.VisitRecord.kept": ALWAYS,
    "observations.VisitRecord.reopened_why": TOLD,
    "observations.EvaluationAnswer.text": ALWAYS,
    "observations.VisitFocus.text": ALWAYS,
    "observations.VisitLine.text": SHARED,
    "observations.PrivateNote.text": AUTHOR,
    # Why it is cancelled, what the members are asked, and why times do not fit: told to everyone concerned.
    "observations.Visit.reason": OPEN,
    "observations.EvaluationQuestion.text": OPEN,
    "observations.VisitOffer.reason": OPEN,
    "observations.PartnerVisit.about": OPEN,
    "observations.PartnerVisit.reason": OPEN,
    "observations.PeerObservation.focus": OF_TWO,
    "observations.PeerLine.text": OF_TWO,
}
ROWS = [row for row in read_rows() if "GET" in row.methods and row.relation in {"", OWN}]
OUTSIDE = [UNIT_LEADER, TEAM_LEADER, LEARNING_PARTNER, SECTION_LEADER, PROJECT_WORKER, ADMINISTRATOR]
VISIT_PAGES = [row for row in ROWS if row.name.startswith("observations:visit_")]

pytestmark = pytest.mark.urls("slf_portal.demo.tests.urls")


class Planted:
    """The words by what they are, and what was written in a text."""

    def __init__(self) -> None:
        self.numbers = count(1)
        self.of: dict[str, list[str]] = {}

    def word(self, name: str) -> str:
        """A word of its own; ended, so that none is the beginning of another."""
        written = f"{MARK}{next(self.numbers)}x"
        self.of.setdefault(name, []).append(written)
        return written

    def secret(self) -> list[str]:
        return [word for words in self.of.values() for word in words]

    def those(self, read_by: str) -> list[str]:
        return [word for name, words in self.of.items() if READ_BY.get(name) == read_by for word in words]


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Any) -> World:
    settings.DEMO_MAIL_DIR = tmp_path
    return make_world()


@pytest.fixture
def planted(world: World) -> Planted:
    planted = Planted()
    place = world.places[OWN]
    for name in AFTER:
        plant(getattr(place, name), place, planted.word)
    return planted


def plant(visit: Visit, place: Place, word: Callable[[str], str]) -> None:
    """A word in every text of the visit that is not for everyone."""
    visit.refresh_from_db()
    label = "observations."
    VisitRecord.objects.filter(visit=visit).update(
        kept=word(f"{label}VisitRecord.kept"), reopened_why=word(f"{label}VisitRecord.reopened_why")
    )
    visit.answers.all().delete()
    for question in range(EvaluationQuestion.objects.count()):
        answered = [word(f"{label}EvaluationAnswer.text") for _person in range(FEWEST_ANSWERS)]
        make_answers(visit, *answered, place=question)
    VisitFocus.objects.create(visit=visit, position=1, text=word(f"{label}VisitFocus.text"))
    for _line in range(2):
        VisitLine.objects.create(visit=visit, author=visit.visitor, text=word(f"{label}VisitLine.text"))
    PrivateNote.objects.create(visit=visit, author=visit.visitor, text=word(f"{label}PrivateNote.text"))
    VisitCount.objects.create(visit=visit, label=word("a count"), count=3)
    make_agreement(place.team, word("a next step"), source=AgreementSource.VISIT, source_id=visit.pk)


def person_of(world: World, role: str) -> User:
    person = world.people[role]
    assert person is not None
    return person


def test_every_text_of_the_room_is_here() -> None:
    texts = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_app_config("observations").get_models()
        if not issubclass(model, Event)
        for field in model._meta.get_fields()
        if isinstance(field, FreeTextField)
    }
    assert texts == set(READ_BY)


def test_every_secret_text_is_planted(planted: Planted) -> None:
    assert {name for name, read_by in READ_BY.items() if read_by not in {OPEN, OF_TWO}} <= set(planted.of)


@pytest.mark.parametrize("role", OUTSIDE)
def test_nothing_of_it_stands_on_what_they_can_open(world: World, planted: Planted, client: Client, role: str) -> None:
    client.force_login(person_of(world, role))
    shown = {row.name: words_at(client, address_of(row, world)) for row in ROWS if row.answers[role] == "yes"}
    assert len(shown) > 10
    assert {"observations:visit_detail"} <= set(shown)
    assert [name for name, words in shown.items() if MARK in words] == []


@pytest.mark.parametrize("role", OUTSIDE)
def test_nor_on_the_pages_of_any_of_the_visits(world: World, planted: Planted, client: Client, role: str) -> None:
    client.force_login(person_of(world, role))
    assert [place for place, words in pages_of_visits(client, world).items() if MARK in words] == []


def test_a_learning_partner_who_visits_another_team_reads_nothing(
    world: World, planted: Planted, client: Client
) -> None:
    partner = make_learning_partner(world.places[OWN].unit, name="Liv Læringspartner")
    Visit.objects.filter(pk=world.places[SAME_UNIT].evaluated_visit.pk).update(visitor=partner)
    client.force_login(partner)
    assert [place for place, words in pages_of_visits(client, world).items() if MARK in words] == []


def test_nor_a_member_or_a_resource_person_of_another_team(world: World, planted: Planted, client: Client) -> None:
    other = world.places[SAME_UNIT].team
    for person in (make_member(other, "Mia Nabo"), make_resource_person(other, name="Ruth Nabo")):
        client.force_login(person)
        assert [place for place, words in pages_of_visits(client, world).items() if MARK in words] == []


def test_the_administration_holds_none_of_it(world: World, planted: Planted, client: Client) -> None:
    client.force_login(person_of(world, ADMINISTRATOR))
    place = world.places[OWN]
    rows = [getattr(place, name) for name in AFTER] + [EvaluationQuestion.objects.all()[0]]
    shown = {url: words_at(client, url) for row in rows for url in administration_of(row).values()}
    assert [url for url, words in shown.items() if MARK in words] == []


def test_no_history_keeps_it(world: World, planted: Planted) -> None:
    """As the database has it, whatever the models say: everything written, then changed, then deleted."""
    Visit.objects.filter(team=world.places[OWN].team).update(is_evaluated=False)
    VisitRecord.objects.update(version=9)
    VisitLine.objects.all().delete()
    PrivateNote.objects.all().delete()
    VisitFocus.objects.all().delete()
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name.endswith("event")]
        assert len(tables) > 20
        found = []
        for table in [*tables, "pghistory_context"]:
            cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text LIKE %s', [f"%{MARK}%"])  # noqa: S608
            found += [table] if cursor.fetchone() != (0,) else []
    assert found == []


def test_no_mail_tells_of_it(world: World, planted: Planted, client: Client) -> None:
    client.force_login(person_of(world, RESOURCE_PERSON))
    visit = world.places[OWN].evaluated_visit
    version = VisitRecord.objects.get(visit=visit).version
    client.post(reverse("observations:visit_share", args=[visit.pk]), {"version": version})
    plan_reminders()
    while relay_mail(seconds=5):
        pass
    assert [message for message in mail.outbox if "besøg" in message.subject] != []
    assert [message for message in mail.outbox if MARK in f"{message.subject} {message.body} {message.message()}"] == []
    stored = [str(list(model.objects.values())) for model in (Envelope, LedgerEntry)]
    assert [rows for rows in stored if MARK in rows] == []


def test_the_team_reads_its_own_words_and_the_lines_once_they_are_shared(
    world: World, planted: Planted, client: Client
) -> None:
    client.force_login(person_of(world, MEMBER))
    place = world.places[OWN]
    draft, shared = (everything_about(client, getattr(place, name)) for name in ("evaluated_visit", "shared_visit"))
    for read_by, before, after in (
        (ALWAYS, True, True),
        (TOLD, False, True),
        (SHARED, False, True),
        (AUTHOR, False, False),
    ):
        words = planted.those(read_by)
        of_draft, of_shared = (half(planted, words, number) for number in (0, 1))
        assert {word in draft for word in of_draft} == {before}, read_by
        assert {word in shared for word in of_shared} == {after}, read_by
    assert [word for word in planted.of["a count"] if word in draft] == []


def half(planted: Planted, words: list[str], number: int) -> list[str]:
    """Those of the visit in that place of AFTER: every text was written for each of them in turn."""
    return [
        word
        for of_name in planted.of.values()
        for word in of_name[number * len(of_name) // len(AFTER) : (number + 1) * len(of_name) // len(AFTER)]
        if word in words
    ]


def test_a_resource_person_who_did_not_visit_reads_no_line(world: World, planted: Planted, client: Client) -> None:
    client.force_login(make_resource_person(world.places[OWN].team, name="Ruth Ressource"))
    words = " ".join(pages_of_visits(client, world).values())
    assert [word for word in planted.those(SHARED) + planted.those(AUTHOR) if word in words] == []
    assert [word for word in planted.those(ALWAYS) if word in words] != []


def test_opened_again_it_stays_shared(world: World, planted: Planted, client: Client) -> None:
    visit = world.places[OWN].closed_visit
    client.force_login(person_of(world, RESOURCE_PERSON))
    version = VisitRecord.objects.get(visit=visit).version
    client.post(reverse("observations:visit_open_again", args=[visit.pk]), {"version": version, "why": "En fejl."})
    assert VisitRecord.objects.get(visit=visit).state == RecordState.SHARED
    client.force_login(person_of(world, MEMBER))
    assert half(planted, planted.those(SHARED), 2)[0] in everything_about(client, visit)


def pages_of_visits(client: Client, world: World) -> dict[tuple[str, str], str]:
    """What every page of a visit answers about each of the planted ones, whatever the table says of who may open it."""
    place = world.places[OWN]
    return {
        (row.name, name): words_at(client, reverse(row.name, args=[getattr(place, name).pk]))
        for row in VISIT_PAGES
        if row.name != "observations:visit_book"
        for name in AFTER
    }


def everything_about(client: Client, visit: Visit) -> str:
    pages = [row.name for row in VISIT_PAGES if row.name != "observations:visit_book"]
    return " ".join(words_at(client, reverse(page, args=[visit.pk])) for page in pages)


def words_at(client: Client, address: str) -> str:
    response: Any = client.get(address)
    if response["Content-Type"] == "application/pdf":
        return words_of(read(response.content))
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode(errors="replace")
