"""Times that are offered, and the team's answer."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from observations.enums import OfferState
from observations.models import Booking, Visit, VisitOffer
from slf_portal.accounts.models import CentralRoleRow, User
from slf_portal.common.dates import at, today
from slf_portal.notifications.models import LedgerEntry
from teams.actions import close_team
from teams.models import Team
from tests.builders import make_leader, make_learning_partner, make_meeting, make_member
from tests.visit_booking_world import make_offer

DAY = dt.date(2026, 12, 8)
TIME = {"on_1": "2026-12-08", "begins_1": "09:00", "ends_1": "10:30"}


@pytest.fixture
def partner(team: Team, client: Client, tuesday: dt.date) -> User:
    person = make_learning_partner(team.unit)
    client.force_login(person)
    return person


@pytest.fixture
def offer(team: Team, partner: User) -> VisitOffer:
    return make_offer(team, partner, DAY, DAY + dt.timedelta(days=1))


def send(client: Client, team: Team, **form: Any) -> Any:
    return client.post(reverse("observations:offer_times", args=[team.pk]), form)


def answer(client: Client, offer: VisitOffer, person: User, **form: Any) -> Any:
    client.force_login(person)
    response = client.post(
        reverse("observations:offer_answer", args=[offer.pk]), {"version": offer.version, "reason": "", **form}
    )
    offer.refresh_from_db()
    return response


def test_times_are_offered_and_held_for_the_visitor(client: Client, team: Team, partner: User) -> None:
    member = make_member(team)
    second = {"on_2": "2026-12-09", "begins_2": "09:00", "ends_2": "10:30"}
    assert send(client, team, visitor=partner.pk, **TIME, **second).status_code == 302
    assert [time.on for time in VisitOffer.objects.get().times.all()] == [DAY, DAY + dt.timedelta(days=1)]
    assert set(Booking.objects.values_list("person_id", "part")) == {(partner.pk, "visits")}
    assert list(LedgerEntry.objects.values_list("recipient_id", "kind")) == [(member.pk, "visit_offered")]


@pytest.mark.parametrize(
    ("form", "where"),
    [
        ({**TIME, "on_1": ""}, "on_1"),
        ({**TIME, "ends_1": ""}, "ends_1"),
        ({**TIME, "ends_1": "08:00"}, "ends_1"),
        ({**TIME, "on_1": "2026-11-20"}, "on_1"),
        ({**TIME, "on_2": "2026-12-08", "begins_2": "09:00", "ends_2": "10:30"}, "on_2"),
    ],
)
def test_what_cannot_be_offered_is_told_at_the_field(
    client: Client, team: Team, partner: User, form: dict[str, str], where: str
) -> None:
    response = send(client, team, visitor=partner.pk, **form)
    assert list(response.context["form"].errors) == [where]
    assert not VisitOffer.objects.exists()


def test_a_time_that_is_held_already_is_refused_and_said(client: Client, team: Team, offer: VisitOffer) -> None:
    other = {"on_1": "2026-12-08", "begins_1": "10:00", "ends_1": "11:00"}
    visit = make_meeting(team, dt.date(2026, 12, 17))
    client.post(reverse("observations:visit_book", args=[team.pk]), {"visitor": offer.visitor_id, "meeting": visit.pk})
    response = send(client, team, visitor=offer.visitor_id, **{**other, "on_1": "2026-12-17"})
    assert list(response.context["form"].errors) == ["on_1"]
    assert VisitOffer.objects.count() == 1


def test_new_times_take_the_place_of_the_old_ones(client: Client, team: Team, offer: VisitOffer) -> None:
    send(client, team, visitor=offer.visitor_id, on_1="2026-12-10", begins_1="09:00", ends_1="10:00")
    offer.refresh_from_db()
    assert offer.state == OfferState.WITHDRAWN
    assert [booking.starts_at for booking in Booking.objects.all()] == [at(dt.date(2026, 12, 10), dt.time(9))]


def test_the_team_chooses_and_the_visit_is_planned(client: Client, team: Team, offer: VisitOffer) -> None:
    member, chosen = make_member(team), offer.times.all()[1]
    answer(client, offer, member, time=chosen.pk)
    visit = Visit.objects.get()
    assert (visit.visitor, visit.starts_at, visit.ends_at) == (offer.visitor, chosen.starts_at, chosen.ends_at)
    assert offer.state == OfferState.ACCEPTED
    assert set(Booking.objects.values_list("visit_id", "person_id")) == {
        (visit.pk, member.pk),
        (visit.pk, offer.visitor_id),
    }


def test_the_meeting_moves_with_the_team_s_yes(client: Client, team: Team, partner: User) -> None:
    meeting = make_meeting(team, dt.date(2026, 12, 3))
    offer = make_offer(team, partner, DAY, meeting=meeting)
    answer(client, offer, make_member(team), time=offer.times.get().pk)
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.ends_at) == (at(DAY, dt.time(9)), at(DAY, dt.time(10)))
    assert (meeting.sequence, Visit.objects.get().meeting) == (1, meeting)


def test_none_suits_and_the_team_says_why(client: Client, team: Team, offer: VisitOffer) -> None:
    member = make_member(team)
    assert list(answer(client, offer, member).context["form"].errors) == ["reason"]
    answer(client, offer, member, reason="Vi er på kursus.")
    assert (offer.state, offer.reason) == (OfferState.DECLINED, "Vi er på kursus.")
    assert not Booking.objects.exists()
    assert list(LedgerEntry.objects.values_list("recipient_id", "kind")) == [(offer.visitor_id, "visit_answered")]
    client.force_login(offer.visitor)
    assert "Vi er på kursus." in client.get(reverse("observations:visit_book", args=[team.pk])).content.decode()


def test_a_second_answer_is_refused(client: Client, team: Team, offer: VisitOffer) -> None:
    member, version = make_member(team), offer.version
    answer(client, offer, member, reason="Vi er på kursus.")
    again = answer(client, offer, member, version=version, time=offer.times.all()[0].pk)
    assert list(again.context["form"].errors) == ["__all__"]
    assert not Visit.objects.exists()


def test_the_visitor_does_not_answer_for_the_team_and_takes_the_times_back(client: Client, offer: VisitOffer) -> None:
    assert answer(client, offer, offer.visitor, reason="Nej.").status_code == 403
    client.post(reverse("observations:offer_withdraw", args=[offer.pk]))
    offer.refresh_from_db()
    assert (offer.state, Booking.objects.exists()) == (OfferState.WITHDRAWN, False)


def test_an_offer_whose_times_have_passed_falls_away(client: Client, team: Team, partner: User) -> None:
    offer, member = make_offer(team, partner, dt.date(2026, 11, 20)), make_member(team)
    client.force_login(member)
    assert client.get(reverse("observations:offer_detail", args=[offer.pk])).context["has_passed"]
    assert not client.get(reverse("dashboard:member")).context["todos"]


def test_it_waits_on_the_member_s_front_page_and_the_team_s(client: Client, team: Team, offer: VisitOffer) -> None:
    client.force_login(make_member(team))
    (todo,) = client.get(reverse("dashboard:member")).context["todos"]
    assert todo.url == reverse("observations:offer_detail", args=[offer.pk])
    assert client.get(reverse("dashboard:team_detail", args=[team.pk])).context["offers"] == [(offer, True)]


def test_times_of_somebody_who_no_longer_visits_cannot_be_chosen(
    client: Client, team: Team, partner: User, offer: VisitOffer
) -> None:
    """Her portfolio still has the unit; the role that goes with it has ended."""
    member = make_member(team)
    CentralRoleRow.objects.filter(person=partner).update(ends_on=today())
    answer(client, offer, member, time=offer.times.all()[0].pk)
    assert (offer.state, Visit.objects.count()) == (OfferState.WAITING, 0)
    client.force_login(make_leader(team.unit))
    form = client.get(reverse("observations:offer_times", args=[team.pk])).context.get("form")
    assert form is None or partner not in form.fields["visitor"].queryset


def test_times_offered_to_a_team_that_ends_are_taken_back_and_told(
    team: Team, partner: User, offer: VisitOffer
) -> None:
    close_team(by=make_leader(team.unit), team=team, on=today(), version=team.version)
    offer.refresh_from_db()
    told = LedgerEntry.objects.filter(subject=f"offer:{offer.pk}").values_list("recipient_id", flat=True)
    assert (offer.state, list(told), Booking.objects.count()) == (OfferState.WITHDRAWN, [partner.pk], 0)
