"""Writing a line anew: nothing that anybody typed is lost."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.models import Cycle, CycleEntry
from slf_portal.accounts.models import User
from tests.cycle_builders import make_cycle

OLD = {"was_text": "Før.", "was_period": "uge 40"}


@pytest.fixture
def entry(cycle: Cycle) -> CycleEntry:
    return cycle.entries.create(kind="data", text="Før.", period="uge 40")


@pytest.fixture
def url(entry: CycleEntry, member: User) -> str:
    return reverse("learningcycle:cycle_entry_edit", args=[entry.cycle_id, entry.pk])


def stands() -> tuple[str, str]:
    return CycleEntry.objects.values_list("text", "period").get()


def test_it_is_written_anew(client: Client, url: str, entry: CycleEntry) -> None:
    response = client.post(url, {**OLD, "kind": "data", "text": "Efter.", "period": "uge 41"})
    assert response["Location"] == reverse("learningcycle:cycle_detail", args=[entry.cycle_id]) + "#data"
    assert stands() == ("Efter.", "uge 41")


def test_two_who_write_in_the_same_line_are_both_shown(client: Client, url: str) -> None:
    client.post(url, {**OLD, "kind": "data", "text": "Hendes ord.", "period": "uge 40"})
    shown = client.post(url, {**OLD, "kind": "data", "text": "Hans ord.", "period": "uge 41"}).context["form"]
    row = shown.rows()[0]
    assert (row["colleague"], row["field"].value()) == ("Hendes ord.", "Hans ord.")
    assert stands() == ("Hendes ord.", "uge 41")
    again = {field.html_name: field.value() or "" for field in shown}
    client.post(url, {**again, "text": "Begges ord."})
    assert stands() == ("Begges ord.", "uge 41")


def test_one_taken_away_meanwhile_comes_back_as_it_is_written(client: Client, url: str, entry: CycleEntry) -> None:
    entry.delete()
    assert client.post(url, {**OLD, "kind": "data", "text": "Efter.", "period": "uge 40"}).status_code == 302
    assert stands() == ("Efter.", "uge 40")


def test_one_taken_away_stays_away_when_nothing_is_written(client: Client, url: str, entry: CycleEntry) -> None:
    entry.delete()
    client.post(url, {**OLD, "kind": "data", "text": "Før.", "period": "uge 40"})
    assert CycleEntry.objects.count() == 0
    assert client.get(url)["Location"] == reverse("learningcycle:cycle_detail", args=[entry.cycle_id])


def test_what_is_refused_stays_on_the_page(client: Client, url: str) -> None:
    shown = client.post(url, {**OLD, "kind": "data", "text": "Ring på 010190-1234."}).context["form"]
    assert (list(shown.errors), shown["text"].value()) == (["text"], "Ring på 010190-1234.")
    assert stands() == ("Før.", "uge 40")


def test_another_cycle_s_line_is_not_found_in_this_one(
    client: Client, entry: CycleEntry, member: User, tuesday: dt.date
) -> None:
    other = make_cycle(entry.cycle.team, "En anden")
    url = reverse("learningcycle:cycle_entry_edit", args=[other.pk, entry.pk])
    assert client.get(url).status_code == 302
    client.post(url, {**OLD, "kind": "data", "text": "Efter.", "period": "uge 40"})
    assert CycleEntry.objects.get(pk=entry.pk).text == "Før."


def test_a_closed_one_refuses(client: Client, url: str, tuesday: dt.date) -> None:
    Cycle.objects.update(state="closed", closed_on=tuesday)
    shown = client.post(url, {**OLD, "kind": "data", "text": "Efter."}).context["form"]
    assert shown.non_field_errors() == ["Læringscirklen er afsluttet. Åbn den igen, hvis I vil skrive i den."]
    assert stands() == ("Før.", "uge 40")
