"""Fixed meetings beside the teams': a series from its beginning to its end, its days, and the points of one meeting."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from learningcycle.models import Gathering, GatheringPart, GatheringPoint, GatheringSeries
from learningcycle.queries import running_series, upcoming_of
from learningcycle.rules import Span, days_every
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, note_text_override, refuse_stale
from slf_portal.common.dates import add_months, at, today
from slf_portal.common.errors import RefusedError
from slf_portal.common.saving import end_checked, save_checked
from teams.models import Unit
from teams.queries import ClosedDays, closed_days


class GatheringRefusedError(RefusedError):
    """The fixed meeting cannot be as asked; the message says why."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What a series is, and when: `every_weeks` None is once; without a first day its days come from a calendar."""

    kind: str
    title: str
    every_weeks: int | None
    first_on: dt.date | None
    ends_on: dt.date | None
    starts_at: dt.time | None
    ends_at: dt.time | None
    in_own_calendar: bool

    def put_on(self, series: GatheringSeries) -> None:
        for name in self.__slots__:
            setattr(series, name, getattr(self, name))


def create_series(
    *, by: User, unit: Unit, arrangement: Arrangement, people: Iterable[User], token: uuid.UUID | None = None
) -> GatheringSeries:
    """Begin a series with whoever is named and the person herself; the coming months are planned at once."""
    series = GatheringSeries(unit=unit, made_by=by)
    arrangement.put_on(series)
    with change(by=by, verb="begin fixed meetings", token=token):
        save_checked(series)
        _let_take_part(series, {by, *people})
        _plan([series], today())
    return series


def change_series(
    *, by: User, series: GatheringSeries, arrangement: Arrangement, people: Iterable[User], version: int
) -> None:
    """Change it from now on: who, what and when. What was moved or cancelled by a person stays. Raises StaleFormError.

    Whoever changes it goes on taking part.
    """
    with change(by=by, verb="change fixed meetings"):
        series = _locked_series(series)
        refuse_stale(stored=series.version, shown=version)
        arrangement.put_on(series)
        series.version += 1
        save_checked(series)
        _let_take_part(series, {by, *people})
        if series.first_on is not None:
            _plan([series], today())


def end_series(*, by: User, series: GatheringSeries) -> None:
    """Meet no more: what has not begun is cancelled, also what a person has moved. Ending twice changes nothing."""
    with change(by=by, verb="end fixed meetings"):
        series = _locked_series(series)
        if series.ends_on is None or series.ends_on > today():
            series.ends_on = max(today(), series.first_on or today())
            series.version += 1
            save_checked(series)
        for gathering in upcoming_of(series).select_for_update():
            _stand(gathering, is_cancelled=True)


def move_gathering(
    *, by: User, gathering: Gathering, starts_at: dt.datetime, ends_at: dt.datetime, version: int
) -> None:
    """Move one meeting; the plan never moves it again. Raises GatheringRefusedError, StaleFormError."""
    if starts_at < at(today(), dt.time.min):
        raise GatheringRefusedError(_("Choose a day that has not passed."))
    with change(by=by, verb="move fixed meeting"):
        gathering = _locked(gathering)
        refuse_stale(stored=gathering.version, shown=version)
        if gathering.is_cancelled:
            raise GatheringRefusedError(_("The meeting is cancelled."))
        gathering.starts_at, gathering.ends_at, gathering.changed_by_person = starts_at, ends_at, True
        gathering.changed_at = timezone.now()
        gathering.version += 1
        save_checked(gathering)


def cancel_gathering(*, by: User, gathering: Gathering) -> None:
    """Cancel one meeting; the plan does not bring it back, and its points are taken to the next one."""
    with change(by=by, verb="cancel fixed meeting"):
        gathering = _locked(gathering)
        gathering.changed_by_person = True
        _stand(gathering, is_cancelled=True)
        _carry_points(gathering.series)


def add_point(
    *, by: User, gathering: Gathering, text: str, confirmed_not_cpr: bool = False, token: uuid.UUID | None = None
) -> GatheringPoint:
    """Put something on the list of what to talk about."""
    point = GatheringPoint(gathering=gathering, text=text)
    with change(by=by, verb="add point", token=token):
        if confirmed_not_cpr:
            note_text_override(by=by, place="learningcycle.GatheringPoint")
        save_checked(point, confirmed_not_cpr=confirmed_not_cpr)
    return point


def tick_point(*, by: User, point: GatheringPoint, is_done: bool) -> None:
    """Say that it was talked about, or take that back."""
    with change(by=by, verb="tick point"):
        point.is_done = is_done
        point.save(update_fields=["is_done"])


def take_over_gatherings(
    *, by: User, series: GatheringSeries, spans: Iterable[Span], token: uuid.UUID | None = None
) -> int:
    """Put the days of a calendar file into the series, one meeting a day at most; how many were new."""
    with change(by=by, verb="take over fixed meetings from calendar", token=token):
        series = _locked_series(series)
        taken = set(series.gatherings.values_list("planned_on", flat=True))
        fresh: dict[dt.date, Gathering] = {}
        for span in sorted(spans):
            row = Gathering(series=series, starts_at=span.starts_at, ends_at=span.ends_at, changed_by_person=True)
            row.planned_on = span.on
            if span.starts_at > timezone.now() and span.on not in taken:
                fresh.setdefault(span.on, row)
        Gathering.objects.bulk_create(fresh.values(), ignore_conflicts=True)
    return len(fresh)


# The plan -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlannedGatherings:
    """How many meetings a run found missing, and how many it changed."""

    created: int = 0
    changed: int = 0


def plan_gatherings(*, today: dt.date) -> PlannedGatherings:
    """Keep the coming months of every series planned; closed days are left out. Safe to run twice at once.

    What a person moved or cancelled is never touched, and never planned again.
    """
    with change(by=None, verb="plan fixed meetings"):
        return _plan(list(running_series(today).select_for_update()), today)


def _plan(every: list[GatheringSeries], on: dt.date) -> PlannedGatherings:
    until = add_months(on, settings.PLANNED_MONTHS_AHEAD)
    closed = closed_days({series.unit_id for series in every}, on, until)
    stored: dict[int, list[Gathering]] = {series.pk: [] for series in every}
    rows = Gathering.objects.select_for_update().filter(series__in=stored, planned_on__gte=on)
    for row in rows.order_by("planned_on"):
        stored[row.series_id].append(row)
    missing: list[Gathering] = []
    shortened: list[GatheringSeries] = []
    changed = 0
    for series in every:
        wanted = {day: _gathering(series, day) for day in _days(series, closed[series.unit_id], on, until)}
        there = {row.planned_on for row in stored[series.pk]}
        missing += [row for day, row in wanted.items() if day not in there]
        followed = [row for row in stored[series.pk] if _follow(row, wanted.get(row.planned_on))]
        changed += len(followed)
        if any(row.is_cancelled for row in followed):
            shortened.append(series)
    Gathering.objects.bulk_create(missing, ignore_conflicts=True)
    for series in shortened:
        _carry_points(series)
    return PlannedGatherings(created=len(missing), changed=changed)


def _days(series: GatheringSeries, closed: ClosedDays, since: dt.date, until: dt.date) -> list[dt.date]:
    """The days of the series in the time planned; one that is to be just once is on its day, open or not."""
    first = series.first_on
    if first is None:
        return []
    if series.every_weeks is None:
        return [first] if first >= since and _lasts(series, first) else []
    days = days_every(first, series.every_weeks, since=since, until=until)
    return [day for day in days if not closed(day) and _lasts(series, day)]


def _lasts(series: GatheringSeries, day: dt.date) -> bool:
    return series.ends_on is None or day < series.ends_on


def _gathering(series: GatheringSeries, day: dt.date) -> Gathering:
    """The meeting as the series has it, not saved."""
    begins, ends = series.starts_at or dt.time.min, series.ends_at or dt.time.max
    return Gathering(series=series, planned_on=day, starts_at=at(day, begins), ends_at=at(day, ends))


def _follow(row: Gathering, wanted: Gathering | None) -> bool:
    """Bring an untouched meeting that has not begun in line with the series; whether it was not."""
    if row.changed_by_person or row.starts_at <= timezone.now():
        return False
    if wanted is None:
        return _stand(row, is_cancelled=True)
    if (row.starts_at, row.ends_at) == (wanted.starts_at, wanted.ends_at) and not row.is_cancelled:
        return False
    row.starts_at, row.ends_at = wanted.starts_at, wanted.ends_at
    row.is_cancelled = False
    row.changed_at = timezone.now()
    row.version += 1
    row.save()
    return True


def _stand(gathering: Gathering, *, is_cancelled: bool) -> bool:
    """Cancel it or bring it back; whether that changed anything."""
    has_news = gathering.is_cancelled != is_cancelled
    gathering.is_cancelled = is_cancelled
    if has_news:
        gathering.changed_at = timezone.now()
        gathering.version += 1
    gathering.save()
    return has_news


def _carry_points(series: GatheringSeries) -> None:
    """What was to be talked about at a meeting that fell away is taken to the next one."""
    lost = GatheringPoint.objects.filter(gathering__series=series, is_done=False, gathering__is_cancelled=True)
    following = upcoming_of(series).order_by("starts_at", "pk").first()
    if following is not None:
        lost.filter(gathering__starts_at__gt=timezone.now()).update(gathering=following)


def _let_take_part(series: GatheringSeries, people: Iterable[User]) -> None:
    """These people, and nobody else, from today."""
    wanted = {person.pk for person in people}
    held = GatheringPart.objects.in_force(today()).filter(series=series)
    for part in held.exclude(person_id__in=wanted):
        end_checked(part, today())
    for person_id in wanted - set(held.values_list("person_id", flat=True)):
        save_checked(GatheringPart(series=series, person_id=person_id))


def _locked(gathering: Gathering) -> Gathering:
    return Gathering.objects.select_for_update().get(pk=gathering.pk)


def _locked_series(series: GatheringSeries) -> GatheringSeries:
    rows: QuerySet[GatheringSeries] = GatheringSeries.objects.select_for_update()
    return rows.get(pk=series.pk)
