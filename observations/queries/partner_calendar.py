"""A learning partner's one calendar, month by month, and how much each week holds."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from observations.enums import OfferState, VisitState
from observations.models import Absence, OfferedTime, PartnerVisit, Visit
from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import CentralRoleRow, User
from slf_portal.common.dates import add_months, first_of_month, local_date, start_of_day
from slf_portal.common.templatetags.portal import clock

WEEK = dt.timedelta(days=7)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A line of a day: `time` in words, what it is, its page (may be empty), and a muted half sentence."""

    starts_at: dt.datetime
    time: str
    title: str
    url: str = ""
    detail: str = ""
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class CalendarDay:
    day: dt.date
    is_today: bool
    is_of_month: bool
    entries: list[CalendarEntry]

    @property
    def is_weekend(self) -> bool:
        return self.day.weekday() >= _SATURDAY


@dataclass(slots=True)
class Load:
    """How many visits a week holds, and the minutes they take."""

    visits: int = 0
    minutes: int = 0

    @property
    def hours(self) -> float:
        return self.minutes / 60

    def add(self, visit: Visit | PartnerVisit) -> None:
        self.visits += 1
        self.minutes += int((visit.ends_at - visit.starts_at).total_seconds() // 60)


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    first: dt.date
    days: list[CalendarDay]
    load: Load

    @property
    def number(self) -> int:
        """As Danes count weeks (ISO 8601)."""
        return self.first.isocalendar().week

    @property
    def is_empty(self) -> bool:
        return not any(day.entries for day in self.days)


@dataclass(frozen=True, slots=True)
class PartnerMonth:
    """The weeks that touch the month; `busiest` is the minutes of the fullest of them."""

    first: dt.date
    weeks: list[CalendarWeek]

    @property
    def busiest(self) -> int:
        return max((week.load.minutes for week in self.weeks), default=0)

    @property
    def is_empty(self) -> bool:
        return all(week.is_empty for week in self.weeks)


def month_from(text: str, today: dt.date) -> dt.date:
    """The first of the month in `2026-11`, within two years of today; this month where it says anything else."""
    try:
        month = dt.datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
    except ValueError:
        return first_of_month(today)
    return month if add_months(today, -24) <= month <= add_months(today, 24) else first_of_month(today)


def partner_month(partner: User, first: dt.date, today: dt.date) -> PartnerMonth:
    """What the learning partner has in the weeks of that month. Four queries."""
    mondays = _mondays(first)
    since, until = start_of_day(mondays[0]), start_of_day(mondays[-1] + WEEK)
    visits: list[Visit | PartnerVisit] = [
        *_own_visits(partner, since, until),
        *_visits_as_visitor(partner, since, until),
    ]
    entries = sorted(
        (*map(_visit_entry, visits), *_offered(partner, since, until), *_absences(partner, since, until)),
        key=lambda entry: entry.starts_at,
    )
    by_day: dict[dt.date, list[CalendarEntry]] = {}
    for entry in entries:
        by_day.setdefault(local_date(entry.starts_at), []).append(entry)
    loads = {monday: Load() for monday in mondays}
    for visit in visits:
        loads[_monday(visit.on)].add(visit)
    return PartnerMonth(
        first,
        [
            CalendarWeek(
                monday,
                [
                    CalendarDay(
                        day, day == today, (day.year, day.month) == (first.year, first.month), by_day.get(day, [])
                    )
                    for day in (monday + dt.timedelta(days=number) for number in range(7))
                ],
                loads[monday],
            )
            for monday in mondays
        ],
    )


def _mondays(first: dt.date) -> list[dt.date]:
    """The Mondays of the weeks that touch the month."""
    monday, following = _monday(first), add_months(first, 1)
    return [monday + WEEK * number for number in range(6) if monday + WEEK * number < following]


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _own_visits(partner: User, since: dt.datetime, until: dt.datetime) -> QuerySet[PartnerVisit]:
    rows = PartnerVisit.objects.filter(partner=partner, starts_at__gte=since, starts_at__lt=until)
    return rows.exclude(state=VisitState.CANCELLED).select_related("unit")


def _visits_as_visitor(partner: User, since: dt.datetime, until: dt.datetime) -> QuerySet[Visit]:
    rows = Visit.objects.filter(visitor=partner, starts_at__gte=since, starts_at__lt=until)
    return rows.exclude(state=VisitState.CANCELLED).select_related("team__unit")


def _visit_entry(visit: Visit | PartnerVisit) -> CalendarEntry:
    held = _("held") if visit.state == VisitState.HELD else ""
    time = f"{clock(visit.starts_at)}-{clock(visit.ends_at)}"
    if isinstance(visit, PartnerVisit):
        url = reverse("observations:partner_visit_detail", args=[visit.pk])
        detail = " · ".join(filter(None, (visit.get_kind_display(), held)))
        return CalendarEntry(visit.starts_at, time, visit.unit.name, url, detail)
    url = reverse("observations:visit_detail", args=[visit.pk])
    detail = " · ".join(filter(None, (visit.team.unit.name, _("observation and feedback"), held)))
    return CalendarEntry(visit.starts_at, time, visit.team.name, url, detail)


def _offered(partner: User, since: dt.datetime, until: dt.datetime) -> Iterator[CalendarEntry]:
    """Times that a team may still choose."""
    rows = OfferedTime.objects.filter(offer__visitor=partner, offer__state=OfferState.WAITING)
    for time in rows.filter(starts_at__gte=since, starts_at__lt=until).select_related("offer__team"):
        yield CalendarEntry(
            time.starts_at,
            f"{clock(time.starts_at)}-{clock(time.ends_at)}",
            time.offer.team.name,
            detail=_("offered, not answered"),
            is_quiet=True,
        )


def _absences(partner: User, since: dt.datetime, until: dt.datetime) -> Iterator[CalendarEntry]:
    """Each day of each absence that touches the time."""
    for absence in Absence.objects.filter(person=partner, starts_at__lt=until, ends_at__gt=since):
        day = local_date(max(absence.starts_at, since))
        while start_of_day(day) < min(absence.ends_at, until):
            yield _absent_on(day, absence)
            day += dt.timedelta(days=1)


def _absent_on(day: dt.date, absence: Absence) -> CalendarEntry:
    opens, closes = start_of_day(day), start_of_day(day + dt.timedelta(days=1))
    begins, ends = max(absence.starts_at, opens), min(absence.ends_at, closes)
    is_whole = (begins, ends) == (opens, closes)
    time = capfirst(_("all day")) if is_whole else f"{clock(begins)}-{clock(ends)}"
    return CalendarEntry(begins, time, _("Away"), is_quiet=True)


# The load of all ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartnerLoad:
    """How much each week of a month holds for one learning partner."""

    partner: User
    weeks: list[Load] = field(default_factory=list)


def partner_loads(first: dt.date, today: dt.date) -> tuple[list[int], list[PartnerLoad]]:
    """The numbers of the weeks that touch the month, and each learning partner's load in them. Three queries."""
    mondays = _mondays(first)
    since, until = start_of_day(mondays[0]), start_of_day(mondays[-1] + WEEK)
    in_role = CentralRoleRow.objects.in_force(today).filter(role=CentralRole.LEARNING_PARTNER).values("person_id")
    partners = list(User.objects.filter(pk__in=in_role, is_active=True).order_by("sort_key", "pk"))
    loads = {(partner.pk, monday): Load() for partner in partners for monday in mondays}
    for person_id, visit in _all_visits(partners, since, until):
        loads[person_id, _monday(visit.on)].add(visit)
    rows = [PartnerLoad(partner, [loads[partner.pk, monday] for monday in mondays]) for partner in partners]
    return [monday.isocalendar().week for monday in mondays], rows


def _all_visits(
    partners: Iterable[User], since: dt.datetime, until: dt.datetime
) -> Iterator[tuple[int, Visit | PartnerVisit]]:
    between = {"starts_at__gte": since, "starts_at__lt": until}
    for own in PartnerVisit.objects.filter(partner__in=partners, **between).exclude(state=VisitState.CANCELLED):
        yield own.partner_id, own
    for visit in Visit.objects.filter(visitor__in=partners, **between).exclude(state=VisitState.CANCELLED):
        yield visit.visitor_id, visit
