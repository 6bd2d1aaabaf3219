"""A leader invites someone new by name and e-mail; the mail goes out once the person is there."""

import datetime as dt
import logging
import re
import uuid
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from slf_portal.accounts.models import Invitation, User
from slf_portal.notifications.models import Envelope, LedgerEntry
from teams.models import Membership, Team
from tests.builders import PASSWORD, make_leader, make_member, make_person, make_team, make_unit
from tests.mailserver import closed_port

NEW = {"name": "Nanna Ny", "email": "Nanna@Example.org", "starts_on": "2026-12-01"}


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord", unit=make_unit("Birkeskolen"))


@pytest.fixture
def url(team: Team, client: Client) -> str:
    client.force_login(make_leader(team.unit))
    return reverse("teams:member_invite", args=[team.pk])


def told(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def token_in(sent: Any) -> str:
    (token,) = re.findall(r"/invitation/([^/\s]+)/", sent.body)
    return str(token)


def no_mail_server(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", closed_port()


def test_the_person_is_created_becomes_a_member_and_is_invited(client: Client, url: str, team: Team) -> None:
    response = client.post(url, NEW, follow=True)
    person = User.objects.get(email="nanna@example.org")
    assert (person.name, person.has_usable_password()) == ("Nanna Ny", False)
    assert Membership.objects.get(team=team).person == person
    invitation = Invitation.objects.get()
    assert (invitation.person, invitation.invited_by.name) == (person, "Lone Leder")
    assert invitation.expires_at - invitation.invited_at == dt.timedelta(days=14)
    assert told(response) == ["Der er sendt en invitation til nanna@example.org."]


def test_the_mail_is_danish_names_nobody_in_its_subject_and_holds_the_link(client: Client, url: str) -> None:
    client.post(url, NEW)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["nanna@example.org"], "Invitation til SLF-portalen")
    assert str(sent.body).split("\n")[0] == "Hej"
    assert "Lone Leder har inviteret dig til SLF-portalen." in str(sent.body)
    assert "indtil tirsdag 8. december kl. 9.00" in str(sent.body)
    assert isinstance(sent, mail.EmailMultiAlternatives)
    ((html, kind),) = sent.alternatives
    assert (kind, token_in(sent) in str(html)) == ("text/html", True)


def test_the_token_is_in_the_mail_alone(client: Client, url: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client.post(url, NEW)
    token = token_in(mail.outbox[0])
    client.get(reverse("accounts:invitation_open", args=[token]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" AS kept WHERE kept::text LIKE %s', [f"%{token}%"])  # noqa: S608
            assert (table, cursor.fetchone()) == (table, (0,))
    assert token not in caplog.text
    assert (LedgerEntry.objects.count(), Envelope.objects.count()) == (0, 0)


def test_a_known_person_just_becomes_a_member(client: Client, url: str, team: Team) -> None:
    known = make_person("Kaja Kendt", email="nanna@example.org")
    response = client.post(url, NEW, follow=True)
    assert (Membership.objects.get(team=team).person, User.objects.filter(email=known.email).count()) == (known, 1)
    assert told(response) == ["Kaja Kendt er allerede i portalen og er nu medlem. Der er ikke sendt nogen mail."]
    assert (mail.outbox, Invitation.objects.count()) == ([], 0)


def test_a_member_already_and_a_closed_access_are_told_at_the_e_mail(client: Client, url: str, team: Team) -> None:
    make_member(team, person=make_person("Kaja Kendt", email="kaja@example.org"))
    make_person("Dorte", email="dorte@example.org", is_active=False)
    for email, reason in (
        ("kaja@example.org", "Personen er allerede medlem i en del af perioden."),
        ("dorte@example.org", "Adgangen er lukket for denne e-mail. Bed en administrator om at åbne den."),
    ):
        form = client.post(url, {**NEW, "email": email}).context["form"]
        assert form.errors == {"email": [reason]}
        assert form["name"].value() == "Nanna Ny"
    assert Membership.objects.filter(team=team).count() == 1


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"email": "ikke en adresse"}, "email"),
        ({"email": ""}, "email"),
        ({"email": "0101901234@example.org"}, "email"),
        ({"name": ""}, "name"),
        ({"name": "Nanna 010190-1234"}, "name"),
        ({"starts_on": "i morgen"}, "starts_on"),
    ],
)
def test_wrong_input_creates_nobody(client: Client, url: str, changed: dict[str, str], wrong: str) -> None:
    before = User.objects.count()
    assert list(client.post(url, {**NEW, **changed}).context["form"].errors) == [wrong]
    assert (User.objects.count(), mail.outbox) == (before, [])


def test_a_double_click_invites_once(client: Client, url: str) -> None:
    form = {**NEW, "token": str(uuid.uuid4())}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert (Invitation.objects.count(), len(mail.outbox)) == (1, 1)


def test_without_a_mail_server_she_is_a_member_and_the_page_says_what_to_do(
    client: Client, url: str, team: Team, settings: Any
) -> None:
    no_mail_server(settings)
    response = client.post(url, NEW, follow=True)
    assert told(response) == ["Nanna Ny er medlem, men mailen kunne ikke sendes. Tryk på “Send igen” om lidt."]
    row = Membership.objects.get(team=team)
    assert reverse("teams:member_invite_again", args=[row.pk]) in response.content.decode()


def test_sending_again_makes_a_new_link_and_kills_the_old_one(client: Client, url: str, team: Team) -> None:
    client.post(url, NEW, follow=True)
    again = reverse("teams:member_invite_again", args=[Membership.objects.get(team=team).pk])
    assert told(client.post(again, follow=True)) == ["Der er sendt en invitation til nanna@example.org."]
    old, new = (token_in(sent) for sent in mail.outbox)
    usable = {
        token: Client().get(reverse("accounts:invitation_open", args=[token]), follow=True).context["form"] is not None
        for token in (old, new)
    }
    assert usable == {old: False, new: True}
    assert [invitation.withdrawn_at is None for invitation in Invitation.objects.order_by("pk")] == [False, True]


def test_who_has_a_way_in_is_not_invited_again(client: Client, url: str, team: Team) -> None:
    client.post(url, NEW, follow=True)
    person = User.objects.get(email="nanna@example.org")
    person.set_password(PASSWORD)
    person.save()
    again = reverse("teams:member_invite_again", args=[Membership.objects.get(team=team).pk])
    assert told(client.post(again, follow=True)) == ["Nanna Ny har allerede en adgangskode."]
    assert len(mail.outbox) == 1


def test_one_person_is_not_sent_mail_after_mail(client: Client, url: str, team: Team) -> None:
    client.post(url, NEW)
    again = reverse("teams:member_invite_again", args=[Membership.objects.get(team=team).pk])
    assert [client.post(again).status_code for _ in range(5)] == [302, 302, 302, 302, 429]
    assert len(mail.outbox) == 5


def test_ending_the_membership_withdraws_the_invitation(client: Client, url: str, team: Team) -> None:
    client.post(url, {**NEW, "starts_on": "2026-11-24"})
    row = Membership.objects.get(team=team)
    client.post(reverse("teams:member_end", args=[row.pk]), {"on": "2026-11-24"})
    assert Invitation.objects.get().withdrawn_at is not None
