"""Planning a visit: onto a meeting or at another time, with what is to be known, and what is free instead."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from observations.actions import book_visit
from observations.enums import VisitState
from observations.models import Booking, Visit
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from slf_portal.notifications.models import LedgerEntry
from teams.models import PortfolioUnit, ResourcePerson, Team
from tests.builders import (
    make_closure,
    make_leader,
    make_learning_partner,
    make_meeting,
    make_member,
    make_resource_person,
    make_team,
    make_unit,
    make_visit,
)
from tests.visit_booking_world import make_absence

DAY = dt.date(2026, 12, 8)
FORM = {"on": "2026-12-08", "begins": "10:00", "ends": "11:00"}


@pytest.fixture
def url(team: Team, visitor: User, tuesday: dt.date) -> str:
    return reverse("observations:visit_book", args=[team.pk])


def ten(on: dt.date = DAY, *, minutes: int = 60) -> dict[str, Any]:
    begins = at(on, dt.time(10))
    return {"starts_at": begins, "ends_at": begins + dt.timedelta(minutes=minutes)}


def test_a_visit_to_a_meeting_leaves_time_to_evaluate_it(client: Client, url: str, team: Team, visitor: User) -> None:
    meeting, member = make_meeting(team, DAY), make_member(team)
    response = client.post(url, {"visitor": visitor.pk, "meeting": meeting.pk})
    visit = Visit.objects.get()
    assert response["Location"] == reverse("observations:visit_detail", args=[visit.pk])
    assert (visit.meeting, visit.starts_at, visit.ends_at) == (meeting, *ten(minutes=90).values())
    meeting.refresh_from_db()
    assert meeting.changed_by_person
    assert set(Booking.objects.values_list("person_id", "part")) == {(visitor.pk, "visits"), (member.pk, "takes_part")}
    assert set(LedgerEntry.objects.values_list("recipient_id", "kind")) == {
        (visitor.pk, "visit_booked"),
        (member.pk, "visit_booked"),
    }


def test_the_visit_is_planned_at_another_time(client: Client, url: str, team: Team, visitor: User) -> None:
    client.post(url, {**FORM, "visitor": visitor.pk})
    visit = Visit.objects.get()
    assert (visit.team, visit.visitor, visit.state, visit.meeting) == (team, visitor, VisitState.PLANNED, None)
    assert (visit.starts_at, visit.ends_at) == tuple(ten().values())


def test_who_does_not_plan_the_team_s_meetings_books_one_of_them(client: Client, url: str, team: Team) -> None:
    partner, meeting = make_learning_partner(team.unit), make_meeting(team, DAY)
    client.force_login(partner)
    response = client.post(url, {**FORM, "visitor": partner.pk})
    assert list(response.context["form"].errors) == ["meeting"]
    client.post(url, {"visitor": partner.pk, "meeting": meeting.pk})
    assert Visit.objects.get().meeting == meeting


def test_a_double_click_plans_once(client: Client, url: str, visitor: User) -> None:
    form = {**FORM, "visitor": visitor.pk, "token": str(uuid.uuid4())}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"on": "2026-11-23"}, "on"),
        ({"on": ""}, "on"),
        ({"ends": "09:00"}, "ends"),
        ({"ends": "10:00"}, "ends"),
        ({"ends": "18:01"}, "ends"),
        ({"on": "2027-03-28", "begins": "02:30", "ends": "03:30"}, "begins"),
        ({"on": "2027-03-28", "begins": "01:30", "ends": "02:30"}, "ends"),
        ({"visitor": ""}, "visitor"),
    ],
)
def test_a_visit_that_cannot_be_is_refused_and_kept_on_the_page(
    client: Client, url: str, visitor: User, wrong: dict[str, Any], where: str
) -> None:
    sent = {**FORM, "visitor": str(visitor.pk), **wrong}
    form = client.post(url, sent).context["form"]
    assert list(form.errors) == [where]
    assert {name: form[name].value() for name in sent} == sent
    assert Visit.objects.count() == 0


def test_an_hour_that_comes_twice_is_the_first_of_the_two(client: Client, url: str, visitor: User) -> None:
    form = {"on": "2027-10-31", "begins": "01:30", "ends": "02:30", "visitor": visitor.pk}
    first = client.post(url, form).context["form"]
    client.post(url, {**form, "seen": first["seen"].value()})
    visit = Visit.objects.get()
    assert visit.ends_at - visit.starts_at == dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"on": "2026-12-12"}, "weekend"),
        ({"on": "2026-12-15"}, "lukket"),
        ({"begins": "06:30", "ends": "07:30"}, "før kl. 7.00"),
        ({"begins": "16:30", "ends": "17:30"}, "efter kl. 17.00"),
    ],
)
def test_what_is_unusual_is_shown_once_and_then_done(
    client: Client, url: str, team: Team, visitor: User, changed: dict[str, str], word: str
) -> None:
    make_closure(dt.date(2026, 12, 15), dt.date(2026, 12, 16), unit=team.unit)
    sent = {**FORM, "visitor": visitor.pk, **changed}
    response = client.post(url, sent)
    form = response.context["form"]
    assert word in response.content.decode()
    assert (len(form.warnings), form.errors, Visit.objects.count()) == (1, {}, 0)
    assert client.post(url, {**sent, "seen": form["seen"].value()}).status_code == 302


def test_a_new_warning_is_shown_again(client: Client, url: str, visitor: User) -> None:
    sent = {**FORM, "visitor": visitor.pk, "on": "2026-12-12"}
    seen = client.post(url, sent).context["form"]["seen"].value()
    again = client.post(url, {**sent, "on": "2026-12-13", "seen": seen}).context["form"]
    assert (len(again.warnings), Visit.objects.count()) == (1, 0)


def test_a_visitor_from_the_same_team_and_her_other_meetings_warn(client: Client, url: str, team: Team) -> None:
    visitor = make_resource_person(team, name="Vera Ven")
    make_member(team, person=visitor)
    other = make_team("Syd", unit=team.unit)
    make_member(other, person=visitor)
    make_meeting(other, DAY)
    form = client.post(url, {**FORM, "visitor": visitor.pk}).context["form"]
    assert [warning.key.split(":")[0] for warning in form.warnings] == ["meeting", "own"]


def test_a_conflict_shows_three_free_times_the_team_s_meetings_first(
    client: Client, url: str, team: Team, visitor: User
) -> None:
    other, meetings = (
        make_team("Syd", unit=team.unit),
        [make_meeting(team, DAY + dt.timedelta(weeks=n)) for n in (0, 1)],
    )
    book_visit(by=visitor, team=other, visitor=visitor, **ten())
    sent = {"visitor": visitor.pk, "meeting": meetings[0].pk}
    response = client.post(url, sent)
    conflict = response.context["conflict"]
    assert (response.status_code, list(response.context["form"].errors)) == (200, ["meeting"])
    assert len(conflict.words) == 1
    assert "besøget hos Syd" in conflict.words[0]
    assert [free.free.meeting for free in conflict.alternatives] == [meetings[1], None, None]
    pressed = {**dict(conflict.fields), "take": conflict.alternatives[1].value}
    assert client.post(url, pressed).status_code == 302
    assert Visit.objects.get(team=team).starts_at == conflict.alternatives[1].free.span.starts_at


def test_getting_there_takes_time(client: Client, url: str, team: Team, visitor: User) -> None:
    make_resource_person(elsewhere := make_team("Øst"), name="Nogen Anden")
    ResourcePerson.objects.create(team=elsewhere, person=visitor, starts_on=dt.date(2026, 8, 1))
    book_visit(by=visitor, team=elsewhere, visitor=visitor, **ten())
    late = client.post(url, {**FORM, "visitor": visitor.pk, "begins": "11:14", "ends": "12:00"})
    assert late.context["conflict"] is not None
    assert client.post(url, {**FORM, "visitor": visitor.pk, "begins": "11:15", "ends": "12:00"}).status_code == 302


def test_a_visitor_who_is_away_is_not_booked(client: Client, url: str, team: Team, visitor: User) -> None:
    make_absence(visitor, DAY)
    response = client.post(url, {**FORM, "visitor": visitor.pk})
    assert response.context["conflict"].words[0].startswith(f"{visitor.name} er væk")
    assert all(free.free.span.on != DAY for free in response.context["conflict"].alternatives)


def test_a_member_s_name_is_not_told_to_who_may_not_know_it(client: Client, url: str, team: Team) -> None:
    member, partner = make_member(team), make_learning_partner(team.unit)
    other, meeting = make_team("Syd", unit=team.unit), make_meeting(team, DAY)
    make_member(other, person=member)
    colleague = make_resource_person(other, name="Kaja Kollega")
    book_visit(by=colleague, team=other, visitor=colleague, **ten())
    client.force_login(partner)
    words = client.post(url, {"visitor": partner.pk, "meeting": meeting.pk}).context["conflict"].words
    assert "Et medlem af teamet" in words[0]
    assert member.name not in words[0]


def test_two_visitors_in_one_place_are_refused(client: Client, url: str, team: Team, visitor: User) -> None:
    make_visit(team, make_resource_person(team, name="Kaja Kollega"), DAY)
    response = client.post(url, {**FORM, "visitor": visitor.pk})
    assert list(response.context["form"].errors) == ["begins"]
    assert len(response.context["conflict"].alternatives) == 3
    assert Visit.objects.count() == 1


def test_the_unit_s_own_people_can_visit(client: Client, url: str, team: Team, visitor: User) -> None:
    colleague = make_resource_person(make_team(unit=team.unit), name="Kaja Kollega")
    partner = make_learning_partner(team.unit)
    assert list(client.get(url).context["form"].fields["visitor"].queryset) == [colleague, partner, visitor]


def test_strangers_and_members_cannot_visit(client: Client, url: str, team: Team) -> None:
    strangers = [
        make_member(team),
        make_resource_person(make_team()),
        make_learning_partner(make_unit()),
        make_resource_person(make_team(unit=team.unit, ends_on=dt.date(2026, 11, 1))),
    ]
    for stranger in strangers[:3]:
        response = client.post(url, {**FORM, "visitor": stranger.pk})
        assert list(response.context["form"].errors) == ["visitor"]
    assert Visit.objects.count() == 0


def test_meetings_that_nobody_visits_are_offered(client: Client, url: str, team: Team, visitor: User) -> None:
    visited, free = make_meeting(team, DAY), make_meeting(team, DAY + dt.timedelta(weeks=1))
    make_meeting(team, dt.date(2026, 11, 10))
    book_visit(by=visitor, team=team, visitor=visitor, meeting=visited, **ten(minutes=90))
    assert list(client.get(url).context["form"].fields["meeting"].queryset) == [free]


def test_a_team_that_nobody_can_visit_says_so(client: Client, url: str, team: Team, visitor: User) -> None:
    PortfolioUnit.objects.all().delete()
    team.resource_person_rows.update(ends_on=dt.date(2026, 11, 24))
    client.force_login(make_leader(team.unit))
    assert client.get(url).context["has_visitors"] is False


def test_the_fields_of_another_time_say_when_they_are_needed(
    client: Client, url: str, team: Team, visitor: User
) -> None:
    without_meetings = client.get(url)
    shown = without_meetings.content.decode()
    assert (shown.count("(ved et andet tidspunkt)"), shown.count("(kan udelades)")) == (0, 0)
    assert [without_meetings.context["form"].fields[name].required for name in ("on", "begins", "ends")] == [True] * 3
    make_meeting(team, DAY)
    shown = client.get(url).content.decode()
    assert (shown.count("(ved et andet tidspunkt)"), shown.count("(kan udelades)")) == (3, 1)
