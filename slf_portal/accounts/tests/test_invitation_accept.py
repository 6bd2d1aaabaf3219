"""From the link in the mail to the front page: once, in time, and only for the newest link."""

import datetime as dt
from typing import Any

import pghistory.core
import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from slf_portal.accounts.models import Invitation, User
from tests.builders import PASSWORD, make_invitation, make_member, make_person, make_team

TOKEN = "et-langt-og-tilfældigt-kodeord"  # noqa: S105 - of nobody
PAGE = "/invitation/"
CHOSEN = {"password": PASSWORD, "password_again": PASSWORD}


@pytest.fixture
def invited(db: None, tuesday: dt.date) -> User:
    return make_member(make_team("Nord"), person=make_person("Nanna Ny", email="nanna.nyholm@example.org"))


@pytest.fixture
def link(invited: User) -> str:
    make_invitation(invited, token=TOKEN)
    return reverse("accounts:invitation_open", args=[TOKEN])


def is_calm(client: Client, link: str) -> bool:
    """The one page for every link that cannot be used, the same word for word."""
    response = client.get(link, follow=True)
    return response.content == Client().get("/invitation/ukendt/", follow=True).content


def test_the_link_leads_to_a_page_without_the_token(client: Client, link: str) -> None:
    response = client.get(link)
    assert (response.headers["Location"], response.headers["Referrer-Policy"]) == (PAGE, "no-referrer")
    page = client.get(PAGE)
    assert (page.status_code, TOKEN in page.content.decode()) == (200, False)
    assert "no-store" in page.headers["Cache-Control"]


def test_the_chosen_password_lets_her_in_and_she_lands_at_home(client: Client, link: str, invited: User) -> None:
    client.get(link)
    response = client.post(PAGE, CHOSEN, follow=True)
    assert [url for url, _ in response.redirect_chain] == [reverse("dashboard:home"), reverse("dashboard:member")]
    assert response.context["user"] == invited
    invited.refresh_from_db()
    assert invited.check_password(PASSWORD)
    assert Invitation.objects.get().accepted_at is not None


def test_the_sign_in_page_takes_the_password_from_then_on(client: Client, link: str, invited: User) -> None:
    client.get(link)
    client.post(PAGE, CHOSEN)
    newly = Client()
    newly.post(reverse("account_login"), {"login": invited.email, "password": PASSWORD})
    assert newly.get(reverse("dashboard:member")).status_code == 200


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"password": "kort", "password_again": "kort"}, "password"),
        ({"password": "nanna.nyholm@ex", "password_again": "nanna.nyholm@ex"}, "password"),
        ({"password": PASSWORD, "password_again": PASSWORD + "x"}, "password_again"),
        ({"password": PASSWORD}, "password_again"),
    ],
)
def test_a_weak_or_mistyped_password_is_refused(
    client: Client, link: str, invited: User, typed: dict[str, str], wrong: str
) -> None:
    client.get(link)
    assert list(client.post(PAGE, typed).context["form"].errors) == [wrong]
    invited.refresh_from_db()
    assert not invited.has_usable_password()


def test_it_works_once(client: Client, link: str) -> None:
    client.get(link)
    other = Client()
    other.get(link)
    client.post(PAGE, CHOSEN)
    assert other.post(PAGE, CHOSEN).headers["Location"] == PAGE
    assert is_calm(Client(), link)


def test_it_works_for_fourteen_days(client: Client, link: str, time_machine: TimeMachineFixture) -> None:
    time_machine.shift(dt.timedelta(days=14, seconds=-5))
    assert client.get(link, follow=True).context["form"] is not None
    time_machine.shift(dt.timedelta(seconds=10))
    assert client.post(PAGE, CHOSEN, follow=True).context["form"] is None
    assert is_calm(Client(), link)


def test_a_withdrawn_one_is_dead(link: str) -> None:
    Invitation.objects.update(withdrawn_at=dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC))
    assert is_calm(Client(), link)


def test_it_is_dead_for_a_deactivated_person(link: str) -> None:
    User.objects.update(is_active=False)
    assert is_calm(Client(), link)


def test_who_has_chosen_a_password_in_another_way_has_no_use_for_it(link: str, invited: User) -> None:
    invited.set_password(PASSWORD)
    invited.save()
    assert is_calm(Client(), link)


@pytest.mark.django_db
def test_the_page_without_a_link_says_whom_to_ask(client: Client) -> None:
    page = client.get(PAGE)
    assert (page.status_code, "Bed den leder, der inviterede dig" in page.content.decode()) == (200, True)
    assert client.post(PAGE, CHOSEN).headers["Location"] == PAGE


def test_someone_else_who_is_signed_in_is_signed_out_by_it(client: Client, link: str, invited: User) -> None:
    client.force_login(make_person("Anders Anden"))
    client.get(link)
    assert "Anders Anden" in client.get(PAGE).content.decode()
    assert client.post(PAGE, CHOSEN, follow=True).context["user"] == invited


def test_guesses_are_slowed_down(client: Client, link: str) -> None:
    client.get(link)
    weak = {"password": "kort", "password_again": "kort"}
    assert [client.post(PAGE, weak).status_code for _ in range(11)] == [*[200] * 10, 429]


def test_the_history_tells_that_she_answered_without_the_digest(client: Client, link: str, invited: User) -> None:
    client.get(link)
    client.post(PAGE, CHOSEN)
    (model,) = pghistory.core.event_models(tracks_model=Invitation)
    event: Any = QuerySet(model).order_by("pgh_id").last()
    assert event.pgh_context.metadata == {"person": invited.pk, "verb": "accept invitation"}
    assert not hasattr(event, "token_digest")
