"""Asking the learning partner for sparring, and answering."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from slf_portal.audit.models import TextOverride
from teams.models import SupportRequest, Unit
from tests.builders import make_leader, make_learning_partner, make_member, make_resource_person, make_team, make_unit

CPR = "Ring til 010203-1234 om det."


@pytest.fixture
def school(db: None) -> Unit:
    return make_unit("Åkildeskolen")


@pytest.fixture
def address(school: Unit) -> str:
    return reverse("teams:support_ask", args=[school.pk])


@pytest.fixture
def as_leader(client: Client, school: Unit) -> Client:
    client.force_login(make_leader(school))
    return client


def answers(text: str = "Vi vil gerne have sparring på den røde fase.", **changed: str) -> dict[str, str]:
    return {"text": text, "token": str(uuid.uuid4()), **changed}


def test_a_leader_asks_and_the_partner_takes_and_closes(as_leader: Client, address: str, school: Unit) -> None:
    as_leader.post(address, answers())
    support = SupportRequest.objects.get()
    partner = make_learning_partner(school)
    as_leader.force_login(partner)
    assert list(as_leader.get(reverse("dashboard:learning_partner")).context["requests"]) == [support]
    as_leader.post(reverse("teams:support_take", args=[support.pk]))
    as_leader.post(reverse("teams:support_close", args=[support.pk]))
    support.refresh_from_db()
    assert (support.taken_by, support.closed_at is not None) == (partner, True)
    assert list(as_leader.get(reverse("dashboard:learning_partner")).context["requests"]) == []


def test_a_resource_person_may_ask_and_a_member_may_not(client: Client, address: str, school: Unit) -> None:
    team = make_team(unit=school)
    client.force_login(make_member(team))
    assert client.post(address, answers()).status_code == 403
    client.force_login(make_resource_person(team))
    client.post(address, answers())
    assert SupportRequest.objects.count() == 1


def test_the_second_partner_does_not_take_what_a_colleague_has(client: Client, school: Unit) -> None:
    support = SupportRequest.objects.create(unit=school, asked_by=make_leader(school), text="Hjælp til at komme i gang")
    first, second = make_learning_partner(school), make_learning_partner(school, name="Lars Læringspartner")
    for partner in (first, second):
        client.force_login(partner)
        client.post(reverse("teams:support_take", args=[support.pk]))
    support.refresh_from_db()
    assert support.taken_by == first


def test_a_cpr_number_is_refused_and_nothing_is_lost(as_leader: Client, address: str) -> None:
    response = as_leader.post(address, answers(CPR))
    assert list(response.context["form"].errors) == ["text"]
    assert response.context["form"]["text"].value() == CPR
    assert not SupportRequest.objects.exists()


def test_the_writer_may_say_that_it_is_none_and_that_is_logged_without_the_digits(
    as_leader: Client, address: str
) -> None:
    as_leader.post(address, answers(CPR, not_cpr="on"))
    assert SupportRequest.objects.get().text == CPR
    assert TextOverride.objects.get().place == "teams.SupportRequest.text"


def test_confirming_without_need_logs_nothing(as_leader: Client, address: str) -> None:
    as_leader.post(address, answers(not_cpr="on"))
    assert not TextOverride.objects.exists()


def test_a_text_over_the_limit_is_kept_and_refused(as_leader: Client, address: str) -> None:
    response = as_leader.post(address, answers("x" * 301))
    assert list(response.context["form"].errors) == ["text"]
    assert response.context["form"]["text"].value() == "x" * 301
