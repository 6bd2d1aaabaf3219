"""Adding a line: data as description, an interpretation, a sign, a line in the log."""

import datetime as dt
import json
import uuid

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from learningcycle.models import Cycle, CycleEntry
from slf_portal.accounts.models import User
from slf_portal.common.fields import plain_lines

NASTY = settings.BASE_DIR.parent / "shared" / "data" / "nasty" / "blns.json"


@pytest.fixture
def url(cycle: Cycle, member: User) -> str:
    return reverse("learningcycle:cycle_entry_add", args=[cycle.pk])


def test_data_has_a_kind_a_period_a_group_and_a_source(
    client: Client, url: str, cycle: Cycle, tuesday: dt.date
) -> None:
    about = {"data_kind": "observation", "period": "uge 40-44", "group": "5. årgang", "source": "Vores besøg"}
    response = client.post(f"{url}?slags=data", {"kind": "data", "text": "I 6 af 10 svarede de samme.", **about})
    assert response["Location"] == reverse("learningcycle:cycle_detail", args=[cycle.pk]) + "#data"
    entry = CycleEntry.objects.get()
    assert (entry.kind, entry.text, entry.added_on) == ("data", "I 6 af 10 svarede de samme.", tuesday)
    assert {name: getattr(entry, name) for name in about} == about


@pytest.mark.parametrize("kind", ["interpretation", "sign", "log"])
def test_the_other_kinds_are_a_text_alone(client: Client, url: str, kind: str) -> None:
    client.post(f"{url}?slags={kind}", {"kind": kind, "text": "Vi venter.", "period": "uge 40", "group": "5. årgang"})
    entry = CycleEntry.objects.get()
    assert (entry.kind, entry.text, entry.period, entry.group) == (kind, "Vi venter.", "", "")


def test_one_more_is_asked_for_at_once(client: Client, url: str) -> None:
    asked = f"{url}?slags=interpretation"
    response = client.post(asked, {"kind": "interpretation", "text": "Vi venter ikke.", "one_more": "1"})
    assert response["Location"] == asked


def test_without_a_kind_it_is_a_line_in_the_log(client: Client, url: str) -> None:
    assert client.get(f"{url}?slags=x").context["kind"] == "log"


def test_a_double_click_adds_one(client: Client, url: str) -> None:
    form = {"kind": "log", "text": "Vi venter.", "token": str(uuid.uuid4())}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert CycleEntry.objects.count() == 1


def test_text_from_word_keeps_its_paragraphs(client: Client, url: str) -> None:
    client.post(url, {"kind": "log", "text": "Først.\r\n\r\n\x0bSå.\u2029Til sidst: <b>fed</b>"})
    assert CycleEntry.objects.get().text == "Først.\n\n\nSå.\nTil sidst: <b>fed</b>"


@pytest.mark.skipif(not NASTY.exists(), reason="the list of nasty strings is not beside the project")
def test_every_nasty_string_is_kept_as_text(client: Client, url: str, cycle: Cycle) -> None:
    strings = [text for text in json.loads(NASTY.read_text(encoding="utf-8")) if len(text) < 150]
    for first in range(0, len(strings), 12):
        text = "\n".join(strings[first : first + 12])
        assert client.post(url, {"kind": "log", "text": text, "not_cpr": "on"}).status_code == 302
        assert CycleEntry.objects.latest("pk").text == plain_lines(text.strip())
    shown = client.get(reverse("learningcycle:cycle_detail", args=[cycle.pk]))
    assert shown.status_code == 200
    assert "<script>alert" not in shown.content.decode()


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"text": "x" * 200_000}, "text"),
        ({"text": "Ring på 010190-1234."}, "text"),
        ({"group": "010190-1234"}, "group"),
        ({"source": "x" * 121}, "source"),
        ({"data_kind": "gossip"}, "data_kind"),
    ],
)
def test_what_is_refused_stays_on_the_page(client: Client, url: str, wrong: dict[str, str], where: str) -> None:
    form = {"kind": "data", "text": "Vi venter.", "period": "uge 40", **wrong}
    shown = client.post(f"{url}?slags=data", form).context["form"]
    assert (list(shown.errors), shown[where].value(), shown["period"].value()) == ([where], wrong[where], "uge 40")
    assert CycleEntry.objects.count() == 0


def test_a_closed_one_refuses_and_keeps_what_was_typed(client: Client, url: str, tuesday: dt.date) -> None:
    Cycle.objects.update(state="closed", closed_on=tuesday)
    shown = client.post(url, {"kind": "log", "text": "Vi venter."}).context["form"]
    assert shown.non_field_errors() == ["Læringscirklen er afsluttet. Åbn den igen, hvis I vil skrive i den."]
    assert shown["text"].value() == "Vi venter."
