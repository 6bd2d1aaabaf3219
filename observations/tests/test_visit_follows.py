"""What happens to visits when a meeting moves or is cancelled, when a role is handed over, and when a team ends."""

import datetime as dt

import pytest

from learningcycle.actions import cancel_meeting, move_meeting
from learningcycle.models import Meeting
from observations.actions import book_visit, hand_over_visits
from observations.enums import VisitState
from observations.models import Booking, Visit
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from slf_portal.notifications.models import LedgerEntry
from teams.models import Team
from tests.builders import make_meeting, make_resource_person, make_team
from tests.visit_booking_world import make_absence

DAY, LATER = dt.date(2026, 12, 8), dt.date(2026, 12, 10)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def meeting(team: Team, tuesday: dt.date) -> Meeting:
    return make_meeting(team, DAY)


@pytest.fixture
def visit(team: Team, visitor: User, meeting: Meeting) -> Visit:
    """Ninety minutes from the meeting's beginning."""
    ends_at = meeting.ends_at + HOUR / 2
    return book_visit(
        by=visitor, team=team, visitor=visitor, starts_at=meeting.starts_at, ends_at=ends_at, meeting=meeting
    )


def move(meeting: Meeting, by: User) -> Meeting:
    meeting.refresh_from_db()
    begins = at(LATER, dt.time(13))
    return move_meeting(
        by=by, meeting=meeting, starts_at=begins, ends_at=begins + HOUR, in_own_calendar=True, version=meeting.version
    )


def told(kind: str) -> set[int]:
    return set(LedgerEntry.objects.filter(kind=kind).values_list("recipient_id", flat=True))


def test_the_visit_follows_the_meeting(visit: Visit, meeting: Meeting, visitor: User) -> None:
    move(meeting, visitor)
    visit.refresh_from_db()
    begins = at(LATER, dt.time(13))
    assert (visit.starts_at, visit.ends_at, visit.sequence) == (begins, begins + 1.5 * HOUR, 1)
    assert [booking.starts_at for booking in Booking.objects.all()] == [begins]
    assert told("visit_moved") == {visitor.pk}


def test_where_the_visitor_is_not_free_the_meeting_moves_all_the_same(
    visit: Visit, meeting: Meeting, visitor: User
) -> None:
    make_absence(visitor, LATER)
    assert move(meeting, visitor).on == LATER
    visit.refresh_from_db()
    assert (visit.state, visit.on, visit.sequence) == (VisitState.CANCELLED, DAY, 1)
    assert visit.reason.startswith("Mødet er flyttet")
    assert not Booking.objects.filter(visit=visit).exists()
    assert told("visit_cancelled") == {visitor.pk}


def test_a_cancelled_meeting_has_no_visit(visit: Visit, meeting: Meeting, visitor: User) -> None:
    meeting.refresh_from_db()
    cancel_meeting(by=visitor, meeting=meeting)
    visit.refresh_from_db()
    assert (visit.state, visit.reason) == (VisitState.CANCELLED, "Teamets møde er aflyst.")


def test_a_meeting_that_moved_meanwhile_is_not_booked(team: Team, visitor: User, meeting: Meeting) -> None:
    seen = Meeting.objects.get(pk=meeting.pk)
    move(meeting, visitor)
    with pytest.raises(Exception, match="flyttet imens"):
        book_visit(by=visitor, team=team, visitor=visitor, starts_at=seen.starts_at, ends_at=seen.ends_at, meeting=seen)
    assert not Visit.objects.exists()


def test_a_successor_takes_over_what_she_can(team: Team, visitor: User, visit: Visit, tuesday: dt.date) -> None:
    successor = make_resource_person(team, name="Kaja Kollega")
    hand_over_visits(by=visitor, team=team, leaver=visitor, successor=successor, on=tuesday)
    visit.refresh_from_db()
    assert (visit.visitor, visit.sequence) == (successor, 1)
    assert {booking.person_id for booking in Booking.objects.all()} == {successor.pk}


def test_a_busy_successor_never_stops_the_handover(team: Team, visitor: User, visit: Visit, tuesday: dt.date) -> None:
    successor, other = make_resource_person(team, name="Kaja Kollega"), make_team("Syd", unit=team.unit)
    book_visit(by=successor, team=other, visitor=successor, starts_at=visit.starts_at, ends_at=visit.ends_at)
    LedgerEntry.objects.all().delete()
    hand_over_visits(by=visitor, team=team, leaver=visitor, successor=successor, on=tuesday)
    visit.refresh_from_db()
    assert (visit.state, visit.visitor) == (VisitState.CANCELLED, visitor)
    assert "Kaja Kollega" in visit.reason
    assert told("visit_cancelled") == {visitor.pk, successor.pk}
