"""The feed at a person's secret address, as calendar programs ask for it."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learningcycle.actions import cancel_gathering, cancel_meeting, move_gathering, move_meeting
from learningcycle.enums import GatheringKind, MeetingState
from observations.actions import cancel_visit, move_visit
from observations.enums import PartnerVisitKind, VisitState
from observations.models import PartnerVisit
from slf_portal.accounts.models import User
from slf_portal.calendars.actions import keep_feed, renew_feed
from slf_portal.calendars.models import CalendarFeed
from slf_portal.calendars.queries import token_of
from slf_portal.calendars.tests.conftest import DAY
from slf_portal.common.dates import at
from teams.models import Membership, Team
from tests.builders import (
    make_leader,
    make_learning_partner,
    make_meeting,
    make_member,
    make_person,
    make_resource_person,
    make_team,
    make_unit,
    make_visit,
)
from tests.calendar_readers import read_by_all
from tests.gathering_builders import make_gathering, make_series

WEEK = dt.timedelta(days=7)


@pytest.fixture
def anybody() -> Client:
    """A calendar program: it has no session."""
    return Client()


def url_of(feed: CalendarFeed) -> str:
    return reverse("calendars:feed", args=[token_of(feed)])


def told(client: Client, feed: CalendarFeed) -> dict[str, str]:
    """The state of every event, by its name without the host."""
    reads = read_by_all(client.get(url_of(feed)).content)
    return {read.uid.partition("@")[0]: f"{read.status} {read.sequence}" for read in reads}


def summaries(client: Client, feed: CalendarFeed) -> list[str]:
    text = client.get(url_of(feed)).content.decode().replace("\r\n ", "")
    return [line.partition(":")[2] for line in text.splitlines() if line.startswith("SUMMARY")]


def make_partner_visit(team: Team, **values: Any) -> PartnerVisit:
    times = {"starts_at": at(DAY, dt.time(14)), "ends_at": at(DAY, dt.time(15))}
    return PartnerVisit.objects.create(unit=team.unit, kind=PartnerVisitKind.SPARRING, **times, **values)


def test_it_holds_what_she_is_part_of_and_nothing_else(
    anybody: Client, feed: CalendarFeed, team: Team, member: User
) -> None:
    visitor, other = make_resource_person(team), make_team("Syd", unit=team.unit)
    meeting = make_meeting(team, DAY, in_own_calendar=False)
    visit = make_visit(team, visitor, DAY + WEEK)
    series = make_series(team.unit, member, in_own_calendar=False)
    gathering = make_gathering(series, DAY)
    partner_visit = make_partner_visit(team, partner=make_learning_partner(team.unit))
    partner_visit.participants.set([member, visitor])
    make_meeting(other, DAY, in_own_calendar=False)
    make_visit(other, visitor, DAY)
    make_gathering(make_series(team.unit, visitor, in_own_calendar=False), DAY)
    make_partner_visit(team, partner=partner_visit.partner)
    assert told(anybody, feed) == {
        f"meeting-{meeting.pk}": "CONFIRMED 0",
        f"visit-{visit.pk}": "CONFIRMED 0",
        f"gathering-{gathering.pk}": "CONFIRMED 0",
        f"partner-visit-{partner_visit.pk}": "CONFIRMED 0",
    }


def test_a_visitor_a_partner_and_a_leader_have_theirs(anybody: Client, team: Team, tuesday: dt.date) -> None:
    visitor, partner, leader = make_resource_person(team), make_learning_partner(team.unit), make_leader(team.unit)
    visit = make_visit(make_team("Langt væk"), visitor, DAY)
    meeting = make_meeting(team, DAY, in_own_calendar=False)
    partner_visit = make_partner_visit(team, partner=partner)
    feeds = {person: keep_feed(by=person, with_own_calendar=False) for person in (visitor, partner, leader)}
    assert {person.name: sorted(told(anybody, feed)) for person, feed in feeds.items()} == {
        visitor.name: [f"meeting-{meeting.pk}", f"visit-{visit.pk}"],
        partner.name: [f"partner-visit-{partner_visit.pk}"],
        leader.name: [f"partner-visit-{partner_visit.pk}"],
    }


def test_it_says_what_and_where_and_links_to_the_rest(
    anybody: Client, feed: CalendarFeed, team: Team, member: User, settings: Any
) -> None:
    make_meeting(team, DAY, in_own_calendar=False)
    visit = make_visit(team, make_resource_person(team), DAY + WEEK, reason="Sygdom i familien")
    series = make_series(
        team.unit, member, in_own_calendar=False, kind=GatheringKind.ONE_TO_ONE, title="Om Bos opsigelse"
    )
    make_gathering(series, DAY + 2 * WEEK, "Bos opsigelse")
    partner_visit = make_partner_visit(team, partner=make_learning_partner(team.unit), about="Konflikt i teamet")
    partner_visit.participants.add(member)
    assert summaries(anybody, feed) == [
        "Teammøde: Nord", "Læringspartner hos Birkeskolen", "Besøg hos Nord", "Én til én\\, Birkeskolen",
    ]  # fmt: skip
    text = anybody.get(url_of(feed)).content.decode().replace("\r\n ", "")
    assert f"URL:{settings.PORTAL_URL}/besoeg/{visit.pk}/" in text
    assert "LOCATION:Birkeskolen\\, Birkevej 1" in text
    assert [word in text for word in ("Sygdom", "opsigelse", "Konflikt", "sparring", "Rikke")] == [False] * 5


def test_meetings_in_their_own_calendar_come_when_they_are_asked_for(
    anybody: Client, feed: CalendarFeed, team: Team, member: User
) -> None:
    meeting = make_meeting(team, DAY)
    gathering = make_gathering(make_series(team.unit, member), DAY)
    assert told(anybody, feed) == {}
    keep_feed(by=member, with_own_calendar=True)
    assert sorted(told(anybody, feed)) == sorted([f"meeting-{meeting.pk}", f"gathering-{gathering.pk}"])


def test_what_is_moved_keeps_its_name_and_what_is_cancelled_stays(
    anybody: Client, feed: CalendarFeed, team: Team, member: User
) -> None:
    visitor = make_resource_person(team)
    meeting, gone = (make_meeting(team, DAY + number * WEEK, in_own_calendar=False) for number in (0, 1))
    visit, gone_visit = (make_visit(team, visitor, DAY + number * WEEK) for number in (2, 3))
    series = make_series(team.unit, member, in_own_calendar=False)
    gathering, gone_gathering = (make_gathering(series, DAY + number * WEEK) for number in (0, 1))
    later: dict[str, Any] = {"starts_at": at(DAY, dt.time(15)), "ends_at": at(DAY, dt.time(16)), "version": 0}
    move_meeting(by=member, meeting=meeting, in_own_calendar=False, **later)
    move_visit(by=visitor, visit=visit, visitor=visitor, **later)
    move_gathering(by=member, gathering=gathering, **later)
    cancel_meeting(by=member, meeting=gone)
    cancel_visit(by=visitor, visit=gone_visit, reason="Sygdom.")
    cancel_gathering(by=member, gathering=gone_gathering)
    assert told(anybody, feed) == {
        f"meeting-{meeting.pk}": "CONFIRMED 1",
        f"meeting-{gone.pk}": "CANCELLED 1",
        f"visit-{visit.pk}": "CONFIRMED 1",
        f"visit-{gone_visit.pk}": "CANCELLED 1",
        f"gathering-{gathering.pk}": "CONFIRMED 1",
        f"gathering-{gone_gathering.pk}": "CANCELLED 1",
    }
    starts = {read.starts_at for read in read_by_all(anybody.get(url_of(feed)).content) if read.status == "CONFIRMED"}
    assert starts == {at(DAY, dt.time(15)).astimezone(dt.UTC)}


def test_every_change_of_time_tells_when_it_was_made(
    anybody: Client, feed: CalendarFeed, team: Team, member: User, time_machine: Any
) -> None:
    meeting = make_meeting(team, DAY, in_own_calendar=False)
    gathering = make_gathering(make_series(team.unit, member, in_own_calendar=False), DAY)
    time_machine.move_to(at(dt.date(2026, 11, 25), dt.time(12)), tick=False)
    later: dict[str, Any] = {"starts_at": at(DAY, dt.time(15)), "ends_at": at(DAY, dt.time(16)), "version": 0}
    move_meeting(by=member, meeting=meeting, in_own_calendar=False, **later)
    move_gathering(by=member, gathering=gathering, **later)
    text = anybody.get(url_of(feed)).content.decode()
    assert text.count("LAST-MODIFIED:20261125T110000Z") == 2


def test_the_window_reaches_three_months_back_and_has_no_end(anybody: Client, feed: CalendarFeed, team: Team) -> None:
    days = [dt.date(2026, 7, 31), dt.date(2026, 8, 1), dt.date(2027, 11, 30), dt.date(2028, 3, 1)]
    for day in days:
        state = MeetingState.HELD if day.year == 2026 else MeetingState.PLANNED
        make_meeting(team, day, in_own_calendar=False, state=state)
    read = read_by_all(anybody.get(url_of(feed)).content)
    assert sorted(one.starts_at.date() for one in read) == days[1:]


def test_both_changes_of_the_clock_are_read_alike(anybody: Client, feed: CalendarFeed, team: Team) -> None:
    days = [dt.date(2026, 10, 24), dt.date(2026, 10, 25), dt.date(2026, 10, 26), dt.date(2027, 3, 27)]
    days += [dt.date(2027, 3, 28), dt.date(2027, 3, 29)]
    visitor = make_resource_person(team)
    visits = [make_visit(team, visitor, day) for day in days]
    read = {one.uid.partition("@")[0]: one for one in read_by_all(anybody.get(url_of(feed)).content)}
    assert {key: (one.starts_at, one.ends_at) for key, one in read.items()} == {
        f"visit-{visit.pk}": (visit.starts_at.astimezone(dt.UTC), visit.ends_at.astimezone(dt.UTC)) for visit in visits
    }
    assert [read[f"visit-{visit.pk}"].starts_at.hour for visit in visits] == [8, 9, 9, 9, 8, 8]


def test_a_second_asking_is_answered_with_nothing_new(
    anybody: Client, feed: CalendarFeed, team: Team, time_machine: Any
) -> None:
    meeting = make_meeting(team, DAY, in_own_calendar=False)
    first = anybody.get(url_of(feed))
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.headers["Cache-Control"] == "private, no-cache"
    time_machine.move_to(at(dt.date(2026, 11, 28), dt.time(3)))
    again = anybody.get(url_of(feed), headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert again.headers["Cache-Control"] == "private, no-cache"
    weak = anybody.get(url_of(feed), headers={"if-none-match": f'"x", W/{first.headers["ETag"]}'})
    assert weak.status_code == 304
    cancel_meeting(by=make_member(team), meeting=meeting)
    changed = anybody.get(url_of(feed), headers={"if-none-match": first.headers["ETag"]})
    assert (changed.status_code, changed.headers["ETag"] == first.headers["ETag"]) == (200, False)


def test_head_is_answered_like_get(anybody: Client, feed: CalendarFeed, team: Team) -> None:
    make_meeting(team, DAY, in_own_calendar=False)
    get, head = anybody.get(url_of(feed)), anybody.head(url_of(feed))
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(get.headers)
    assert get.headers["Content-Length"] == str(len(get.content))
    seen = {"if-none-match": get.headers["ETag"]}
    assert anybody.head(url_of(feed), headers=seen).status_code == 304


def test_a_reset_kills_the_old_address(anybody: Client, feed: CalendarFeed, member: User) -> None:
    old = url_of(feed)
    renew_feed(by=member)
    feed.refresh_from_db()
    assert [anybody.get(url).status_code for url in (old, url_of(feed))] == [404, 200]


def test_every_wrong_address_is_answered_alike(anybody: Client, feed: CalendarFeed, member: User) -> None:
    right = token_of(feed)
    number, _dash, word = right.partition("-")
    other = keep_feed(by=make_person(), with_own_calendar=False)
    wrong = [
        "x", word, f"{number}-", f"{number}-{'0' * 64}", f"{other.person_id}-{word}", f"{number}-{word.upper()}",
        f"{number}-{word}0", f"-{word}", f"\uff19-{word}",
        f"{'9' * 30}-{word}", f"987654321-{word}", f" {right}", f"{number}-{'ø' * 64}",
    ]  # fmt: skip
    answers = {anybody.get(reverse("calendars:feed", args=[token])).content for token in wrong}
    assert len(answers) == 1
    assert {anybody.get(reverse("calendars:feed", args=[token])).status_code for token in wrong} == {404}
    User.objects.filter(pk=member.pk).update(is_active=False)
    gone = anybody.get(url_of(feed))
    assert (gone.status_code, {gone.content}) == (404, answers)


def test_the_address_says_nothing_that_the_database_holds(feed: CalendarFeed, settings: Any) -> None:
    token = token_of(feed)
    assert feed.key not in token
    settings.SECRET_KEY = "another-secret-another-secret-another-secret-anothersecret"  # noqa: S105
    assert token_of(feed) != token


def test_who_has_left_the_team_is_told_no_more(
    anybody: Client, feed: CalendarFeed, team: Team, member: User, tuesday: dt.date
) -> None:
    make_meeting(team, DAY, in_own_calendar=False)
    Membership.objects.filter(person=member).update(ends_on=tuesday)
    assert told(anybody, feed) == {}


def test_it_is_told_in_her_own_language(anybody: Client, feed: CalendarFeed, team: Team, member: User) -> None:
    make_visit(team, make_resource_person(team), DAY)
    User.objects.filter(pk=member.pk).update(language="en")
    assert summaries(anybody, feed) == ["Visit to Nord"]
    assert anybody.get(url_of(feed)).headers["Content-Language"] == "en"


def test_an_empty_feed_is_a_calendar(anybody: Client, feed: CalendarFeed) -> None:
    assert told(anybody, feed) == {}


def test_much_costs_as_little_as_little(anybody: Client, feed: CalendarFeed, team: Team, member: User) -> None:
    visitor, partner = make_resource_person(team), make_learning_partner(team.unit)
    series = make_series(team.unit, member, in_own_calendar=False)

    def add(number: int) -> None:
        day = DAY + number * dt.timedelta(days=1)
        make_meeting(team, day, in_own_calendar=False)
        make_meeting(make_team(unit=make_unit()), day, in_own_calendar=False)
        make_visit(team, visitor, day, state=VisitState.PLANNED)
        make_gathering(series, day)
        make_partner_visit(team, partner=partner).participants.add(member)

    add(0)
    counts = []
    for number in (1, 2, 3):
        with CaptureQueriesContext(connection) as queries:
            anybody.get(url_of(feed))
        counts.append(len(queries))
        add(number)
    assert len(set(counts)) == 1
    assert counts[0] <= 9
