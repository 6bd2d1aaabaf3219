"""One's own address, what it tells, and the calendar that the portal may read."""

import datetime as dt
from typing import Any

from django.test import Client
from django.urls import reverse

from observations.models import BusyAddress
from slf_portal.accounts.models import User
from slf_portal.calendars.models import CalendarFeed
from slf_portal.calendars.queries import address_of
from slf_portal.common.dates import at

URL = reverse("calendars:feed_page")


def page(client: Client) -> str:
    return client.get(URL).content.decode()


def test_nobody_has_an_address_before_she_asks_for_one(client: Client, member: User) -> None:
    assert "Lav min adresse" in page(client)
    assert CalendarFeed.objects.count() == 0


def test_the_address_is_made_and_shown_again(client: Client, member: User, settings: Any) -> None:
    assert client.post(URL, {}).headers["Location"] == URL
    address = address_of(CalendarFeed.objects.get(person=member))
    assert address.startswith(f"{settings.PORTAL_URL}/kalender/{member.pk}-")
    for _time in range(2):
        shown = page(client)
        assert f'value="{address}"' in shown
        assert f'href="webcal:{address.partition(":")[2]}"' in shown
    assert client.get(address).status_code == 200


def test_what_it_tells_is_chosen_and_the_address_stays(client: Client, feed: CalendarFeed) -> None:
    for chosen, form in ((True, {"with_own_calendar": "on"}), (False, {})):
        client.post(URL, form)
        stored = CalendarFeed.objects.get()
        assert (stored.key, stored.with_own_calendar) == (feed.key, chosen)


def test_a_calendar_that_is_read_says_when(client: Client, member: User) -> None:
    read_at = at(dt.date(2026, 11, 24), dt.time(8, 5))
    BusyAddress.objects.create(person=member, address="https://kalender.example/hemmelig.ics", read_at=read_at)
    shown = page(client)
    assert "Senest læst tirsdag 24. november kl. 8.05." in shown.replace("08.05", "8.05")
    assert "hemmelig" not in shown


def test_a_calendar_that_cannot_be_read_says_since_when_and_why(client: Client, member: User) -> None:
    read_at = at(dt.date(2026, 11, 20), dt.time(12))
    BusyAddress.objects.create(
        person=member, address="https://kalender.example/", read_at=read_at, problem="Der svares ikke."
    )
    assert "Kalenderen har ikke kunnet læses siden fredag 20. november kl. 12.00. Der svares ikke." in page(client)


def test_the_profile_leads_there(client: Client, member: User) -> None:
    assert client.get(reverse("accounts:profile")).content.decode().count(f'href="{URL}"') == 2
