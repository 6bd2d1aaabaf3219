"""Evaluating the conversation in the room: the tick, what the team keeps, and its next steps."""

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from learningcycle.queries import carried_over
from observations.enums import RecordState, VisitState
from observations.models import Visit, VisitRecord
from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from teams.enums import AgreementSource, AgreementState
from teams.models import Agreement, Team
from teams.queries import source_labels
from tests.builders import (
    make_agreement,
    make_learning_partner,
    make_meeting,
    make_member,
    make_person,
    make_resource_person,
    make_team,
    make_visit,
)
from tests.visit_after_world import make_answer, make_answers, make_record

NEXT = dt.date(2026, 12, 8)
CPR = "Ring på 010190-1234."


@pytest.fixture
def visit(team: Team, visitor: User, tuesday: dt.date) -> Visit:
    return make_visit(team, visitor, tuesday)


def page(visit: Visit) -> str:
    return reverse("observations:visit_evaluate", args=[visit.pk])


def send(client: Client, visit: Visit, **said: Any) -> Any:
    return client.post(page(visit), {"kept": "", "was_kept": "", "step": "", **said})


def kept(visit: Visit) -> str:
    return VisitRecord.objects.get(visit=visit).kept


def test_the_tick_makes_the_visit_count(client: Client, visit: Visit) -> None:
    response = send(client, visit, is_evaluated="on")
    assert response["Location"] == page(visit) + "?gemt=1"
    visit.refresh_from_db()
    assert (visit.state, visit.is_evaluated) == (VisitState.HELD, True)


def test_without_the_tick_nobody_says_that_it_was_held(client: Client, visit: Visit) -> None:
    send(client, visit, kept="Vi venter.")
    visit.refresh_from_db()
    assert (visit.state, kept(visit)) == (VisitState.PLANNED, "Vi venter.")


def test_the_tick_can_be_taken_away(client: Client, visit: Visit) -> None:
    send(client, visit, is_evaluated="on")
    send(client, visit, was_evaluated="True")
    visit.refresh_from_db()
    assert (visit.state, visit.is_evaluated) == (VisitState.HELD, False)


def test_whoever_only_writes_leaves_a_tick_that_came_meanwhile(client: Client, visit: Visit) -> None:
    Visit.objects.update(state=VisitState.HELD, is_evaluated=True)
    send(client, visit, kept="Vi venter.")
    visit.refresh_from_db()
    assert visit.is_evaluated is True


@pytest.mark.parametrize(("on", "state"), [(NEXT, VisitState.PLANNED), (dt.date(2026, 11, 3), VisitState.CANCELLED)])
def test_not_before_its_day_and_not_when_cancelled(
    client: Client, team: Team, visitor: User, tuesday: dt.date, on: dt.date, state: VisitState
) -> None:
    visit = make_visit(team, visitor, on, state=state)
    assert client.get(page(visit))["Location"] == reverse("observations:visit_detail", args=[visit.pk])
    refused = send(client, visit, is_evaluated="on", kept="Vi venter.")
    assert refused.status_code == 200
    assert (len(refused.context["form"].non_field_errors()), VisitRecord.objects.count()) == (1, 0)


def test_closed_nobody_changes_it(client: Client, visit: Visit) -> None:
    make_record(visit, RecordState.CLOSED, kept="Som det var.")
    response = send(client, visit, kept="Noget andet.", was_kept="Som det var.")
    assert response.context["form"].non_field_errors() == ["Besøget er afsluttet. Den, der besøgte, kan genåbne det."]
    assert kept(visit) == "Som det var."


def test_a_colleague_who_was_first_loses_nothing_and_nor_does_she(client: Client, visit: Visit) -> None:
    make_record(visit, kept="Hendes ord.")
    response = send(client, visit, kept="Mine ord.", is_evaluated="on", step="Et skridt.", step_by=NEXT)
    shown = response.content.decode()
    assert all(text in shown for text in ("Hendes ord.", "Mine ord.", "Et skridt."))
    visit.refresh_from_db()
    assert (kept(visit), visit.is_evaluated, Agreement.objects.count()) == ("Hendes ord.", False, 0)
    send(client, visit, kept="Hendes ord. Mine ord.", was_kept=response.context["form"]["was_kept"].value())
    assert kept(visit) == "Hendes ord. Mine ord."


def test_the_same_text_from_two_is_no_conflict(client: Client, visit: Visit) -> None:
    make_record(visit, kept="Vi venter.")
    assert send(client, visit, kept="Vi venter.").status_code == 302


def test_digits_like_a_cpr_number_are_asked_about_once(client: Client, visit: Visit, visitor: User) -> None:
    refused = send(client, visit, kept=CPR)
    assert list(refused.context["form"].errors) == ["kept"]
    send(client, visit, kept=CPR, not_cpr="on")
    assert TextOverride.objects.get().place == "observations.VisitRecord.kept"
    send(client, visit, kept=f"{CPR} Eller skriv.", was_kept=CPR)
    assert (kept(visit), TextOverride.objects.count()) == (f"{CPR} Eller skriv.", 1)


# Next steps -------------------------------------------------------------------------------------------------


def step(client: Client, visit: Visit, text: str = "Vi prøver en runde.", **said: Any) -> Any:
    return send(client, visit, step=text, step_by=NEXT, **said)


def test_a_step_opens_the_next_meeting(client: Client, team: Team, visit: Visit) -> None:
    member, meeting = make_member(team), make_meeting(team, NEXT)
    assert client.get(page(visit)).context["form"]["step_by"].initial == NEXT
    step(client, visit, step_owner=member.pk)
    agreed = Agreement.objects.get()
    facts = (agreed.text, agreed.owner, agreed.due_on, agreed.source, agreed.source_id)
    assert facts == ("Vi prøver en runde.", member, NEXT, AgreementSource.VISIT, visit.pk)
    assert carried_over(meeting).agreements == [agreed]
    client.force_login(member)
    shown = client.get(reverse("learningcycle:meeting_detail", args=[meeting.pk])).content.decode()
    assert "Vi prøver en runde." in shown
    label = source_labels([agreed])[agreed.pk]
    assert (label.text, label.url) == (
        "besøget 24. nov.",
        reverse("observations:visit_detail", args=[visit.pk]),
    )


def test_a_third_step_is_refused_and_stays_on_the_page(client: Client, visit: Visit) -> None:
    for text in ("Første.", "Andet."):
        step(client, visit, text)
    assert "I har jeres to skridt." in client.get(page(visit)).content.decode()
    refused = step(client, visit, "Tredje.", kept="Vi venter.")
    assert list(refused.context["form"].errors) == ["step"]
    assert "Tredje." in refused.content.decode()
    assert (Agreement.objects.count(), VisitRecord.objects.get().kept) == (2, "")


def test_what_was_dropped_takes_no_room(client: Client, team: Team, visit: Visit) -> None:
    for _number in range(2):
        make_agreement(team, state=AgreementState.DROPPED, source=AgreementSource.VISIT, source_id=visit.pk)
    assert step(client, visit).status_code == 302


@pytest.mark.parametrize("by", ["", "2026-11-23", "2028-01-01", "i morgen"])
def test_a_step_needs_a_day_to_come(client: Client, visit: Visit, by: str) -> None:
    response = send(client, visit, step="Vi prøver.", step_by=by)
    assert list(response.context["form"].errors) == ["step_by"]
    assert Agreement.objects.count() == 0


def test_a_double_click_makes_one_step(client: Client, visit: Visit) -> None:
    token = client.get(page(visit)).context["form"]["token"].value()
    for _click in range(2):
        assert step(client, visit, token=token).status_code == 302
    assert Agreement.objects.count() == 1


# Who -------------------------------------------------------------------------------------------------


def test_a_member_writes_but_does_not_tick(client: Client, team: Team, visit: Visit) -> None:
    client.force_login(make_member(team))
    assert "is_evaluated" not in client.get(page(visit)).context["form"].fields
    assert step(client, visit, kept="Vi venter.", is_evaluated="on").status_code == 302
    visit.refresh_from_db()
    assert (kept(visit), visit.state, Agreement.objects.count()) == ("Vi venter.", VisitState.PLANNED, 1)


def test_a_resource_person_who_did_not_visit_ticks(client: Client, team: Team, visit: Visit) -> None:
    client.force_login(make_resource_person(team, name="Ruth Ressource"))
    send(client, visit, is_evaluated="on")
    visit.refresh_from_db()
    assert visit.is_evaluated is True


def test_a_learning_partner_who_visits_does_all_of_it(client: Client, team: Team, tuesday: dt.date) -> None:
    partner = make_learning_partner(team.unit)
    visit = make_visit(team, partner, tuesday)
    client.force_login(partner)
    assert step(client, visit, kept="Vi venter.", is_evaluated="on").status_code == 302
    visit.refresh_from_db()
    assert (visit.is_evaluated, Agreement.objects.count()) == (True, 1)


def test_one_of_another_team_who_visits_sees_no_link_to_the_team(client: Client, team: Team, tuesday: dt.date) -> None:
    from_elsewhere = make_resource_person(make_team("Et andet"), name="Vera Ven")
    visit = make_visit(team, from_elsewhere, tuesday)
    client.force_login(from_elsewhere)
    shown = client.get(page(visit)).content.decode()
    assert reverse("dashboard:team_detail", args=[team.pk]) not in shown
    assert send(client, visit, is_evaluated="on").status_code == 302


# The page -------------------------------------------------------------------------------------------------


def test_the_code_leads_to_the_answers(client: Client, visit: Visit) -> None:
    response = client.get(page(visit))
    assert response.context["answer_url"] == settings.PORTAL_URL + reverse("observations:visit_answer", args=[visit.pk])
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="qr-code"' in response.content.decode()


def test_answers_come_as_they_are_written(client: Client, visit: Visit) -> None:
    address = reverse("observations:visit_answers", args=[visit.pk])
    assert "0 har svaret" in client.get(address).content.decode()
    make_answers(visit, "Annes ord <b>", "Bos ord <b>", "Cillas ord <b>")
    shown = client.get(address).content.decode()
    assert "3 har svaret" in shown
    assert "Annes ord &lt;b&gt;" in shown
    assert "Bos ord &lt;b&gt;" in client.get(page(visit)).content.decode()


def test_more_answers_cost_no_more_queries(
    client: Client, visit: Visit, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    make_answers(visit, "Et.", "To.", "Tre.")
    with django_assert_max_num_queries(40) as first:
        client.get(page(visit))
    for number in range(5):
        make_answer(visit, make_person(), f"Svar {number}.")
    with django_assert_num_queries(len(first)):
        client.get(page(visit))


def test_the_home_of_a_resource_person_leads_here(client: Client, team: Team, visitor: User, tuesday: dt.date) -> None:
    passed = make_visit(team, visitor, dt.date(2026, 11, 10))
    for address in (reverse("dashboard:resource_person"), reverse("dashboard:team_detail", args=[team.pk])):
        assert page(passed) in client.get(address).content.decode()


def test_what_is_shared_cannot_be_taken_back_as_held(client: Client, visit: Visit) -> None:
    Visit.objects.update(state=VisitState.HELD)
    make_record(visit, RecordState.SHARED)
    response = client.post(reverse("observations:visit_reopen", args=[visit.pk]))
    assert [message.level_tag for message in get_messages(response.wsgi_request)] == ["error"]
    visit.refresh_from_db()
    assert visit.state == VisitState.HELD
