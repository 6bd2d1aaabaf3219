"""Visits that were planned before there were bookings take their people's time as well."""

from typing import Any

from django.db import migrations
from django.db.models import Q
from django.utils import timezone


def book_what_is_planned(apps: Any, schema_editor: Any) -> None:
    """The visitor's time first: where two visits want the same, the earlier row has it, and nobody is told off."""
    visits, bookings = apps.get_model("observations", "Visit"), apps.get_model("observations", "Booking")
    memberships = apps.get_model("teams", "Membership")
    planned = visits.objects.filter(state="planned", bookings=None, starts_at__gte=timezone.now())
    for visit in planned.order_by("pk"):
        on = timezone.localdate(visit.starts_at)
        not_ended = Q(ends_on=None) | Q(ends_on__gt=on)
        members = memberships.objects.filter(not_ended, team=visit.team_id, starts_on__lte=on)
        people = {visit.visitor_id: "visits"}
        for person_id in members.exclude(person=visit.visitor_id).values_list("person_id", flat=True):
            people[person_id] = "takes_part"
        bookings.objects.bulk_create(
            (
                bookings(person_id=person, part=part, visit=visit, starts_at=visit.starts_at, ends_at=visit.ends_at)
                for person, part in people.items()
            ),
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    dependencies = [("observations", "0008_busy_tried"), ("teams", "0014_conversations")]

    operations = [migrations.RunPython(book_what_is_planned, migrations.RunPython.noop)]
