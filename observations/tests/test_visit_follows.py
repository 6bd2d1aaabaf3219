"""What happens to visits when a meeting moves or is cancelled, when a role is handed over, and when a team ends."""

import datetime as dt

import pytest

from learningcycle.actions import cancel_meeting, move_meeting
from learningcycle.models import Meeting
from observations.actions import book_visit, hand_over_visits
from observations.enums import VisitState
from observations.models import Booking, Visit
from observations.tasks import follow_members_of_teams
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from slf_portal.notifications.models import LedgerEntry
from teams.actions import hand_over
from teams.models import Membership, ResourcePerson, Team
from tests.builders import make_meeting, make_member, make_resource_person, make_team
from tests.visit_booking_world import make_absence

DAY, LATER = dt.date(2026, 12, 8), dt.date(2026, 12, 10)
HOUR, TEN = dt.timedelta(hours=1), dt.time(10)


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
    hand_over_visits(by=visitor, teams=[team], leaver=visitor, successor=successor, on=tuesday)
    visit.refresh_from_db()
    assert (visit.visitor, visit.sequence) == (successor, 1)
    assert {booking.person_id for booking in Booking.objects.all()} == {successor.pk}


def test_a_busy_successor_never_stops_the_handover(team: Team, visitor: User, visit: Visit, tuesday: dt.date) -> None:
    successor, other = make_resource_person(team, name="Kaja Kollega"), make_team("Syd", unit=team.unit)
    book_visit(by=successor, team=other, visitor=successor, starts_at=visit.starts_at, ends_at=visit.ends_at)
    LedgerEntry.objects.all().delete()
    hand_over_visits(by=visitor, teams=[team], leaver=visitor, successor=successor, on=tuesday)
    visit.refresh_from_db()
    assert (visit.state, visit.visitor) == (VisitState.CANCELLED, visitor)
    assert "Kaja Kollega" in visit.reason
    assert told("visit_cancelled") == {visitor.pk, successor.pk}


def test_all_of_her_teams_are_handed_over_at_once(team: Team, visitor: User, visit: Visit, tuesday: dt.date) -> None:
    other = make_team("Syd", unit=team.unit)
    ResourcePerson.objects.create(team=other, person=visitor, starts_on=tuesday)
    book_visit(by=visitor, team=other, visitor=visitor, starts_at=at(LATER, TEN), ends_at=at(LATER, TEN) + HOUR)
    successor = make_resource_person(make_team(), name="Kaja Kollega")
    hand_over(
        by=visitor, rows=list(visitor.resource_person_rows.all()), successor=successor, on=tuesday, with_plans=True
    )
    assert {row.visitor for row in Visit.objects.all()} == {successor}
    assert {booking.person for booking in Booking.objects.all()} == {successor}


# Members who come and go ----------------------------------------------------------------------------------------------


def taking_part(visit: Visit) -> set[int]:
    return set(visit.bookings.filter(part="takes_part").values_list("person_id", flat=True))


def test_who_joins_the_team_is_booked_and_told_once(visit: Visit, team: Team, visitor: User) -> None:
    newcomer, late = make_member(team, name="Nina Ny"), make_member(team, name="Stine Sen")
    Membership.objects.filter(person=late).update(starts_on=LATER)
    for _ in range(2):
        follow_members_of_teams()
        assert taking_part(visit) == {newcomer.pk}
        assert told("visit_booked") == {visitor.pk, newcomer.pk}
    assert late.pk not in told("visit_booked")
    assert LedgerEntry.objects.filter(kind="visit_booked").count() == 2


def test_who_leaves_before_the_visit_gets_her_time_back(visit: Visit, team: Team) -> None:
    leaver, later = make_member(team, name="Lone Leaver"), make_member(team, name="Else Efter")
    follow_members_of_teams()
    Membership.objects.filter(person=leaver).update(ends_on=DAY)
    Membership.objects.filter(person=later).update(ends_on=LATER)
    follow_members_of_teams()
    assert taking_part(visit) == {later.pk}


def test_who_is_busy_is_let_in_when_she_is_free(visit: Visit, team: Team, visitor: User) -> None:
    elsewhere = make_team("Syd")
    busy, colleague = make_member(elsewhere, name="Berit Bunden"), make_resource_person(elsewhere, name="Kaja Kollega")
    other = book_visit(
        by=colleague, team=elsewhere, visitor=colleague, starts_at=visit.starts_at, ends_at=visit.ends_at
    )
    Membership.objects.create(team=team, person=busy, starts_on=dt.date(2026, 8, 1))
    follow_members_of_teams()
    assert (taking_part(visit), busy.pk in told("visit_moved")) == (set(), False)
    other.bookings.all().delete()
    Membership.objects.filter(team=elsewhere).delete()
    follow_members_of_teams()
    assert taking_part(visit) == {busy.pk}


def test_visits_that_are_over_are_left_as_they_were(visit: Visit, team: Team, visitor: User) -> None:
    Visit.objects.update(state=VisitState.CANCELLED)
    make_member(team)
    follow_members_of_teams()
    assert taking_part(visit) == set()
