"""Taking the address of one's own calendar away."""

import datetime as dt

from django.test import Client
from django.urls import reverse

from learningcycle.rules import Span
from observations.actions import give_busy_address
from observations.models import BusyAddress, BusyTime
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from tests.builders import make_person


def test_everything_goes_and_nobody_elses(client: Client, member: User) -> None:
    span = Span(at(dt.date(2026, 12, 8), dt.time(10)), at(dt.date(2026, 12, 8), dt.time(11)))
    other = make_person()
    for person in (member, other):
        give_busy_address(by=person, address="https://kalender.example/", spans=[span])
    assert client.post(reverse("calendars:busy_remove")).headers["Location"] == reverse("calendars:feed_page")
    assert [(one.person, one.times.count()) for one in BusyAddress.objects.all()] == [(other, 1)]
    assert BusyTime.objects.count() == 1
