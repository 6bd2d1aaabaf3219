"""Making a person's calendar address, and making a new one so that the old is dead."""

import secrets

from django.utils import timezone

from slf_portal.accounts.models import User
from slf_portal.audit.actions import change
from slf_portal.calendars.models import CalendarFeed


def keep_feed(*, by: User, with_own_calendar: bool) -> CalendarFeed:
    """Choose what the person's own address tells; it is made when she has none."""
    with change(by=by, verb="choose calendar feed"):
        feed, is_new = CalendarFeed.objects.select_for_update().get_or_create(
            person=by, defaults={"key": _new_key(), "with_own_calendar": with_own_calendar}
        )
        if not is_new and feed.with_own_calendar != with_own_calendar:
            feed.with_own_calendar = with_own_calendar
            feed.save(update_fields=["with_own_calendar"])
    return feed


def renew_feed(*, by: User) -> None:
    """Give the person a new address: nothing is told at the old one from now on. Without one nothing happens."""
    with change(by=by, verb="renew calendar feed"):
        feed = CalendarFeed.objects.select_for_update().filter(person=by).first()
        if feed is not None:
            feed.key, feed.renewed_at = _new_key(), timezone.now()
            feed.save(update_fields=["key", "renewed_at"])


def _new_key() -> str:
    return secrets.token_urlsafe(32)
