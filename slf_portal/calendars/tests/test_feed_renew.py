"""A new address."""

from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.calendars.models import CalendarFeed

URL = reverse("calendars:feed_renew")


def test_to_look_at_it_changes_nothing(client: Client, feed: CalendarFeed) -> None:
    assert "Lav en ny adresse?" in client.get(URL).content.decode()
    assert CalendarFeed.objects.get().key == feed.key


def test_a_new_address_is_made_and_the_choice_stays(client: Client, feed: CalendarFeed) -> None:
    CalendarFeed.objects.update(with_own_calendar=True)
    assert client.post(URL).headers["Location"] == reverse("calendars:feed_page")
    stored = CalendarFeed.objects.get()
    assert (stored.key == feed.key, stored.with_own_calendar) == (False, True)


def test_no_history_keeps_what_makes_the_address(client: Client, feed: CalendarFeed) -> None:
    client.post(URL)
    events = CalendarFeed.objects.get().events  # type: ignore[attr-defined]
    assert events.count() == 2
    assert not any(hasattr(event, "key") for event in events.all())


def test_without_an_address_nothing_happens(client: Client, member: User) -> None:
    assert client.post(URL).status_code == 302
    assert CalendarFeed.objects.count() == 0
