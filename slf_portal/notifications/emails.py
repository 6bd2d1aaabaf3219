"""The one mail a person gets on a day: what it says, and how it is handed to the mail server."""

import datetime as dt
import smtplib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import format_datetime, make_msgid, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from slf_portal.common.dates import COPENHAGEN
from slf_portal.common.sorting import danish_sort_key
from slf_portal.notifications.enums import ReminderKind
from slf_portal.notifications.models import Envelope, LedgerEntry

# Link, date and team name are all that a mail says.
SENTENCES = {
    ReminderKind.MEETING_TOMORROW: _("You meet on %(date)s."),
    ReminderKind.MEETING_NOT_NOTED: _("No learning conversation is noted for %(month)s yet."),
    ReminderKind.VISIT_DUE: _("Find a time for the next visit. Deadline: %(date)s."),
    ReminderKind.CONTRACT_RENEWAL: _("Time to look at the team contract. Deadline: %(date)s."),
    ReminderKind.GRUS_DUE: _("Find a time for the next GRUS. Deadline: %(date)s."),
}
SERVICE_CLOSING = 421


class MailRefusedError(Exception):
    """The mail server will not take this mail; others may pass."""


class MailServerError(Exception):
    """Nothing gets through: the connection failed or the server is closing."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class TeamLines:
    """What there is to say about one team."""

    name: str
    link: str
    sentences: list[str]


def new_message_id() -> str:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return make_msgid(domain=domain or "localhost")


def write(language: str, entries: Sequence[LedgerEntry]) -> Letter:
    """The mail about these entries in that language: team by team in Danish order."""
    with translation.override(language):
        context = {
            "count": len(entries),
            "teams": _by_team(entries),
            "language": language,
            "portal": settings.PORTAL_URL,
        }
        return Letter(
            subject=" ".join(render_to_string("notifications/digest_subject.txt", context).split()),
            text=render_to_string("notifications/digest.txt", context),
            html=render_to_string("notifications/digest.html", context),
        )


def _by_team(entries: Sequence[LedgerEntry]) -> list[TeamLines]:
    by_team: dict[tuple[str, str, str], list[LedgerEntry]] = {}
    for entry in entries:
        by_team.setdefault((danish_sort_key(entry.team_name), entry.team_name, entry.path), []).append(entry)
    return [
        TeamLines(name, settings.PORTAL_URL + path, [_sentence(one) for one in sorted(own, key=_by_date)])
        for (_sort_key, name, path), own in sorted(by_team.items())
    ]


def _by_date(entry: LedgerEntry) -> tuple[dt.date, int]:
    return (entry.about_on, entry.pk)


def _sentence(entry: LedgerEntry) -> str:
    days = {"date": date_format(entry.about_on, "DATE_FORMAT"), "month": date_format(entry.about_on, "F Y")}
    return SENTENCES[ReminderKind(entry.kind)] % days


@contextmanager
def mail_server() -> Iterator[BaseEmailBackend]:
    """One open connection for many mails. Raises MailServerError when there is none to be had."""
    connection = get_connection()
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as error:
        raise MailServerError(_what(error)) from error
    try:
        yield connection
    finally:
        connection.close()


def send(connection: BaseEmailBackend, envelope: Envelope) -> None:
    """Hand the mail to the server. Raises MailRefusedError; MailServerError when nobody knows whether it was taken."""
    message = EmailMultiAlternatives(
        subject=envelope.subject,
        body=envelope.body_text,
        to=[envelope.recipient.email],
        headers={
            "Message-ID": envelope.message_id,
            "Date": format_datetime(envelope.dated_at.astimezone(COPENHAGEN)),
            # Keeps "out of office" answers away.
            "Auto-Submitted": "auto-generated",
        },
        connection=connection,
    )
    message.attach_alternative(envelope.body_html, "text/html")
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        raise _refusal([code for code, _reason in error.recipients.values()], error) from error
    except smtplib.SMTPDataError as error:
        raise _refusal([error.smtp_code], error) from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailServerError(_what(error)) from error


def _refusal(codes: list[int], error: Exception) -> Exception:
    kind: Any = MailServerError if SERVICE_CLOSING in codes else MailRefusedError
    return kind(_what(error))  # type: ignore[no-any-return]


def _what(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
