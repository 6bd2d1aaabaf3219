"""That a colleague observed another one's practice is known to the two and to nobody else, wherever one looks."""

from typing import Any

import pghistory.models
import pytest
from django.apps import apps
from django.contrib import admin
from django.core import mail
from django.test import Client
from django.urls import reverse
from pghistory.models import Context

from observations.models import PeerLine, PeerObservation
from slf_portal.audit.models import TextOverride
from slf_portal.notifications.actions import relay_mail
from slf_portal.notifications.models import LedgerEntry
from tests.access_addresses import address_of
from tests.access_table import read_rows
from tests.builders import make_learning_partner, make_member
from tests.documents import read, words_of
from tests.world import ADMINISTRATOR, DEACTIVATED, MEMBER, NOT_SIGNED_IN, OWN, RESOURCE_PERSON, World, make_world

MARK = "kendeord"
ROWS = [row for row in read_rows() if "GET" in row.methods and row.relation in {"", OWN}]
# A deactivated person comes in nowhere.
OTHERS = [role for role in ROWS[0].answers if role not in {MEMBER, RESOURCE_PERSON, NOT_SIGNED_IN, DEACTIVATED}]

pytestmark = pytest.mark.urls("slf_portal.demo.tests.urls")


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Any, client: Client) -> World:
    """The member asks the resource person through the pages, who says yes, writes and hands the notes over."""
    settings.DEMO_MAIL_DIR = tmp_path
    world = make_world()
    PeerObservation.objects.all().delete()
    Context.objects.all().delete()
    member, observer = world.people[MEMBER], world.people[RESOURCE_PERSON]
    assert member is not None
    assert observer is not None
    client.force_login(member)
    client.post(reverse("observations:peer_ask"), {"observer": observer.pk, "focus": f"{MARK} et"})
    peer = PeerObservation.objects.get()
    client.force_login(observer)
    client.post(reverse("observations:peer_answer", args=[peer.pk]), {"answer": "yes"})
    client.post(reverse("observations:peer_line_add", args=[peer.pk]), {"text": f"{MARK} to"})
    client.post(reverse("observations:peer_line_add", args=[peer.pk]), {"text": f"{MARK} 010190-1234", "not_cpr": "on"})
    return world


def test_no_trace_is_kept_of_it(world: World, client: Client) -> None:
    events = [model for model in apps.get_models() if issubclass(model, pghistory.models.Event)]
    assert {model.pgh_tracked_model for model in events} & {PeerObservation, PeerLine} == set()
    assert {PeerObservation, PeerLine} & set(admin.site._registry) == set()
    assert (Context.objects.count(), TextOverride.objects.count()) == (0, 0)
    assert LedgerEntry.objects.filter(path__contains="kollegial").count() == 0
    while relay_mail(seconds=5):
        pass
    assert [message for message in mail.outbox if MARK in f"{message.subject} {message.message()}"] == []


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_meets_it_on_any_page(role: str, world: World, client: Client) -> None:
    person = world.people[role]
    assert person is not None
    client.force_login(person)
    detail = reverse("observations:peer_detail", args=[PeerObservation.objects.get().pk])
    addresses = [address_of(row, world) for row in ROWS if row.answers[role] in {"yes", "onward"}]
    assert [url for url in addresses if traces(client, url, detail)] == []
    assert client.get(detail).status_code == 404


def traces(client: Client, url: str, detail: str) -> list[str]:
    """What of it stands on that page or in that document."""
    response: Any = client.get(url)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = words_of(read(body)) if response["Content-Type"] == "application/pdf" else body.decode(errors="replace")
    return [trace for trace in (MARK, detail) if trace in text]


def test_the_two_themselves_find_it(world: World, client: Client) -> None:
    """The traces are there to be found, so that the test above can find them."""
    detail = reverse("observations:peer_detail", args=[PeerObservation.objects.get().pk])
    for role in (MEMBER, RESOURCE_PERSON):
        person = world.people[role]
        assert person is not None
        client.force_login(person)
        assert traces(client, reverse("observations:peer_list"), detail) == [detail]
        assert MARK in traces(client, detail, detail)


def test_neither_a_colleague_in_the_team_nor_another_learning_partner(world: World, client: Client) -> None:
    peer, team = PeerObservation.objects.get(), world.places[OWN].team
    for person in (make_member(team), make_learning_partner(team.unit)):
        client.force_login(person)
        for page in ("detail", "delete"):
            assert client.get(reverse(f"observations:peer_{page}", args=[peer.pk])).status_code == 404
    assert ADMINISTRATOR in OTHERS
