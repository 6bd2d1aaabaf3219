"""Silent writing: everyone for herself, then all at once and without names."""

import uuid
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.urls import reverse
from pghistory.models import Context

from learningcycle.models import AgendaItem, Conversation, SilentNote
from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from tests.builders import make_resource_person

SECRET, TURN = "Vi lytter for lidt.", "Mødelederen fører samtalen videre. Du kan overtage rollen."
KEY = uuid.UUID(int=7)


@pytest.fixture
def item(running: Conversation) -> AgendaItem:
    return running.items.all()[0]


@pytest.fixture
def rosa(item: AgendaItem) -> User:
    return make_resource_person(item.conversation.meeting.team)


def step(client: Client, item: AgendaItem, name: str) -> list[str]:
    response: Any = client.post(reverse("learningcycle:item_silence", args=[item.pk]), {"step": name})
    assert response["Location"] == reverse("learningcycle:meeting_run", args=[item.conversation.meeting_id])
    item.refresh_from_db()
    return [str(message) for message in get_messages(response.wsgi_request)]


def write(client: Client, item: AgendaItem, text: str = SECRET, key: uuid.UUID = KEY) -> Any:
    url = reverse("learningcycle:silent_write", args=[item.pk])
    return client.post(url, {"key": key, "text": text}, headers={"accept": "application/json"})


def everything_shown(client: Client, item: AgendaItem) -> str:
    """All that the pages of the conversation say, to whoever is signed in."""
    meeting = item.conversation.meeting_id
    pages = ("meeting_run", "meeting_state")
    return "".join(client.get(reverse(f"learningcycle:{page}", args=[meeting])).content.decode() for page in pages)


def test_nobody_reads_a_note_before_all_are_shown(client: Client, item: AgendaItem, rosa: User, member: User) -> None:
    step(client, item, "begin")
    client.force_login(rosa)
    assert write(client, item).status_code == 200
    for person in (rosa, member):
        client.force_login(person)
        assert SECRET not in everything_shown(client, item)
    assert step(client, item, "show") == []
    for person in (rosa, member):
        client.force_login(person)
        assert everything_shown(client, item).count(SECRET) == 1


def test_nobody_is_kept_as_the_one_who_wrote(client: Client, item: AgendaItem, rosa: User) -> None:
    step(client, item, "begin")
    client.force_login(rosa)
    before = Context.objects.count()
    write(client, item)
    assert Context.objects.count() == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM learningcycle_silentnote")
        assert {column.name for column in cursor.description} == {"key", "item_id", "text"}


def test_one_can_change_and_take_back_her_own_note_while_everyone_writes(client: Client, item: AgendaItem) -> None:
    step(client, item, "begin")
    write(client, item)
    write(client, item, "Vi venter for kort.")
    assert [note.text for note in SilentNote.objects.all()] == ["Vi venter for kort."]
    write(client, item, "  ")
    assert SilentNote.objects.count() == 0
    write(client, item)
    step(client, item, "show")
    assert write(client, item, "For sent.").json() == {"error": "Den stille skrivning er slut."}
    assert [note.text for note in SilentNote.objects.all()] == [SECRET]


def test_a_note_stays_at_its_item(client: Client, item: AgendaItem, running: Conversation) -> None:
    other = running.items.all()[1]
    for place in (item, other):
        running.items.filter(pk=place.pk).update(silence="writing")
    write(client, item)
    assert write(client, other).status_code == 422
    assert SilentNote.objects.get().item == item


@pytest.mark.parametrize(
    ("text", "key"), [("Ring på 010190-1234.", KEY), ("x" * 2001, KEY), (SECRET, "x"), (SECRET, "")]
)
def test_what_cannot_be_kept_is_refused(client: Client, item: AgendaItem, text: str, key: Any) -> None:
    step(client, item, "begin")
    answer = client.post(
        reverse("learningcycle:silent_write", args=[item.pk]),
        {"key": key, "text": text, "not_cpr": "on"},
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 422
    assert (SilentNote.objects.count(), TextOverride.objects.count()) == (0, 0)


def test_without_scripts_a_note_is_put_in_the_pile_or_comes_back(client: Client, item: AgendaItem) -> None:
    step(client, item, "begin")
    url = reverse("learningcycle:silent_write", args=[item.pk])
    assert client.post(url, {"key": KEY, "text": SECRET}).status_code == 302
    page = client.post(url, {"key": KEY, "text": "Ring på 010190-1234."}).content.decode()
    assert "Ring på 010190-1234.</textarea>" in page
    assert f'name="key" value="{KEY}"' in page
    assert [note.text for note in SilentNote.objects.all()] == [SECRET]


@pytest.mark.parametrize("name", ["begin", "show", "end"])
def test_only_who_leads_begins_shows_and_ends_it(client: Client, item: AgendaItem, rosa: User, name: str) -> None:
    before = "" if name == "begin" else "writing"
    AgendaItem.objects.filter(pk=item.pk).update(silence=before)
    client.force_login(rosa)
    assert step(client, item, name) == [TURN]
    assert item.silence == before


def test_anybody_writes_the_shown_notes_into_the_item(client: Client, item: AgendaItem, rosa: User) -> None:
    step(client, item, "begin")
    write(client, item)
    assert step(client, item, "take_in") == ["Der er ingen sedler at skrive ind."]
    step(client, item, "show")
    client.force_login(rosa)
    step(client, item, "take_in")
    assert (item.text, item.text_version) == (f"Vi er her alle.\n\n- {SECRET}", 2)
    assert (item.silence, SilentNote.objects.count()) == ("", 0)


def test_notes_too_long_for_the_item_stay(client: Client, item: AgendaItem) -> None:
    AgendaItem.objects.filter(pk=item.pk).update(silence="shown", text="x" * 19_990)
    item.silent_notes.create(text=SECRET)
    assert len(step(client, item, "take_in")) == 1
    assert (item.silence, len(item.text), SilentNote.objects.count()) == ("shown", 19_990, 1)


def test_what_nobody_has_seen_cannot_be_put_away_unseen(client: Client, item: AgendaItem) -> None:
    step(client, item, "begin")
    write(client, item)
    assert step(client, item, "end") == ["Nogen har allerede skrevet. Vis først, hvad der er skrevet."]
    step(client, item, "show")
    assert step(client, item, "begin")[-1] == "Sedlerne er vist. Skriv dem først ind i punktet."
    step(client, item, "end")
    assert (item.silence, SilentNote.objects.count()) == ("", 0)


def test_beginning_again_keeps_what_was_written(client: Client, item: AgendaItem) -> None:
    step(client, item, "begin")
    write(client, item)
    step(client, item, "begin")
    assert SilentNote.objects.count() == 1
    step(client, item, "something else")
    assert item.silence == "writing"


def test_a_closed_conversation_takes_no_note(client: Client, item: AgendaItem) -> None:
    step(client, item, "begin")
    Conversation.objects.update(closed_at=item.conversation.begun_at, running_since=None)
    assert write(client, item).status_code == 422
    assert len(step(client, item, "show")) == 1


def test_a_note_that_came_too_late_without_scripts_is_shown_to_be_copied(client: Client, item: AgendaItem) -> None:
    step(client, item, "begin")
    step(client, item, "show")
    url = reverse("learningcycle:silent_write", args=[item.pk])
    page = client.post(url, {"key": str(uuid.uuid4()), "text": "Kom for sent."}).content.decode()
    assert "Kom for sent." in page
