"""What a person's calendar is told, and at which address."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from learningcycle.queries import gathering_events, meeting_events
from observations.queries import partner_visit_events, visit_events
from slf_portal.accounts.models import User
from slf_portal.calendars.models import CalendarFeed
from slf_portal.common.calendars import write
from slf_portal.common.dates import add_months, first_of_month, start_of_day, today
from teams.queries import standing_of

# The window begins with a month, so that the file does not change every night. It has no end: what is planned is told.
_MONTHS_BACK = 3
_SALT = "slf_portal.calendars.feed"
_TOKEN_LENGTH = 64


def token_of(feed: CalendarFeed) -> str:
    """What stands in the address: the person's number, and a word that only the portal can make of her key."""
    return f"{feed.person_id}-{_word(feed)}"


def feed_at(token: str) -> CalendarFeed | None:
    """The feed with that token, of a person who may come in; at most one query."""
    number, _dash, word = token.partition("-")
    if len(word) != _TOKEN_LENGTH or not (number.isascii() and number.isdecimal()) or len(number) > 18:  # noqa: PLR2004
        return None
    feed = CalendarFeed.objects.select_related("person").filter(person_id=int(number), person__is_active=True).first()
    return feed if feed is not None and constant_time_compare(_word(feed), word) else None


def feed_of(person: User) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(person=person).first()


def address_of(feed: CalendarFeed) -> str:
    """The whole address, at the host that people open."""
    return settings.PORTAL_URL + reverse("calendars:feed", args=[token_of(feed)])


def write_feed(feed: CalendarFeed) -> bytes:
    """Everything that the person is part of, in her language: a handful of queries, however much it is."""
    person = feed.person
    since = _since(today())
    with translation.override(person.language):
        here = standing_of(person, today())
        events = [
            *meeting_events(here, since, with_own_calendar=feed.with_own_calendar),
            *gathering_events(here, since, with_own_calendar=feed.with_own_calendar),
            *visit_events(here, since),
            *partner_visit_events(here, since),
        ]
        return write(events, name=_("SLF: meetings and visits"))


def _since(on: dt.date) -> dt.datetime:
    return start_of_day(add_months(first_of_month(on), -_MONTHS_BACK))


def _word(feed: CalendarFeed) -> str:
    return salted_hmac(_SALT, f"{feed.person_id}:{feed.key}", algorithm="sha256").hexdigest()
