"""Letting the portal read when one is busy by one's own calendar."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from observations.models import BusyAddress, BusyTime
from slf_portal.accounts.models import User
from slf_portal.calendars.models import CalendarFeed
from slf_portal.calendars.queries import address_of
from slf_portal.common.dates import at
from tests.calendar_server import CalendarServer
from tests.gathering_builders import ics

URL = reverse("calendars:busy_address")
THERE = "https://kalender.example/mig.ics"
EVENT = "UID:a|SUMMARY:Tandlæge|DTSTART:20261208T100000|DTEND:20261208T110000"


def errors(response: Any) -> list[str]:
    assert response.status_code == 200
    return list(response.context["form"].errors["address"])


@pytest.mark.parametrize("address", [THERE, "webcal://kalender.example/mig.ics"])
def test_the_calendar_is_read_and_only_its_times_are_kept(
    address: str, client: Client, member: User, outside: CalendarServer
) -> None:
    outside.give("/mig.ics", ics(EVENT))
    assert client.post(URL, {"address": address}).headers["Location"] == reverse("calendars:feed_page")
    given = BusyAddress.objects.get()
    assert (given.person, given.address, given.problem) == (member, THERE, "")
    day = dt.date(2026, 12, 8)
    assert list(BusyTime.objects.values_list("starts_at", "ends_at")) == [(at(day, dt.time(10)), at(day, dt.time(11)))]


def test_another_address_takes_the_place_of_the_first(client: Client, member: User, outside: CalendarServer) -> None:
    outside.give("/mig.ics", ics(EVENT))
    outside.give("/ny.ics", ics(EVENT.replace("1208", "1209")))
    for path in ("mig", "ny"):
        client.post(URL, {"address": f"https://kalender.example/{path}.ics"})
    assert [one.starts_at.day for one in BusyTime.objects.all()] == [9]
    assert BusyAddress.objects.get().address.endswith("/ny.ics")


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("", "Dette felt er påkrævet."),
        ("http://kalender.example/mig.ics", "Skriv en adresse, der begynder med https://"),
        ("https://mig:kode@kalender.example/", "Skriv en adresse, der begynder med https://"),
        ("https://kalender.example:8443/", "Skriv en adresse, der begynder med https://"),
        ("https://127.0.0.2/", "Adressen kan ikke nås på internettet."),
        ("https://0x7f.1/", "Adressen kan ikke nås på internettet."),
        ("https://[::ffff:127.0.0.1]/", "Adressen kan ikke nås på internettet."),
        ("https://inde.example/", "Adressen kan ikke nås på internettet."),
        ("https://kalender.example/ind", "Adressen kan ikke nås på internettet."),
        ("https://kalender.example/andet", "Der er ingen kalender på adressen."),
        ("https://kalender.example/side", "Det er ikke en kalenderfil."),
        ("https://kalender.example/stor", "Kalenderen er for stor: højst 2 MB."),
    ],
)
def test_what_cannot_be_read_is_said_at_the_field_and_kept_there(
    address: str, why: str, client: Client, member: User, outside: CalendarServer
) -> None:
    outside.names["inde.example"] = ["10.0.0.5"]
    outside.send_on("/ind", "https://inde.example/")
    outside.give("/side", b"<!DOCTYPE html><title>Log ind</title>")
    outside.give("/stor", b"x" * (2 * 2**20 + 1))
    response = client.post(URL, {"address": address})
    assert [one.startswith(why) for one in errors(response)] == [True]
    assert response.context["form"]["address"].value() == address
    assert BusyAddress.objects.count() == 0


def test_the_portals_own_calendar_is_not_read(
    client: Client, feed: CalendarFeed, outside: CalendarServer, settings: Any
) -> None:
    settings.PORTAL_URL = "https://kalender.example"
    assert errors(client.post(URL, {"address": address_of(feed)})) == [
        "Det er portalens egen kalender. Skriv adressen på en anden."
    ]
    assert outside.connected == []


def test_nobody_lets_the_portal_ask_around_for_long(
    client: Client, member: User, outside: CalendarServer, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"busy_address": "2/h/user"}
    outside.give("/mig.ics", ics(EVENT))
    assert [client.post(URL, {"address": THERE}).status_code for _ in range(3)] == [302, 302, 429]
    assert len(outside.asked) == 2


def test_an_empty_calendar_is_one(client: Client, member: User, outside: CalendarServer) -> None:
    outside.give("/mig.ics", ics())
    assert client.post(URL, {"address": THERE}).status_code == 302
    assert BusyTime.objects.count() == 0
