"""Which reminders a team's promises and meetings give."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slf_portal.fundament.rules import KINDS, ComingMeeting, TeamFacts, planned_reminders, team_of_subject
from slf_portal.notifications.rules import PLANNED_AHEAD, SENT_WITHIN
from teams.defaults import default_terms
from teams.enums import Promise
from teams.queries import ClosedDays
from teams.rules import NOTHING, Facts, PromiseStatus, Terms, promise_status

SINCE = dt.date(2020, 1, 1)
TUESDAY = dt.date(2026, 11, 24)
MEMBERS, RESOURCE_PERSON, LEADER = frozenset({1, 2}), frozenset({3}), frozenset({4})


def days(count: int) -> dt.timedelta:
    return dt.timedelta(days=count)


def agreed(promise: Promise, **changes: Any) -> Terms:
    values = {**default_terms(promise), **changes}
    return Terms(starts_on=SINCE, **{**values, "pause_months": frozenset(values["pause_months"])})


def team_with(promise: Promise, facts: Facts = NOTHING, terms: Terms | None = None, **values: Any) -> TeamFacts:
    """A team with one promise, served by 3, led by 4, with the members 1 and 2."""
    team = TeamFacts(
        team_id=7,
        name="Team Løn",
        path="/teams/7/",
        starts_on=SINCE,
        terms={promise: terms or agreed(promise)},
        facts={promise: facts},
        is_closed=ClosedDays(),
        is_quiet_today=False,
        members=MEMBERS,
        resource_persons=RESOURCE_PERSON,
        leaders=LEADER,
    )
    return replace(team, **values)


def lines(team: TeamFacts, today: dt.date) -> list[tuple[str, int, dt.date, int]]:
    """Kind, step, day and recipient of every planned reminder, in order."""
    found = planned_reminders(team, today)
    return sorted((str(one.kind), one.step, one.due_on, one.recipient_id) for one in found)


# The visit: done 8 September, due 8 December, "soon" from Tuesday 24 November.
VISITED = Facts(done_on=dt.date(2026, 9, 8))


def test_a_visit_is_reminded_of_when_it_becomes_soon_and_when_it_is_late() -> None:
    assert lines(team_with(Promise.VISIT, VISITED), TUESDAY) == [
        ("visit_due", 1, dt.date(2026, 11, 24), 3),
        ("visit_due", 2, dt.date(2026, 12, 9), 3),
    ]


def test_a_late_visit_is_reminded_of_on_the_first_open_day_of_each_month() -> None:
    assert lines(team_with(Promise.VISIT, VISITED), dt.date(2027, 1, 4)) == [
        ("visit_due", 3, dt.date(2027, 1, 4), 3),
        ("visit_due", 4, dt.date(2027, 2, 1), 3),
    ]


def test_what_was_late_long_before_it_came_in_waits_for_the_next_month() -> None:
    visited_long_ago = Facts(done_on=dt.date(2025, 1, 15))
    assert lines(team_with(Promise.VISIT, visited_long_ago), TUESDAY) == [("visit_due", 22, dt.date(2026, 12, 1), 3)]


def test_a_later_step_overtakes_an_earlier_one_that_was_not_sent() -> None:
    team = team_with(Promise.VISIT, VISITED, agreed(Promise.VISIT, soon_days=5))
    assert lines(team, dt.date(2026, 12, 8))[0] == ("visit_due", 1, dt.date(2026, 12, 3), 3)
    assert lines(team, dt.date(2026, 12, 9))[0] == ("visit_due", 2, dt.date(2026, 12, 9), 3)


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(replace(VISITED, planned_on=dt.date(2026, 12, 1)), id="planned"),
        pytest.param(Facts(done_on=dt.date(2026, 11, 20)), id="just visited"),
    ],
)
def test_no_reminder_of_what_is_arranged_or_done(facts: Facts) -> None:
    assert lines(team_with(Promise.VISIT, facts), TUESDAY) == []


def test_nothing_is_sent_where_nothing_is_agreed() -> None:
    meeting = ComingMeeting(1, TUESDAY + days(1), in_own_calendar=False, has_begun=False)
    team = team_with(Promise.VISIT, VISITED, meetings=(meeting,))
    assert lines(replace(team, terms={}), TUESDAY) == []


def test_a_closed_day_gives_way_to_the_last_open_day_before_it() -> None:
    school_holiday = ClosedDays(((dt.date(2026, 11, 23), dt.date(2026, 11, 28)),))
    team = team_with(Promise.VISIT, VISITED, is_closed=school_holiday)
    assert lines(team, dt.date(2026, 11, 20))[0] == ("visit_due", 1, dt.date(2026, 11, 20), 3)


def test_a_closed_today_is_quiet_and_the_reminder_comes_after() -> None:
    team = team_with(Promise.VISIT, VISITED)
    saturday, monday = dt.date(2026, 11, 28), dt.date(2026, 11, 30)
    assert lines(replace(team, is_quiet_today=True), saturday) == [("visit_due", 2, dt.date(2026, 12, 9), 3)]
    assert lines(team, monday)[0] == ("visit_due", 1, dt.date(2026, 11, 24), 3)


def test_a_pause_month_is_quiet_and_the_reminder_comes_in_the_month_after() -> None:
    # Due 5 August, "soon" from 22 July; 1 August 2026 is a Saturday and the day before it lies in the pause.
    team = team_with(Promise.VISIT, Facts(done_on=dt.date(2026, 5, 5)))
    assert lines(team, dt.date(2026, 7, 24))[0] == ("visit_due", 1, dt.date(2026, 8, 3), 3)


def test_a_month_without_a_noted_meeting_is_reminded_of_once() -> None:
    # November is "soon" from Monday 16, December from Thursday 17, 14 days before the last day.
    met_in_october = Facts(done_on=dt.date(2026, 10, 13))
    assert lines(team_with(Promise.MEETING, met_in_october), TUESDAY) == [
        ("meeting_not_noted", 1, dt.date(2026, 11, 16), 3),
        ("meeting_not_noted", 1, dt.date(2026, 12, 17), 3),
    ]


def test_a_planned_meeting_answers_for_its_own_month_only() -> None:
    team = team_with(
        Promise.MEETING,
        Facts(done_on=dt.date(2026, 10, 13), planned_on=dt.date(2026, 11, 26)),
        meetings=(ComingMeeting(1, dt.date(2026, 11, 26), in_own_calendar=True, has_begun=False),),
    )
    assert lines(team, TUESDAY) == [("meeting_not_noted", 1, dt.date(2026, 12, 17), 3)]


def test_a_meeting_outside_the_teams_own_calendar_is_reminded_of_the_day_before() -> None:
    own = ComingMeeting(1, TUESDAY + days(1), in_own_calendar=True, has_begun=False)
    begun = ComingMeeting(2, TUESDAY, in_own_calendar=False, has_begun=True)
    monday = ComingMeeting(3, dt.date(2026, 11, 30), in_own_calendar=False, has_begun=False)
    team = team_with(Promise.MEETING, Facts(done_on=TUESDAY), meetings=(own, begun, monday))
    friday = dt.date(2026, 11, 27)
    assert [line for line in lines(team, TUESDAY) if line[0] == "meeting_tomorrow"] == [
        ("meeting_tomorrow", 1, friday, 1),
        ("meeting_tomorrow", 1, friday, 2),
        ("meeting_tomorrow", 1, friday, 3),
    ]


def test_a_first_contract_is_asked_for_as_well() -> None:
    new = team_with(Promise.CONTRACT, starts_on=dt.date(2026, 11, 9))
    assert lines(new, TUESDAY)[0] == ("contract_renewal", 1, dt.date(2026, 11, 25), 3)
    assert lines(replace(new, resource_persons=frozenset()), TUESDAY)[:2] == [
        ("contract_renewal", 1, dt.date(2026, 11, 25), 1),
        ("contract_renewal", 1, dt.date(2026, 11, 25), 2),
    ]


def test_a_grus_is_the_leaders_to_arrange() -> None:
    assert lines(team_with(Promise.GRUS, Facts(done_on=dt.date(2025, 12, 24))), TUESDAY)[0] == (
        "grus_due", 1, TUESDAY, 4
    )  # fmt: skip


# Over random histories ------------------------------------------------------------------------------------------

DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))
MONTHS = st.frozensets(st.integers(1, 12), max_size=4)
# How long an example takes says nothing about the rule.
unhurried = settings(deadline=None)
PAST = st.none() | st.dates(dt.date(2024, 1, 1), dt.date(2025, 12, 31))


@st.composite
def teams(draw: st.DrawFn) -> TeamFacts:
    promise = draw(st.sampled_from(list(Promise)))
    terms = Terms(
        starts_on=SINCE,
        interval_months=draw(st.integers(1, 12)),
        first_due_months=draw(st.integers(0, 12)),
        soon_days=draw(st.integers(0, 27)),
        pause_months=draw(MONTHS),
    )
    begins = draw(DAYS)
    closed = ClosedDays(((begins, begins + draw(st.integers(0, 40).map(days))),))
    starts_on = draw(st.none() | st.just(SINCE))
    return team_with(promise, Facts(done_on=draw(PAST)), terms, is_closed=closed, starts_on=starts_on)


@unhurried
@given(teams(), DAYS)
def test_reminders_keep_to_the_window_the_open_days_and_the_people(team: TeamFacts, today: dt.date) -> None:
    ((promise, terms),) = team.terms.items()
    for reminder in planned_reminders(team, today):
        assert reminder.kind == KINDS[promise]
        assert today - SENT_WITHIN <= reminder.due_on <= today + PLANNED_AHEAD
        assert reminder.due_on.month not in terms.pause_months or reminder.step == 1
        assert not team.is_closed(reminder.due_on)
        assert reminder.recipient_id in team.recipients(reminder.kind)
        assert team_of_subject(reminder.subject) == team.team_id


@unhurried
@given(teams(), DAYS)
def test_a_person_is_told_a_thing_once_at_a_time(team: TeamFacts, today: dt.date) -> None:
    due = [reminder for reminder in planned_reminders(team, today) if reminder.due_on <= today]
    assert len({(reminder.subject, reminder.recipient_id) for reminder in due}) == len(due)


@unhurried
@given(teams(), DAYS)
def test_every_planner_means_the_same_coming_reminders(team: TeamFacts, today: dt.date) -> None:
    tomorrow = today + days(1)
    seen_today = {one for one in planned_reminders(team, today) if one.due_on > tomorrow}
    seen_tomorrow = planned_reminders(team, tomorrow)
    assert seen_today == {one for one in seen_tomorrow if tomorrow < one.due_on <= today + PLANNED_AHEAD}


@unhurried
@given(teams(), DAYS)
def test_a_quiet_day_sends_nothing(team: TeamFacts, today: dt.date) -> None:
    assert not [one for one in planned_reminders(replace(team, is_quiet_today=True), today) if one.due_on <= today]


@unhurried
@given(teams(), DAYS)
def test_what_becomes_soon_on_an_open_day_is_reminded_of_that_day(team: TeamFacts, today: dt.date) -> None:
    ((promise, terms),) = team.terms.items()

    def status(day: dt.date) -> PromiseStatus:
        facts = team.facts[promise]
        return promise_status(promise, terms=terms, team_starts_on=team.starts_on, facts=facts, as_of=day)

    now, before = status(today), status(today - days(1))
    if now.needs_someone and not before.needs_someone and not team.is_closed(today) and terms.soon_days > 0:
        assert today in {reminder.due_on for reminder in planned_reminders(team, today)}
