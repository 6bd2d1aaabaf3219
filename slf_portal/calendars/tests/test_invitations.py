"""Mails that put an event into the reader's calendar, move it there, and take it out again."""

import datetime as dt
from email.message import EmailMessage
from typing import Any

import pytest
from django.utils import timezone

from learningcycle.actions import cancel_meeting, close_meetings, move_meeting, plan_ahead, plan_meeting
from learningcycle.models import Meeting
from observations.actions import book_visit, cancel_visit, follow_members, hand_over_visits, move_visit
from observations.enums import PartnerVisitKind, VisitState
from observations.models import PartnerVisit, Visit
from slf_portal.accounts.models import User
from slf_portal.calendars.actions import keep_feed
from slf_portal.calendars.queries import write_feed
from slf_portal.common.dates import at
from slf_portal.notifications.actions import enqueue, relay_mail
from slf_portal.notifications.enums import ReminderKind
from slf_portal.notifications.models import Envelope, LedgerEntry
from slf_portal.notifications.tests.conftest import Clock
from teams.models import Membership, ResourcePerson, Team
from tests.builders import (
    make_leader,
    make_learning_partner,
    make_member,
    make_person,
    make_resource_person,
    make_rhythm,
    make_team,
    make_unit,
)
from tests.calendar_readers import Read, read_by_all
from tests.mailserver import MailServer

DAY = dt.date(2026, 12, 8)
TEN, ELEVEN, NOON = (at(DAY, dt.time(hour)) for hour in (10, 11, 12))
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def team(db: None) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen", address="Birkevej 1"))


@pytest.fixture
def member(team: Team) -> User:
    return make_member(team)


@pytest.fixture
def visitor(team: Team) -> User:
    return make_resource_person(team)


def calendar_of(mail: EmailMessage) -> EmailMessage | None:
    found = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert len(found) <= 1
    return next(iter(found), None)


def sent(server: MailServer) -> dict[str, str]:
    """What each mail since the last time does to its reader's calendar: method and sequence, or nothing."""
    server.mails.clear()
    relay_mail(seconds=20)
    return {str(mail["To"]): _said(mail) for mail in server.mails}


def _said(mail: EmailMessage) -> str:
    part = calendar_of(mail)
    if part is None:
        return "nothing"
    (read,) = read_of(mail)
    return f"{part.get_param('method')} {read.sequence}"


def read_of(mail: EmailMessage) -> list[Read]:
    part = calendar_of(mail)
    assert part is not None
    return read_by_all(part.get_content().replace("\r\n", "\n").replace("\n", "\r\n").encode())


def book(team: Team, visitor: User) -> Visit:
    return book_visit(by=visitor, team=team, visitor=visitor, starts_at=TEN, ends_at=ELEVEN)


def plan(team: Team, by: User, *, in_own_calendar: bool = False) -> Meeting:
    return plan_meeting(by=by, team=team, starts_at=TEN, ends_at=ELEVEN, in_own_calendar=in_own_calendar)


def test_the_parts_of_a_mail_are_as_programs_look_for_them(
    mail_server: MailServer, team: Team, member: User, visitor: User, settings: Any
) -> None:
    book(team, visitor)
    sent(mail_server)
    mail = next(one for one in mail_server.mails if one["To"] == member.email)
    assert mail.get_content_type() == "multipart/mixed"
    inner, attached = mail.iter_parts()
    assert [part.get_content_type() for part in inner.iter_parts()] == ["text/plain", "text/html", "text/calendar"]
    part = calendar_of(mail)
    assert part is not None
    assert (part.get_param("method"), part.get_content_charset()) == ("REQUEST", "utf-8")
    assert (attached.get_content_type(), attached.get_filename()) == ("application/ics", "invite.ics")
    text = part.get_content().replace("\r\n", "\n").replace("\n ", "")
    assert attached.get_content().decode().replace("\r\n", "\n").replace("\n ", "") == text
    assert "METHOD:REQUEST" in text
    assert f"mailto:{member.email}" in text
    assert visitor.email not in text
    assert "ORGANIZER;CN=SLF-portalen:mailto:portal@localhost" in text
    assert "SUMMARY:Besøg hos Nord" in text


def test_feed_and_mail_tell_the_same(mail_server: MailServer, team: Team, member: User, visitor: User) -> None:
    book(team, visitor)
    plan_meeting(by=member, team=team, starts_at=ELEVEN, ends_at=NOON, in_own_calendar=False)
    sent(mail_server)
    by_mail = [read for mail in mail_server.mails if mail["To"] == member.email for read in read_of(mail)]
    assert sorted(by_mail) == read_by_all(write_feed(keep_feed(by=member, with_own_calendar=False)))


@pytest.mark.parametrize(
    "day", [dt.date(2026, 10, 23), dt.date(2026, 10, 26), dt.date(2027, 3, 26), dt.date(2027, 3, 29)]
)
def test_mails_on_both_sides_of_the_changes_of_the_clock(
    day: dt.date, mail_server: MailServer, team: Team, visitor: User, clock: Clock
) -> None:
    clock.move_to(at(dt.date(2026, 10, 1), dt.time(9)))
    begins, ends = at(day, dt.time(10)), at(day, dt.time(11))
    book_visit(by=visitor, team=team, visitor=visitor, starts_at=begins, ends_at=ends)
    sent(mail_server)
    (read,) = read_of(mail_server.mails[0])
    assert (read.starts_at, read.ends_at) == (begins.astimezone(dt.UTC), ends.astimezone(dt.UTC))


def test_a_visit_is_booked_moved_and_cancelled(
    mail_server: MailServer, team: Team, member: User, visitor: User
) -> None:
    visit = book(team, visitor)
    assert sent(mail_server) == {member.email: "REQUEST 0", visitor.email: "REQUEST 0"}
    first = read_of(mail_server.mails[0])[0]
    visit = move_visit(by=visitor, visit=visit, visitor=visitor, starts_at=ELEVEN, ends_at=NOON, version=visit.version)
    assert sent(mail_server) == {member.email: "REQUEST 1", visitor.email: "REQUEST 1"}
    moved = read_of(mail_server.mails[0])[0]
    assert (moved.uid, moved.starts_at) == (first.uid, ELEVEN.astimezone(dt.UTC))
    cancel_visit(by=visitor, visit=visit, reason="Sygdom.")
    assert sent(mail_server) == {member.email: "CANCEL 2", visitor.email: "CANCEL 2"}
    assert read_of(mail_server.mails[0])[0] == moved._replace(sequence=2, status="CANCELLED")


def test_who_hands_a_visit_over_is_freed_of_it(
    mail_server: MailServer, team: Team, member: User, visitor: User
) -> None:
    visit, colleague = book(team, visitor), make_resource_person(team, name="Kaja Kollega")
    sent(mail_server)
    visit = move_visit(by=visitor, visit=visit, visitor=colleague, starts_at=TEN, ends_at=ELEVEN, version=visit.version)
    assert sent(mail_server) == {
        member.email: "REQUEST 1", visitor.email: "CANCEL 1", colleague.email: "REQUEST 1",
    }  # fmt: skip
    cancel_visit(by=colleague, visit=visit, reason="Sygdom.")
    assert sent(mail_server) == {member.email: "CANCEL 2", colleague.email: "CANCEL 2"}


def test_so_is_one_whose_service_ends(mail_server: MailServer, team: Team, visitor: User, member: User) -> None:
    book(team, visitor)
    sent(mail_server)
    colleague = make_resource_person(team, name="Kaja Kollega")
    hand_over_visits(by=colleague, teams=[team], leaver=visitor, successor=colleague, on=dt.date(2026, 11, 24))
    ResourcePerson.objects.filter(person=visitor).update(ends_on=dt.date(2026, 11, 24))
    assert sent(mail_server) == {
        member.email: "REQUEST 1", visitor.email: "CANCEL 1", colleague.email: "REQUEST 1",
    }  # fmt: skip


def test_what_a_later_mail_says_better_is_not_sent(
    mail_server: MailServer, team: Team, member: User, visitor: User
) -> None:
    visit = book(team, visitor)
    visit = move_visit(by=visitor, visit=visit, visitor=visitor, starts_at=ELEVEN, ends_at=NOON, version=visit.version)
    assert sent(mail_server) == {member.email: "REQUEST 1", visitor.email: "REQUEST 1"}
    assert sorted(LedgerEntry.objects.values_list("kind", "state", "why")) == [
        ("visit_booked", "cancelled", "settled"), ("visit_booked", "cancelled", "settled"),
        ("visit_moved", "sent", ""), ("visit_moved", "sent", ""),
    ]  # fmt: skip


def test_nobody_is_told_to_come_to_what_is_off(mail_server: MailServer, team: Team, visitor: User) -> None:
    visit = book(team, visitor)
    Visit.objects.filter(pk=visit.pk).update(state=VisitState.CANCELLED)
    assert sent(mail_server) == {}


def test_who_has_left_is_told_nothing_unless_it_stands_in_her_calendar(
    mail_server: MailServer, team: Team, member: User, visitor: User
) -> None:
    visit, late = book(team, visitor), make_member(team, name="Nina Ny")
    sent(mail_server)
    visit = move_visit(by=visitor, visit=visit, visitor=visitor, starts_at=ELEVEN, ends_at=NOON, version=visit.version)
    Membership.objects.filter(team=team).update(ends_on=dt.date(2026, 11, 24))
    assert sent(mail_server) == {member.email: "CANCEL 1", visitor.email: "REQUEST 1"}
    assert LedgerEntry.objects.get(recipient=late).why == "not_theirs"


def test_who_has_left_is_told_at_the_next_change_and_never_again(
    mail_server: MailServer, team: Team, member: User, visitor: User
) -> None:
    visit = book(team, visitor)
    sent(mail_server)
    Membership.objects.filter(team=team).update(ends_on=dt.date(2026, 11, 24))
    times: dict[str, Any] = {"starts_at": ELEVEN, "ends_at": NOON}
    visit = move_visit(by=visitor, visit=visit, visitor=visitor, version=visit.version, **times)
    assert sent(mail_server) == {member.email: "CANCEL 1", visitor.email: "REQUEST 1"}
    cancel_visit(by=visitor, visit=visit, reason="Sygdom.")
    assert sent(mail_server) == {visitor.email: "CANCEL 2"}


def test_the_calendars_follow_who_joins_and_who_leaves(
    mail_server: MailServer, team: Team, member: User, visitor: User
) -> None:
    book(team, visitor)
    sent(mail_server)
    newcomer = make_member(team, name="Nina Ny")
    Membership.objects.filter(person=member).update(ends_on=DAY)
    follow_members(now=timezone.now())
    assert sent(mail_server) == {member.email: "CANCEL 0", newcomer.email: "REQUEST 0"}
    follow_members(now=timezone.now())
    assert sent(mail_server) == {}


def test_it_goes_out_as_it_was_closed(mail_server: MailServer, team: Team, visitor: User, clock: Clock) -> None:
    visit = book(team, visitor)
    mail_server.refusals[visitor.email] = "452 mailbox full"
    assert sent(mail_server) == {}
    before = Envelope.objects.get()
    assert (before.calendar_method, "SEQUENCE:0" in before.calendar) == ("REQUEST", True)
    Visit.objects.filter(pk=visit.pk).update(sequence=7)
    mail_server.refusals.clear()
    clock.shift(60)
    assert sent(mail_server) == {visitor.email: "REQUEST 0"}


def test_what_takes_it_back_is_tried_again_as_well(
    mail_server: MailServer, team: Team, member: User, visitor: User, clock: Clock
) -> None:
    visit = book(team, visitor)
    sent(mail_server)
    visit = move_visit(by=visitor, visit=visit, visitor=visitor, starts_at=ELEVEN, ends_at=NOON, version=visit.version)
    Membership.objects.filter(team=team).update(ends_on=dt.date(2026, 11, 24))
    mail_server.refusals[member.email] = "452 mailbox full"
    assert sent(mail_server) == {visitor.email: "REQUEST 1"}
    mail_server.refusals.clear()
    clock.shift(60)
    assert sent(mail_server) == {member.email: "CANCEL 1"}


# Meetings -------------------------------------------------------------------------------------------------------------


def test_a_meeting_is_planned_moved_and_cancelled(mail_server: MailServer, team: Team, member: User) -> None:
    other = make_member(team, name="Otto Øvrig")
    make_member(make_team(), name="Stella Stranger")
    meeting = plan(team, member)
    assert sent(mail_server) == {member.email: "REQUEST 0", other.email: "REQUEST 0"}
    meeting = move_meeting(
        by=member, meeting=meeting, starts_at=ELEVEN, ends_at=NOON, in_own_calendar=False, version=meeting.version
    )
    assert sent(mail_server) == {member.email: "REQUEST 1", other.email: "REQUEST 1"}
    cancel_meeting(by=member, meeting=meeting)
    assert sent(mail_server) == {member.email: "CANCEL 2", other.email: "CANCEL 2"}


def test_who_has_left_gets_a_moved_meeting_out_of_her_calendar(
    mail_server: MailServer, team: Team, member: User
) -> None:
    leaver = make_member(team, name="Lone Leaver")
    meeting = plan(team, member)
    sent(mail_server)
    Membership.objects.filter(person=leaver).update(ends_on=dt.date(2026, 11, 24))
    times: dict[str, Any] = {"starts_at": ELEVEN, "ends_at": NOON, "in_own_calendar": False}
    meeting = move_meeting(by=member, meeting=meeting, version=meeting.version, **times)
    assert sent(mail_server) == {member.email: "REQUEST 1", leaver.email: "CANCEL 1"}
    cancel_meeting(by=member, meeting=meeting)
    assert sent(mail_server) == {member.email: "CANCEL 2"}


def test_nobody_is_invited_to_what_stands_in_their_own_calendar(
    mail_server: MailServer, team: Team, member: User
) -> None:
    meeting = plan(team, member, in_own_calendar=True)
    cancel_meeting(by=member, meeting=meeting)
    assert sent(mail_server) == {}
    assert LedgerEntry.objects.count() == 0


def test_the_calendar_it_stands_in_can_be_changed(mail_server: MailServer, team: Team, member: User) -> None:
    meeting = plan(team, member, in_own_calendar=True)
    times: dict[str, Any] = {"starts_at": TEN, "ends_at": ELEVEN}
    meeting = move_meeting(by=member, meeting=meeting, in_own_calendar=False, version=meeting.version, **times)
    assert sent(mail_server) == {member.email: "REQUEST 0"}
    assert LedgerEntry.objects.get().kind == ReminderKind.MEETING_INVITED
    later: dict[str, Any] = {"starts_at": ELEVEN, "ends_at": NOON}
    move_meeting(by=member, meeting=meeting, in_own_calendar=True, version=meeting.version, **later)
    assert sent(mail_server) == {member.email: "CANCEL 1"}


def test_the_plan_invites_nobody(mail_server: MailServer, team: Team, member: User) -> None:
    make_rhythm(team, in_own_calendar=False)
    assert plan_ahead(today=dt.date(2026, 11, 24)).created > 0
    assert sent(mail_server) == {}


def test_a_meeting_that_falls_away_with_its_team_leaves_the_calendars(
    mail_server: MailServer, team: Team, member: User
) -> None:
    plan(team, member)
    make_rhythm(team, in_own_calendar=False)
    plan_ahead(today=dt.date(2026, 11, 24))
    sent(mail_server)
    Membership.objects.update(ends_on=dt.date(2026, 11, 25))
    close_meetings(by=member, team=team, on=dt.date(2026, 11, 25))
    assert sent(mail_server) == {member.email: "CANCEL 1"}


# Learning partners' visits --------------------------------------------------------------------------------------------


def test_a_partners_visit_is_booked_moved_and_cancelled(mail_server: MailServer, team: Team, member: User) -> None:
    partner, leader = make_learning_partner(team.unit), make_leader(team.unit)
    stranger = make_person("Stella Stranger")
    visit = PartnerVisit.objects.create(
        unit=team.unit, partner=partner, kind=PartnerVisitKind.SPARRING, starts_at=TEN, ends_at=ELEVEN
    )
    visit.participants.add(member)

    def tell(kind: ReminderKind) -> dict[str, str]:
        enqueue(
            kind=kind, step=visit.sequence + 1, subject=f"partner_visit:{visit.pk}", team_name="Birkeskolen",
            recipients=[person.pk for person in (partner, leader, member, stranger)], about_on=DAY, path="/",
        )  # fmt: skip
        return sent(mail_server)

    everyone = (partner, leader, member)
    assert tell(ReminderKind.PARTNER_BOOKED) == {person.email: "REQUEST 0" for person in everyone}
    visit.sequence = 1
    visit.save()
    visit.participants.clear()
    assert tell(ReminderKind.PARTNER_MOVED) == {
        partner.email: "REQUEST 1", leader.email: "REQUEST 1", member.email: "CANCEL 1",
    }  # fmt: skip
    visit.sequence, visit.state = 2, VisitState.CANCELLED
    visit.save()
    assert tell(ReminderKind.PARTNER_CANCELLED) == {
        partner.email: "CANCEL 2", leader.email: "CANCEL 2", member.email: "nothing",
    }  # fmt: skip
