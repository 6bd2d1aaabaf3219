"""What is known of the days around a visit: what warns, what is in the way, and which times are free."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from learningcycle.enums import MeetingState
from learningcycle.models import Gathering, Meeting
from learningcycle.queries import planned_meetings
from observations.enums import VisitState
from observations.models import Booking, Visit, VisitOffer
from observations.queries.bookings import bookings_of, is_in_the_way, travel_time
from observations.queries.busy import busy_times
from observations.rules import EVALUATION_MINUTES, Span, is_at_unusual_hours, is_weekend, nearest, working_times
from slf_portal.accounts.models import User
from slf_portal.common.dated import in_force
from slf_portal.common.dates import add_months, end_of_day, local_date, start_of_day, today
from slf_portal.common.templatetags.portal import clock, short_day
from teams.models import Membership, ResourcePerson, Team
from teams.queries import ClosedDays, closed_days

# How far ahead a meeting to visit is looked for, and how many a page shows.
MONTHS_AHEAD = 4
MEETINGS_SHOWN = 8
# Free times are looked for from a week before what was wanted until five weeks after.
DAYS_BEFORE, DAYS_AFTER = 7, 35
ALTERNATIVES = 3


@dataclass(frozen=True, slots=True)
class VisitWarning:
    """What somebody should know before she books: `key` says which, so that it is shown once."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A time that suits everyone, as far as the portal knows; `meeting` where the team meets then anyway."""

    span: Span
    meeting: Meeting | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """The days around a visit of `visitor` to `team`, read once."""

    visitor: User
    team: Team
    bookings: tuple[Booking, ...]
    visits: tuple[Span, ...]
    meetings: tuple[Span, ...]
    gatherings: tuple[Span, ...]
    busy: tuple[Span, ...]
    members: tuple[tuple[int, dt.date, dt.date | None], ...]
    is_closed: ClosedDays

    def members_on(self, day: dt.date) -> frozenset[int]:
        return frozenset(
            person
            for person, starts_on, ends_on in self.members
            if starts_on <= day and not (ends_on and ends_on <= day)
        )

    def is_free(self, span: Span) -> bool:
        """Whether the visit could be booked then; says the same as `queries.clashes` about every span."""
        if any(span.overlaps(visit) for visit in self.visits):
            return False
        members = self.members_on(span.on) - {self.visitor.pk}
        return not any(
            is_in_the_way(booking, span, unit_id=self.team.unit_id, doing={self.visitor.pk}, taking_part=members)
            for booking in self.bookings
        )

    def warnings(self, span: Span) -> list[VisitWarning]:
        """What does not stand in the way and should be known, in the order it matters."""
        name, day = self.visitor.name, span.on
        found = [
            *(VisitWarning(f"meeting:{_key(one)}", _named(name, one)) for one in self.meetings if one.overlaps(span)),
            *(VisitWarning(f"fixed:{_key(one)}", _named(name, one)) for one in self.gatherings if one.overlaps(span)),
            *(VisitWarning(f"busy:{_key(one)}", _calendar(name, one)) for one in self.busy if one.overlaps(span)),
        ]
        if is_weekend(day):
            found.append(VisitWarning(f"closed:{day}", _("%(day)s is in a weekend.") % {"day": short_day(day)}))
        elif self.is_closed(day):
            found.append(VisitWarning(f"closed:{day}", _("The unit is closed on %(day)s.") % {"day": short_day(day)}))
        if is_at_unusual_hours(span):
            found.append(VisitWarning(f"hours:{_key(span)}", _("It is before 7.00 or after 17.00.")))
        if self.visitor.pk in self.members_on(day):
            found.append(VisitWarning(f"own:{self.visitor.pk}", _("%(name)s is of the team herself.") % {"name": name}))
        return found

    def free_times(
        self, wanted: Span, meetings: Iterable[Meeting] = (), *, minutes_after: int = EVALUATION_MINUTES
    ) -> list[FreeTime]:
        """Three times without a conflict or warning: the team's meetings nearest to what was wanted, then others."""
        now = timezone.now()
        spans = {visit_span(meeting, minutes_after): meeting for meeting in meetings}
        at_meetings = nearest(filter(self._suits, spans), wanted.starts_at, ALTERNATIVES)
        days = {span.on for span in at_meetings}
        first = max(wanted.on - dt.timedelta(days=DAYS_BEFORE), today())
        others = (
            span
            for span in working_times(first, DAYS_BEFORE + DAYS_AFTER, wanted.length)
            if span.on not in days and span.starts_at > now and self._suits(span)
        )
        more = (
            nearest(others, wanted.starts_at, ALTERNATIVES - len(at_meetings))
            if len(at_meetings) < ALTERNATIVES
            else []
        )
        return [*(FreeTime(span, spans[span]) for span in at_meetings), *map(FreeTime, more)]

    def _suits(self, span: Span) -> bool:
        own = f"own:{self.visitor.pk}"
        return self.is_free(span) and all(warning.key == own for warning in self.warnings(span))


def look_around(
    team: Team, visitor: User, since: dt.date, until: dt.date, *, but: Visit | VisitOffer | None = None
) -> Around:
    """What takes the visitor's and the team's time on the days `[since, until)`, save what `but` takes.

    Nine queries, however many the days.
    """
    begins, ends = start_of_day(since) - travel_time(), start_of_day(until) + travel_time()
    in_time: dict[str, dt.datetime] = {"starts_at__lt": ends, "ends_at__gt": begins}
    members = tuple(_members(team, since, until))
    people = {visitor.pk, *(person for person, *_days in members)}
    visits = team.visits.filter(state=VisitState.PLANNED, **in_time)
    bookings = bookings_of(people, begins, ends)
    if isinstance(but, Visit):
        visits, bookings = visits.exclude(pk=but.pk), bookings.exclude(visit=but)
    elif but is not None:
        bookings = bookings.exclude(offered_time__offer=but)
    return Around(
        visitor=visitor,
        team=team,
        bookings=tuple(bookings),
        visits=_spans(visits),
        meetings=_spans(_meetings_of(visitor, since).filter(**in_time).exclude(team=team)),
        gatherings=_spans(_gatherings_of(visitor, since).filter(**in_time)),
        busy=_spans(busy_times([visitor.pk], begins, ends)),
        members=members,
        is_closed=closed_days([team.unit_id], since, until)[team.unit_id],
    )


def look_around_span(team: Team, visitor: User, span: Span, *, but: Visit | VisitOffer | None = None) -> Around:
    """The same for the day of one time and the days on which alternatives to it are looked for."""
    since = max(span.on - dt.timedelta(days=DAYS_BEFORE), today())
    until = span.on + dt.timedelta(days=DAYS_AFTER)
    return look_around(team, visitor, min(since, span.on), until, but=but)


def meetings_to_visit(team: Team, *, but: Visit | None = None) -> list[Meeting]:
    """The team's planned meetings of the coming months that have not begun and nobody visits, the next first."""
    until = end_of_day(add_months(today(), MONTHS_AHEAD))
    rows = planned_meetings([team.pk], today()).filter(starts_at__gt=timezone.now(), starts_at__lt=until)
    taken = Visit.objects.exclude(state=VisitState.CANCELLED).filter(meeting__isnull=False)
    if but is not None:
        taken = taken.exclude(pk=but.pk)
    return list(rows.exclude(pk__in=taken.values("meeting_id")).order_by("starts_at", "pk")[:MEETINGS_SHOWN])


def visit_span(meeting: Meeting, minutes_after: int) -> Span:
    """The time of a visit to that meeting: the conversation and so many minutes to evaluate it."""
    return Span(meeting.starts_at, meeting.ends_at + dt.timedelta(minutes=minutes_after))


def _members(team: Team, since: dt.date, until: dt.date) -> Iterable[tuple[int, dt.date, dt.date | None]]:
    not_ended = Q(ends_on__isnull=True) | Q(ends_on__gt=since)
    rows = Membership.objects.filter(not_ended, team=team, starts_on__lt=until)
    return rows.values_list("person_id", "starts_on", "ends_on")


def _meetings_of(visitor: User, on: dt.date) -> QuerySet[Meeting]:
    """The planned meetings of the teams she belongs to or serves."""
    own = Membership.objects.in_force(on).filter(person=visitor).values("team_id")
    served = ResourcePerson.objects.in_force(on).filter(person=visitor).values("team_id")
    return Meeting.objects.filter(Q(team_id__in=own) | Q(team_id__in=served), state=MeetingState.PLANNED)


def _gatherings_of(visitor: User, on: dt.date) -> QuerySet[Gathering]:
    part = in_force(on, "series__parts__")
    return Gathering.objects.filter(part, series__parts__person=visitor, is_cancelled=False)


def _spans(rows: QuerySet[Any]) -> tuple[Span, ...]:
    return tuple(Span(*times) for times in rows.order_by("starts_at", "pk").values_list("starts_at", "ends_at"))


def _key(span: Span) -> str:
    return f"{span.starts_at:%Y%m%dT%H%M}"


def _named(name: str, span: Span) -> str:
    return _("%(name)s has a meeting %(day)s %(begins)s-%(ends)s.") % {"name": name, **_times(span)}


def _calendar(name: str, span: Span) -> str:
    return _("%(name)s's own calendar says busy %(day)s %(begins)s-%(ends)s.") % {"name": name, **_times(span)}


def _times(span: Span) -> dict[str, str]:
    return {"day": short_day(local_date(span.starts_at)), "begins": clock(span.starts_at), "ends": clock(span.ends_at)}
