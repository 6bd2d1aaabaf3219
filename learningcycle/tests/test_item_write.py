"""Writing at an item: saved as one types, never over somebody else's words, never with a CPR number."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from pghistory.models import Events

from learningcycle.actions import write_item
from learningcycle.models import AgendaItem, Conversation
from learningcycle.models.conversations import ITEM_LENGTH
from slf_portal.audit.models import TextOverride
from tests.builders import make_leader, make_resource_person

WITH_DIGITS = "Ring på 010190-1234."
NASTY = ["<script>alert(1)</script>", "'; DROP TABLE users; --", "Æøå \U0001f600 e\u0301", "{{ 7 * 7 }}", "\u202eabc"]


@pytest.fixture
def item(running: Conversation) -> AgendaItem:
    return running.items.all()[0]


def send(client: Client, item: AgendaItem, text: str, version: int = 1, **more: Any) -> Any:
    """As the script on the page does."""
    url = reverse("learningcycle:item_write", args=[item.pk])
    answer = client.post(url, {"text": text, "version": version, **more}, headers={"accept": "application/json"})
    item.refresh_from_db()
    return answer


def press_save(client: Client, item: AgendaItem, text: str, version: int = 1, **more: Any) -> Any:
    """As a browser without scripts does."""
    answer = client.post(
        reverse("learningcycle:item_write", args=[item.pk]), {"text": text, "version": version, **more}
    )
    item.refresh_from_db()
    return answer


def test_a_text_is_saved_and_its_version_grows(client: Client, item: AgendaItem) -> None:
    answer = send(client, item, "Vi er her alle.\n\nBo kom til.\n")
    assert (answer.status_code, answer.json()) == (200, {"version": 2, "saved_at": "9.00"})
    assert (item.text, item.text_version) == ("Vi er her alle.\n\nBo kom til.\n", 2)


def test_the_same_text_sent_again_is_accepted_and_changes_nothing(client: Client, item: AgendaItem) -> None:
    send(client, item, "Vi er her.")
    assert send(client, item, "Vi er her.").json()["version"] == 2
    assert item.text_version == 2


def test_who_has_not_seen_the_text_does_not_write_over_it(client: Client, item: AgendaItem) -> None:
    rosa = make_resource_person(item.conversation.meeting.team)
    write_item(by=rosa, item=item, text="Rosas ord.", version=1)
    answer = send(client, item, "Mine ord.")
    assert (answer.status_code, answer.json()) == (409, {"text": "Rosas ord.", "version": 2})
    assert (item.text, item.text_version) == ("Rosas ord.", 2)
    assert send(client, item, "Rosas ord.\n\nMine ord.", version=2).json()["version"] == 3


def test_a_version_nobody_has_saved_is_not_accepted(client: Client, item: AgendaItem) -> None:
    assert send(client, item, "Mine ord.", version=7).status_code == 409
    assert send(client, item, "Mine ord.", version="x").status_code == 422  # type: ignore[arg-type]
    assert item.text == "Vi er her alle."


def test_digits_like_a_cpr_number_are_not_saved_until_they_are_explained(client: Client, item: AgendaItem) -> None:
    answer = send(client, item, WITH_DIGITS)
    assert (answer.status_code, answer.json()["asks"]) == (422, True)
    assert "CPR-nummer" in answer.json()["error"]
    assert "010190" not in answer.content.decode()
    assert (item.text, TextOverride.objects.count()) == ("Vi er her alle.", 0)
    assert send(client, item, WITH_DIGITS, not_cpr="on").status_code == 200
    (noted,) = TextOverride.objects.all()
    assert (item.text, noted.place) == (WITH_DIGITS, "learningcycle.AgendaItem.text")


def test_digits_that_were_explained_are_not_asked_about_again_but_new_ones_are(
    client: Client, item: AgendaItem
) -> None:
    send(client, item, WITH_DIGITS, not_cpr="on")
    client.force_login(make_resource_person(item.conversation.meeting.team))
    assert send(client, item, f"{WITH_DIGITS} Det gør Bo.", version=2).status_code == 200
    assert send(client, item, f"{WITH_DIGITS} Eller 020290-1234.", version=3).status_code == 422
    assert TextOverride.objects.count() == 1


def test_a_text_of_200_000_characters_is_refused_in_words(client: Client, item: AgendaItem) -> None:
    answer = send(client, item, "x" * 200_000)
    assert (answer.status_code, answer.json()["asks"]) == (422, False)
    assert str(ITEM_LENGTH) in answer.json()["error"].replace(".", "")
    assert send(client, item, "x" * ITEM_LENGTH).status_code == 200


@pytest.mark.parametrize("text", NASTY)
def test_what_people_paste_stays_as_it_is(client: Client, item: AgendaItem, text: str) -> None:
    send(client, item, text)
    assert item.text == text


def test_text_from_word_keeps_its_paragraphs(client: Client, item: AgendaItem) -> None:
    send(client, item, "Første\r\nafsnit\x0bbrudt\u2029\u2029Andet\x07 afsnit")
    assert item.text == "Første\nafsnit\nbrudt\n\nAndet afsnit"


def test_a_closed_conversation_takes_no_text(client: Client, item: AgendaItem) -> None:
    Conversation.objects.update(closed_at=item.conversation.begun_at, running_since=None)
    answer = send(client, item, "For sent.")
    assert (answer.status_code, answer.json()["error"]) == (
        422,
        "Samtalen er afsluttet. Den kan åbnes igen fra referatet.",
    )
    assert "For sent." in press_save(client, item, "For sent.").content.decode()
    assert item.text == "Vi er her alle."


def test_a_conversation_that_has_not_begun_takes_no_text(client: Client, item: AgendaItem) -> None:
    Conversation.objects.update(begun_at=None, running_since=None)
    assert send(client, item, "For tidligt.").status_code == 422


def test_without_scripts_the_button_saves_and_says_when(client: Client, item: AgendaItem) -> None:
    answer = press_save(client, item, "Vi er her, og Bo.")
    assert answer["Location"] == reverse("learningcycle:meeting_run", args=[item.conversation.meeting_id])
    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["Gemt 9.00"]
    assert item.text == "Vi er her, og Bo."


@pytest.mark.parametrize(
    ("keep", "stored"),
    [("both", "Rosas ord.\n\nMine ord."), ("mine", "Mine ord."), ("theirs", "Rosas ord.")],
)
def test_without_scripts_both_texts_come_back_to_choose_from(
    client: Client, item: AgendaItem, keep: str, stored: str
) -> None:
    rosa = make_resource_person(item.conversation.meeting.team)
    write_item(by=rosa, item=item, text="Rosas ord.", version=1)
    page = press_save(client, item, "Mine ord.").content.decode()
    assert '<p class="own-words" data-theirs>Rosas ord.</p>' in page
    assert "Mine ord.</textarea>" in page
    assert '<input type="hidden" name="version" value="2">' in page
    assert press_save(client, item, "Mine ord.", version=2, keep=keep).status_code == 302
    assert item.text == stored


def test_without_scripts_a_third_writer_in_between_is_shown_as_well(client: Client, item: AgendaItem) -> None:
    rosa = make_resource_person(item.conversation.meeting.team)
    write_item(by=rosa, item=item, text="Rosas ord.", version=1)
    press_save(client, item, "Mine ord.")
    write_item(by=rosa, item=item, text="Rosas nye ord.", version=2)
    page = press_save(client, item, "Mine ord.", version=2, keep="both").content.decode()
    assert "data-theirs>Rosas nye ord.</p>" in page
    assert "Mine ord.</textarea>" in page
    assert item.text == "Rosas nye ord."


def test_without_scripts_refused_digits_come_back_with_a_tick(client: Client, item: AgendaItem) -> None:
    page = press_save(client, item, WITH_DIGITS).content.decode()
    assert f"{WITH_DIGITS}</textarea>" in page
    assert '<div class="field-choice" data-not-cpr><input type="checkbox" name="not_cpr"' in page
    assert press_save(client, item, WITH_DIGITS, not_cpr="on").status_code == 302


def test_no_history_keeps_what_was_written(client: Client, item: AgendaItem) -> None:
    send(client, item, "Det her kan være nødvendigt at slette.")
    changes: Any = Events.objects
    assert [row for row in changes.tracks(item) if "slette" in str(row.pgh_data)] == []


def test_a_leader_of_the_unit_may_not_and_a_stranger_finds_nothing(client: Client, item: AgendaItem) -> None:
    client.force_login(make_leader(item.conversation.meeting.team.unit))
    assert send(client, item, "Lederens ord.").status_code == 403
    client.force_login(make_resource_person(name="Fremmed"))
    assert send(client, item, "Fremmede ord.").status_code == 404
    client.logout()
    assert send(client, item, "Ingens ord.").status_code == 302
    assert item.text == "Vi er her alle."


def test_another_day_finds_the_text_as_it_was(client: Client, item: AgendaItem, time_machine: Any) -> None:
    send(client, item, "Vi går videre i morgen.")
    time_machine.shift(dt.timedelta(days=1))
    client.force_login(make_resource_person(item.conversation.meeting.team))
    page = client.get(reverse("learningcycle:meeting_run", args=[item.conversation.meeting_id])).content.decode()
    assert "Vi går videre i morgen.</textarea>" in page
