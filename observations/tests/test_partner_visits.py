"""Learning partners' visits: planned, moved, cancelled and noted; whose time they take, and who is told."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from observations.actions import hold
from observations.enums import PartnerVisitKind, VisitState
from observations.models import Booking, BusyAddress, PartnerVisit
from observations.queries import claim_of, partner_claim
from observations.tests.conftest import School
from slf_portal.common.dates import at, today
from slf_portal.notifications.models import LedgerEntry
from teams.models import SupportRequest, Unit
from tests.builders import (
    make_closure,
    make_member,
    make_person,
    make_resource_person,
    make_team,
    make_team_leader,
    make_unit,
    make_visit,
)
from tests.visit_partner_world import make_partner_visit

DAY = dt.date(2026, 12, 8)
FORM = {"on": "2026-12-08", "begins": "10:00", "ends": "11:30", "kind": "workshop", "about": "En rolig start."}


def book(client: Client, unit: Unit, query: str = "", **changed: Any) -> Any:
    return client.post(reverse("observations:partner_visit_book", args=[unit.pk]) + query, {**FORM, **changed})


def told(kind: str) -> dict[int, str]:
    """Whom the mails of that kind are for, and where they lead."""
    return {entry.recipient_id: entry.path for entry in LedgerEntry.objects.filter(kind=kind)}


def url_of(page: str, visit: PartnerVisit) -> str:
    return reverse(f"observations:partner_visit_{page}", args=[visit.pk])


# Planning -----------------------------------------------------------------------------------------------------------


def test_a_visit_is_planned_takes_their_time_and_all_are_told(client: Client, school: School) -> None:
    response = book(client, school.unit, participants=[school.beacon.pk])

    visit = PartnerVisit.objects.get()
    assert response["Location"] == url_of("detail", visit)
    assert (visit.unit, visit.partner, visit.kind, visit.about) == (
        school.unit,
        school.partner,
        PartnerVisitKind.WORKSHOP,
        "En rolig start.",
    )
    assert (visit.starts_at, visit.ends_at) == (at(DAY, dt.time(10)), at(DAY, dt.time(11, 30)))
    booked = set(Booking.objects.values_list("person_id", "part", "partner_visit_id"))
    assert booked == {(school.partner.pk, "visits", visit.pk), (school.beacon.pk, "takes_part", visit.pk)}
    page = url_of("detail", visit)
    assert told("partner_booked") == dict.fromkeys((school.partner.pk, school.beacon.pk, school.leader.pk), page)
    (entry,) = LedgerEntry.objects.filter(recipient=school.leader)
    assert (entry.subject, entry.step, entry.team_name, entry.about_on) == (
        f"partner_visit:{visit.pk}",
        1,
        "Birkeskolen",
        DAY,
    )


def test_a_double_click_plans_once(client: Client, school: School) -> None:
    token = str(uuid.uuid4())
    assert [book(client, school.unit, token=token).status_code for _ in range(2)] == [302, 302]
    assert PartnerVisit.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"on": "2026-11-23"}, "on"),
        ({"ends": "10:00"}, "ends"),
        ({"begins": "08:00", "ends": "16:01"}, "ends"),
        ({"on": "2027-03-28", "begins": "02:30", "ends": "04:00"}, "begins"),
        ({"on": "2028-12-08"}, "on"),
        ({"kind": "tilsyn"}, "kind"),
        ({"about": "Ring på 010190-1234."}, "about"),
    ],
)
def test_a_visit_that_cannot_be_is_refused_and_kept_on_the_page(
    client: Client, school: School, wrong: dict[str, str], where: str
) -> None:
    sent = {**FORM, **wrong}
    form = book(client, school.unit, **wrong).context["form"]
    assert list(form.errors) == [where]
    assert {name: form[name].value() for name in sent} == sent
    assert (PartnerVisit.objects.count(), Booking.objects.count(), LedgerEntry.objects.count()) == (0, 0, 0)


def test_eight_hours_is_the_longest(client: Client, school: School) -> None:
    assert book(client, school.unit, begins="08:00", ends="16:00").status_code == 302


def test_on_a_closed_day_she_is_warned(client: Client, school: School) -> None:
    make_closure(DAY, DAY + dt.timedelta(days=1), unit=school.unit, name="Juleklip")
    response = client.post(reverse("observations:partner_visit_book", args=[school.unit.pk]), FORM, follow=True)
    assert "Juleklip" in [str(message) for message in response.context["messages"]][-1]
    assert PartnerVisit.objects.count() == 1


def test_the_unit_s_leaders_and_resource_persons_can_take_part_and_nobody_else(client: Client, school: School) -> None:
    make_member(school.team)
    make_resource_person(make_team())
    team_leader = make_team_leader(school.team)
    form = client.get(reverse("observations:partner_visit_book", args=[school.unit.pk])).context["form"]
    assert list(form.fields["participants"].queryset) == [school.leader, school.beacon, team_leader]


# Times that are taken -----------------------------------------------------------------------------------------------


def test_a_time_that_is_taken_shows_why_and_three_free_ones(client: Client, school: School) -> None:
    mine = make_visit(make_team("Syd", unit=make_unit("Egely")), school.partner, DAY)
    hold(mine, claim_of(mine))

    response = book(client, school.unit, participants=[school.beacon.pk])

    form = response.context["form"]
    assert (list(form.errors), form["about"].value()) == (["__all__"], "En rolig start.")
    assert PartnerVisit.objects.count() == 0
    assert response.context["in_the_way"] == ["Du har et besøg hos Syd tirsdag 8. december kl. 10.00-11.00."]
    free = [time.starts_at for time, _ in response.context["free"]]
    # 10 and 10.30 are taken, at 11 she is still on her way; 8 to 9.30 leaves the half hour to get there.
    assert free == [
        at(DAY, dt.time(11, 30)),
        at(dt.date(2026, 12, 9), dt.time(10)),
        at(dt.date(2026, 12, 10), dt.time(10)),
    ]


def test_of_others_she_is_told_only_that_they_are_busy(client: Client, school: School) -> None:
    visit = make_visit(school.team, school.beacon, DAY)
    hold(visit, claim_of(visit))
    response = book(client, school.unit, participants=[school.beacon.pk])
    assert response.context["in_the_way"] == ["Rikke Ressource er optaget tirsdag 8. december kl. 10.00-11.00."]
    assert book(client, school.unit).status_code == 302


def test_a_free_time_is_taken_with_one_click_and_the_rest_is_kept(client: Client, school: School) -> None:
    mine = make_visit(make_team(unit=make_unit()), school.partner, DAY)
    hold(mine, claim_of(mine))
    (_time, sends), *_ = book(client, school.unit).context["free"]

    assert book(client, school.unit, participants=[school.beacon.pk], take_time=sends).status_code == 302
    visit = PartnerVisit.objects.get()
    assert (visit.starts_at, visit.ends_at) == (at(DAY, dt.time(11, 30)), at(DAY, dt.time(13)))
    assert list(visit.participants.all()) == [school.beacon]


@pytest.mark.parametrize("nonsense", ["", "/", "2026-12-08 13:00", "i dag/i morgen"])
def test_nonsense_instead_of_a_free_time_is_left_alone(client: Client, school: School, nonsense: str) -> None:
    assert book(client, school.unit, take_time=nonsense).status_code == 302
    assert PartnerVisit.objects.get().starts_at == at(DAY, dt.time(10))


@pytest.mark.parametrize(
    ("today", "free"),
    [
        (dt.date(2026, 11, 24), [(11, 25), (11, 26), (11, 27)]),
        # Between lie a weekend and a closed day.
        (dt.date(2026, 11, 27), [(12, 1), (12, 2), (12, 3)]),
    ],
)
def test_free_times_keep_to_working_hours_open_days_and_the_time_to_come(
    client: Client, school: School, today: dt.date, free: list[tuple[int, int]]
) -> None:
    make_closure(dt.date(2026, 11, 30), dt.date(2026, 12, 1), unit=school.unit)
    taken = make_partner_visit(school.unit, school.partner, today, time=dt.time(15))
    hold(taken, partner_claim(taken, ()))
    with time_machine.travel(at(today, dt.time(14, 10)), tick=False):
        client.force_login(school.partner)
        response = book(client, school.unit, on=today.isoformat(), begins="15:00", ends="16:00")
    found = [time.starts_at for time, _ in response.context["free"]]
    assert found == [at(dt.date(2026, month, day), dt.time(15)) for month, day in free]


def test_a_time_at_which_her_own_calendar_says_busy_is_not_proposed(client: Client, school: School) -> None:
    taken = make_partner_visit(school.unit, school.partner, DAY)
    hold(taken, partner_claim(taken, ()))
    address = BusyAddress.objects.create(person=school.partner, address="https://kalender.example.org/mig.ics")
    next_day = DAY + dt.timedelta(days=1)
    address.times.create(starts_at=at(next_day, dt.time(9)), ends_at=at(next_day, dt.time(14)))
    found = [time for time, _ in book(client, school.unit).context["free"]]
    assert [time.on for time in found if time.starts_at < at(next_day, dt.time(14)) and time.on == next_day] == []
    assert next_day in {time.on for time in found}


# Requests -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(school: School) -> SupportRequest:
    return SupportRequest.objects.create(unit=school.unit, asked_by=school.beacon, text="Kom og lyt med.")


def test_a_request_leads_to_the_page_and_is_taken_with_the_visit(
    client: Client, school: School, asked: SupportRequest
) -> None:
    query = f"?spoergsmaal={asked.pk}"
    page = client.get(reverse("observations:partner_visit_book", args=[school.unit.pk]) + query)
    form = page.context["form"]
    assert (form["asked"].value(), form["kind"].value()) == (str(asked.pk), PartnerVisitKind.SPARRING)
    # Its text is for the learning partner: what is written about the visit has more readers.
    assert (form["about"].value(), "Kom og lyt med." in page.content.decode()) == (None, True)

    book(client, school.unit, query, asked=asked.pk)
    asked.refresh_from_db()
    assert (PartnerVisit.objects.get().asked, asked.taken_by, asked.closed_at) == (asked, school.partner, None)
    assert school.beacon.pk in told("partner_booked")


def test_what_a_colleague_has_taken_or_is_closed_is_no_choice(
    client: Client, school: School, asked: SupportRequest
) -> None:
    now = at(today(), dt.time(9))
    SupportRequest.objects.filter(pk=asked.pk).update(taken_by=make_person(), taken_at=now)
    SupportRequest.objects.create(unit=school.unit, asked_by=school.beacon, text="Lukket.", closed_at=now)
    form = client.get(reverse("observations:partner_visit_book", args=[school.unit.pk])).context["form"]
    assert "asked" not in form.fields


@pytest.mark.parametrize(("sent", "is_closed"), [({"close_request": "1"}, True), ({}, False)])
def test_a_held_visit_closes_its_request_where_she_says_so(
    client: Client, school: School, asked: SupportRequest, sent: dict[str, str], *, is_closed: bool
) -> None:
    visit = make_partner_visit(school.unit, school.partner, today(), asked=asked)
    client.post(url_of("held", visit), sent)
    visit.refresh_from_db()
    asked.refresh_from_db()
    assert (visit.state, asked.closed_at is not None) == (VisitState.HELD, is_closed)


# Moving, cancelling, noting -----------------------------------------------------------------------------------------


@pytest.fixture
def visit(client: Client, school: School) -> PartnerVisit:
    book(client, school.unit, participants=[school.beacon.pk])
    LedgerEntry.objects.all().delete()
    return PartnerVisit.objects.get()


def move(client: Client, visit: PartnerVisit, **changed: Any) -> Any:
    people = [person.pk for person in visit.participants.all()]
    form = {**FORM, "participants": people, "version": visit.version, **changed}
    response = client.post(url_of("move", visit), form)
    visit.refresh_from_db()
    return response


def test_a_visit_is_moved_and_all_are_told(client: Client, school: School, visit: PartnerVisit) -> None:
    before = visit.changed_at
    assert move(client, visit, on="2026-12-10")["Location"] == url_of("detail", visit)
    assert (visit.on, visit.sequence, visit.changed_at > before) == (dt.date(2026, 12, 10), 1, True)
    assert set(told("partner_moved")) == {school.partner.pk, school.beacon.pk, school.leader.pk}
    assert set(Booking.objects.values_list("starts_at", flat=True)) == {at(dt.date(2026, 12, 10), dt.time(10))}
    assert LedgerEntry.objects.filter(kind="partner_moved", step=2).count() == 3


def test_who_takes_part_is_changed_and_only_those_are_told(client: Client, school: School, visit: PartnerVisit) -> None:
    other = make_resource_person(school.team, name="Kaja Kollega")
    move(client, visit, participants=[other.pk])
    assert (set(told("partner_booked")), set(told("partner_cancelled"))) == ({other.pk}, {school.beacon.pk})
    assert told("partner_moved") == {}
    assert (visit.sequence, set(Booking.objects.values_list("person_id", flat=True))) == (
        1,
        {school.partner.pk, other.pk},
    )


def test_another_sentence_about_it_is_told_to_nobody(client: Client, visit: PartnerVisit) -> None:
    move(client, visit, about="Noget andet.")
    assert (visit.about, visit.sequence, LedgerEntry.objects.count()) == ("Noget andet.", 0, 0)


def test_its_own_time_does_not_stand_in_its_way(client: Client, visit: PartnerVisit) -> None:
    assert move(client, visit, begins="10:30", ends="12:00").status_code == 302


def test_a_page_opened_before_another_change_is_refused(client: Client, visit: PartnerVisit) -> None:
    assert list(move(client, visit, on="2026-12-15", version=99).context["form"].errors) == ["__all__"]
    assert visit.on == DAY


def test_who_was_to_take_part_and_has_left_can_stay_on_it(client: Client, school: School, visit: PartnerVisit) -> None:
    school.beacon.resource_person_rows.update(ends_on=today())
    assert move(client, visit, on="2026-12-10").status_code == 302
    assert list(visit.participants.all()) == [school.beacon]


def test_a_visit_is_cancelled_with_a_reason(client: Client, school: School, visit: PartnerVisit) -> None:
    url = url_of("cancel", visit)
    assert list(client.post(url, {"reason": " "}).context["form"].errors) == ["reason"]
    before = visit.changed_at
    assert client.post(url, {"reason": "Vi mangler lederen."})["Location"] == reverse("observations:partner_calendar")
    visit.refresh_from_db()
    assert (visit.state, visit.reason, visit.sequence, visit.changed_at > before) == (
        VisitState.CANCELLED,
        "Vi mangler lederen.",
        1,
        True,
    )
    assert Booking.objects.count() == 0
    assert set(told("partner_cancelled")) == {school.partner.pk, school.beacon.pk, school.leader.pk}


@pytest.mark.parametrize("state", [VisitState.HELD, VisitState.CANCELLED])
def test_only_a_planned_visit_is_moved(client: Client, visit: PartnerVisit, state: VisitState) -> None:
    PartnerVisit.objects.filter(pk=visit.pk).update(state=state)
    assert list(move(client, visit, on="2026-12-15").context["form"].errors) == ["__all__"]
    assert visit.on == DAY


def test_a_visit_to_come_was_not_held(client: Client, visit: PartnerVisit) -> None:
    client.post(url_of("held", visit))
    visit.refresh_from_db()
    assert visit.is_planned


def test_held_is_taken_back(client: Client, school: School) -> None:
    visit = make_partner_visit(school.unit, school.partner, today())
    client.post(url_of("held", visit))
    client.post(url_of("reopen", visit))
    visit.refresh_from_db()
    assert visit.is_planned
