"""When people are away."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from observations.models import Absence
from observations.queries.bookings import Claim
from slf_portal.accounts.models import User
from slf_portal.common.dates import local_date, start_of_day
from slf_portal.common.templatetags.portal import long_day, until


def claim_of_absence(absence: Absence) -> Claim:
    """The time in which its person visits nobody; her team may still be visited."""
    return Claim(absence.starts_at, absence.ends_at, None, doing=frozenset({absence.person_id}), is_absence=True)


def coming_absences(person: User) -> list[tuple[Absence, str]]:
    """Those that have not ended, with when it is in words, the next first."""
    rows = Absence.objects.filter(person=person, ends_at__gt=timezone.now()).order_by("starts_at", "pk")
    return [(absence, absence_words(absence)) for absence in rows]


def absence_words(absence: Absence) -> str:
    """Whole days without their midnights."""
    first, after = local_date(absence.starts_at), local_date(absence.ends_at)
    if (absence.starts_at, absence.ends_at) != (start_of_day(first), start_of_day(after)):
        return until(absence.starts_at, absence.ends_at)
    last = after - dt.timedelta(days=1)
    if first == last:
        return long_day(first)
    return _("%(first)s to %(last)s") % {"first": long_day(first), "last": long_day(last)}
