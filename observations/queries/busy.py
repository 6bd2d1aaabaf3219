"""When people are busy by their own calendars."""

import datetime as dt
from collections.abc import Collection

from django.db.models import QuerySet

from observations.models import BusyAddress, BusyTime
from slf_portal.accounts.models import User


def busy_address_of(person: User) -> BusyAddress | None:
    """The address that the person has given, if any."""
    return BusyAddress.objects.filter(person=person).first()


def busy_times(person_ids: Collection[int], since: dt.datetime, until: dt.datetime) -> QuerySet[BusyTime]:
    """When these people's own calendars say busy in `[since, until)`, the earliest first. One query."""
    return BusyTime.objects.filter(address__person_id__in=person_ids, starts_at__lt=until, ends_at__gt=since)
