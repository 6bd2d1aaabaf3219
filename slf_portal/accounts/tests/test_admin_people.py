"""People and central roles in the administration, and the last administrator."""

import datetime as dt
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from slf_portal.accounts import actions
from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import CentralRoleRow, User
from slf_portal.common.dates import today
from tests.builders import make_administrator, make_person

pytestmark = pytest.mark.django_db

LAST = "This is the last administrator. Appoint another one first."


@pytest.fixture
def administrator(client: Client) -> User:
    person = make_administrator()
    User.objects.filter(pk=person.pk).update(language="en")
    client.force_login(person)
    return person


def errors(response: Any) -> list[str]:
    if response.status_code == 302:
        return []
    form = response.context["adminform"].form
    return [message for messages in form.errors.values() for message in messages]


def change_person(client: Client, person: User, **changes: Any) -> list[str]:
    values = {"name": person.name, "email": person.email, "is_active": "on"} | changes
    values = {name: value for name, value in values.items() if value is not None}
    return errors(client.post(reverse("admin:accounts_user_change", args=(person.pk,)), values))


def test_a_person_is_created_without_a_password(client: Client, administrator: User) -> None:
    values = {"name": "Åse Berg", "email": "aase.berg@example.org"}
    assert errors(client.post(reverse("admin:accounts_user_add"), values)) == []
    person = User.objects.get(name="Åse Berg")
    address = EmailAddress.objects.get(user=person)
    assert (person.has_usable_password(), address.email, address.verified) == (False, "aase.berg@example.org", True)


def test_an_email_is_one_persons(client: Client, administrator: User) -> None:
    make_person(email="a@example.org")
    values = {"name": "Åse Berg", "email": "a@example.org"}
    assert len(errors(client.post(reverse("admin:accounts_user_add"), values))) == 1


def test_a_new_email_is_the_one_to_sign_in_with(client: Client, administrator: User) -> None:
    person = make_person(email="a@example.org")
    assert change_person(client, person, email="b@example.org") == []
    assert list(EmailAddress.objects.filter(user=person).values_list("email", flat=True)) == ["b@example.org"]


def test_a_person_is_kept_out(client: Client, administrator: User) -> None:
    person = make_person()
    assert change_person(client, person, is_active=None) == []
    person.refresh_from_db()
    assert person.is_active is False


def test_the_last_administrator_is_not_kept_out(client: Client, administrator: User) -> None:
    assert change_person(client, administrator, is_active=None, name="Et andet navn") == [LAST]
    administrator.refresh_from_db()
    assert (administrator.is_active, administrator.name) == (True, "Ada Administrator")
    make_administrator("Bo")
    assert change_person(client, administrator, is_active=None) == []


@pytest.mark.parametrize("days", [0, 30])
def test_the_last_administrators_role_does_not_end(client: Client, administrator: User, days: int) -> None:
    row = administrator.central_role_rows.get()
    values = {"starts_on": row.starts_on.isoformat(), "ends_on": (today() + dt.timedelta(days=days)).isoformat()}
    address = reverse("admin:accounts_centralrolerow_change", args=(row.pk,))
    assert errors(client.post(address, values)) == [LAST]
    make_administrator("Bo")
    assert errors(client.post(address, values)) == []


def test_a_role_ends_and_rights_with_it(client: Client, administrator: User) -> None:
    make_administrator("Bo")
    actions.end_central_role(by=administrator, row=administrator.central_role_rows.get())
    assert client.get(reverse("admin:index")).status_code == 403


def test_a_central_role_stands_once(client: Client, administrator: User) -> None:
    values = {"person": administrator.pk, "role": CentralRole.ADMINISTRATOR, "starts_on": "2026-01-01"}
    assert errors(client.post(reverse("admin:accounts_centralrolerow_add"), values)) == [
        "The person already has this role in part of the period."
    ]


def test_appointing_an_administrator_twice_gives_one_role() -> None:
    for name in ("Ada", "Ada"):
        call_command("appoint_administrator", "Ada@Example.org", name)
    person = User.objects.get(email="ada@example.org")
    assert (person.is_administrator, CentralRoleRow.objects.filter(person=person).count()) == (True, 1)


def test_appointing_someone_who_was_kept_out_lets_her_in() -> None:
    person = make_person(email="ada@example.org", is_active=False)
    actions.appoint_administrator(by=None, email="ada@example.org", name="Ada")
    person.refresh_from_db()
    assert person.is_administrator
