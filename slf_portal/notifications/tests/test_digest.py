"""What the mail says: links, dates and team names, in the person's language."""

import datetime as dt
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from slf_portal.notifications.actions import relay_mail
from slf_portal.notifications.emails import SENTENCES
from slf_portal.notifications.enums import ReminderKind
from slf_portal.notifications.tests.conftest import Clock, Due
from tests.builders import make_person
from tests.mailserver import MailServer, html_of, text_of

Send = Callable[..., EmailMessage]

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(clock: Clock, mail_server: MailServer, due: Due) -> Send:
    """Send a person one mail with these reminders, and read it."""

    def send(*reminders: Any, **person: Any) -> EmailMessage:
        recipient = make_person("Ærø Åkjær", email="aero@example.org", **person)
        for values in reminders:
            due(recipient, **values)
        relay_mail(seconds=20)
        (mail,) = mail_server.mails
        return mail

    return send


def test_text_and_html_say_the_same(sent: Send, settings: Settings) -> None:
    mail = sent({"team_name": "Team Løn & Ledelse", "path": "/teams/12/"})
    html = html_of(mail)
    assert "Team Løn & Ledelse\n" in text_of(mail)
    assert f"{settings.PORTAL_URL}/teams/12/\n" in text_of(mail)
    assert f'<a href="{settings.PORTAL_URL}/teams/12/">Team Løn &amp; Ledelse</a>' in html


@pytest.mark.parametrize(
    ("language", "subject", "sentence"),
    [
        ("da", "SLF-portalen: 1 ting i dine teams", "Find en tid til næste besøg. Frist: 8. december 2026."),
        ("en", "The SLF portal: 1 thing in your teams", "Find a time for the next visit. Deadline: 8 December 2026."),
    ],
)
def test_the_mail_is_in_the_language_the_person_chose(sent: Send, language: str, subject: str, sentence: str) -> None:
    mail = sent({}, language=language)
    assert mail["Subject"] == subject
    assert sentence in text_of(mail).splitlines()
    assert f'<html lang="{language}">' in html_of(mail)


def test_every_kind_has_its_sentence(sent: Send) -> None:
    one_team = {"team_name": "Team Løn", "path": "/teams/1/", "about_on": dt.date(2026, 11, 1)}
    mail = sent(*({"kind": kind, **one_team} for kind in ReminderKind if kind in SENTENCES), language="en")
    assert text_of(mail).count("Team Løn") == 1
    assert [line for line in text_of(mail).splitlines() if "2026" in line] == [
        "No learning conversation is noted for November 2026 yet.",
        "You meet on 1 November 2026.",
        "Find a time for the next visit. Deadline: 1 November 2026.",
        "Time to look at the team contract. Deadline: 1 November 2026.",
        "Read the team contract of 1 November 2026, and say yes if you can stand by it.",
        "Find a time for the next GRUS. Deadline: 1 November 2026.",
    ]


def test_teams_come_in_danish_order(sent: Send) -> None:
    mail = sent(*({"team_name": f"Team {name}"} for name in ("Åse", "Aarhus", "Zenia", "Ærø")))
    assert [line for line in text_of(mail).splitlines() if line.startswith("Team ")] == [
        "Team Zenia", "Team Ærø", "Team Aarhus", "Team Åse"
    ]  # fmt: skip


def test_the_subject_tells_how_many_and_nothing_else(sent: Send) -> None:
    mail = sent({"team_name": "Team Løn"}, {"team_name": "Team Vang"}, language="en")
    assert mail["Subject"] == "The SLF portal: 2 things in your teams"
    assert "Ærø" not in str(mail["Subject"]) + text_of(mail)


def test_the_message_carries_its_own_id_date_and_a_word_to_answering_machines(sent: Send) -> None:
    mail = sent({})
    assert mail["Date"].datetime == dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC)
    assert mail["Message-ID"].endswith("@localhost>")
    assert mail["Auto-Submitted"] == "auto-generated"
