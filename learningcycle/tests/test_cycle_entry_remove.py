"""Taking a line away."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.models import Cycle, CycleEntry
from slf_portal.accounts.models import User


@pytest.fixture
def entry(cycle: Cycle) -> CycleEntry:
    return cycle.entries.create(kind="log", text="Ved en fejl.")


@pytest.fixture
def url(entry: CycleEntry, member: User) -> str:
    return reverse("learningcycle:cycle_entry_remove", args=[entry.cycle_id, entry.pk])


def test_it_is_gone_and_once_more_is_no_matter(client: Client, url: str) -> None:
    assert [client.post(url, {"version": "0"}).status_code for _ in range(2)] == [302, 302]
    assert CycleEntry.objects.count() == 0


def test_a_line_that_a_colleague_has_written_anew_stays(client: Client, url: str) -> None:
    CycleEntry.objects.update(text="Hendes ord.", version=1)
    client.post(url, {"version": "0"})
    assert CycleEntry.objects.get().text == "Hendes ord."


@pytest.mark.parametrize("form", [{}, {"version": "x"}])
def test_what_no_button_sends_is_no_request(client: Client, url: str, form: dict[str, str]) -> None:
    assert client.post(url, form).status_code == 400
    assert CycleEntry.objects.count() == 1


def test_a_closed_one_keeps_its_lines(client: Client, url: str, tuesday: dt.date) -> None:
    Cycle.objects.update(state="closed", closed_on=tuesday)
    client.post(url, {"version": "0"})
    assert CycleEntry.objects.count() == 1
