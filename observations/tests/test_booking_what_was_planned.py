"""Visits from before there were bookings: the migration that takes their people's time."""

import datetime as dt
from importlib import import_module

from django.apps import apps
from django.db import connection

from observations.enums import BookingPart, VisitState
from observations.models import Booking
from tests.builders import make_member, make_resource_person, make_team, make_visit

TOMORROW = dt.date(2026, 11, 25)
migration = import_module("observations.migrations.0009_book_what_is_planned")


def test_planned_visits_take_time_and_two_at_once_are_left_alone(tuesday: dt.date, db: None) -> None:
    team, other = make_team(), make_team()
    visitor, member = make_resource_person(team, other), make_member(team)
    first, _second = make_visit(team, visitor, TOMORROW), make_visit(other, visitor, TOMORROW)
    make_visit(team, visitor, TOMORROW + dt.timedelta(days=1), state=VisitState.CANCELLED)
    for _ in range(2):
        with connection.schema_editor() as editor:
            migration.book_what_is_planned(apps, editor)
    assert set(Booking.objects.values_list("visit", "person", "part")) == {
        (first.pk, visitor.pk, BookingPart.VISITS),
        (first.pk, member.pk, BookingPart.TAKES_PART),
    }
