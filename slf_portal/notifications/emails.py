"""The one mail a person gets on a day, and those about what happened: what they say, how they reach the mail server."""

import datetime as dt
import smtplib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email.utils import format_datetime, make_msgid, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from slf_portal.common.calendars import CONTENT_TYPE, Attendee
from slf_portal.common.calendars import write as write_calendar
from slf_portal.common.dates import COPENHAGEN
from slf_portal.common.sorting import danish_sort_key
from slf_portal.notifications.enums import ReminderKind
from slf_portal.notifications.models import Envelope, LedgerEntry
from slf_portal.notifications.queries import CALENDAR_PARTS
from slf_portal.notifications.rules import CalendarPart

# Link, date and team name are all that a mail says.
SENTENCES = {
    ReminderKind.MEETING_TOMORROW: _("You meet on %(date)s."),
    ReminderKind.MEETING_NOT_NOTED: _("No learning conversation is noted for %(month)s yet."),
    ReminderKind.VISIT_DUE: _("Find a time for the next visit. Deadline: %(date)s."),
    ReminderKind.CONTRACT_RENEWAL: _("Time to look at the team contract. Deadline: %(date)s."),
    ReminderKind.CONTRACT_YES: _("Read the team contract of %(date)s, and say yes if you can stand by it."),
    ReminderKind.GRUS_DUE: _("Find a time for the next GRUS. Deadline: %(date)s."),
}


@dataclass(frozen=True, slots=True)
class EventWords:
    """What a mail about something that happened says: its subject, the first time, and every time after it."""

    subject: Any
    first: Any
    later: Any = None

    def sentence(self, step: int) -> Any:
        return self.first if step == 1 or self.later is None else self.later


_MEETING, _VISIT = _("The SLF portal: a meeting in your team"), _("The SLF portal: a visit")
EVENTS = {
    ReminderKind.MINUTES: EventWords(
        _("The SLF portal: minutes of a meeting in your team"),
        _("The minutes of the meeting on %(date)s are in the portal."),
        _("The minutes of the meeting on %(date)s have been changed."),
    ),
    ReminderKind.MEETING_INVITED: EventWords(_MEETING, _("You meet on %(date)s.")),
    ReminderKind.MEETING_MOVED: EventWords(_MEETING, _("The meeting is moved to %(date)s.")),
    ReminderKind.MEETING_CANCELLED: EventWords(_MEETING, _("The meeting on %(date)s is cancelled.")),
    ReminderKind.MEETING_LEFT: EventWords(
        _MEETING, _("You no longer belong to the meeting on %(date)s. It is taken out of your calendar.")
    ),
    ReminderKind.VISIT_BOOKED: EventWords(_VISIT, _("A visit with observation and feedback is booked for %(date)s.")),
    ReminderKind.VISIT_MOVED: EventWords(_VISIT, _("The visit is changed. It is on %(date)s.")),
    ReminderKind.VISIT_CANCELLED: EventWords(_VISIT, _("The visit on %(date)s is cancelled.")),
    ReminderKind.VISIT_LEFT: EventWords(
        _VISIT, _("You no longer belong to the visit on %(date)s. It is taken out of your calendar.")
    ),
    ReminderKind.VISIT_OFFERED: EventWords(
        _VISIT,
        _("Choose among the times that are offered for a visit."),
        _("The times that were offered for a visit are taken back."),
    ),
    ReminderKind.VISIT_ANSWERED: EventWords(_VISIT, _("The team has answered about the times for a visit.")),
    ReminderKind.VISIT_SHARED: EventWords(
        _VISIT,
        _("Observation and feedback from the visit on %(date)s are shared with you."),
        _("Observation and feedback from the visit on %(date)s have been changed."),
    ),
    ReminderKind.PARTNER_BOOKED: EventWords(_VISIT, _("Your learning partner comes on %(date)s.")),
    ReminderKind.PARTNER_MOVED: EventWords(_VISIT, _("Your learning partner's visit is moved to %(date)s.")),
    ReminderKind.PARTNER_CANCELLED: EventWords(_VISIT, _("Your learning partner's visit on %(date)s is cancelled.")),
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
    calendar: str = ""
    calendar_method: str = ""


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


def write_event(language: str, entries: Sequence[LedgerEntry]) -> Letter:
    """The mail about the one thing that happened, in that language."""
    (entry,) = entries
    with translation.override(language):
        words = EVENTS[ReminderKind(entry.kind)]
        context = {
            "team_name": entry.team_name,
            "sentence": words.sentence(entry.step) % _days(entry),
            "link": settings.PORTAL_URL + entry.path,
            "language": language,
            "portal": settings.PORTAL_URL,
        }
        carries = CALENDAR_PARTS.get(ReminderKind(entry.kind))
        part = carries(entry) if carries else None
        return Letter(
            subject=str(words.subject),
            text=render_to_string("notifications/event.txt", context),
            html=render_to_string("notifications/event.html", context),
            calendar=_calendar(part, entry.recipient) if part else "",
            calendar_method=part.method if part else "",
        )


def _calendar(part: CalendarPart, recipient: Any) -> str:
    """The event as an invitation from the portal to this one person: nobody reads who else is asked."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    event = replace(
        part.event,
        organizer=Attendee(name or address, address),
        attendees=(Attendee(recipient.name, recipient.email),),
    )
    return write_calendar([event], method=part.method, stamped_at=timezone.now()).decode()


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
    return SENTENCES[ReminderKind(entry.kind)] % _days(entry)


def _days(entry: LedgerEntry) -> dict[str, str]:
    return {"date": date_format(entry.about_on, "DATE_FORMAT"), "month": date_format(entry.about_on, "F Y")}


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
    if envelope.calendar:
        # Once where Outlook and Google look, and once as a file for Apple Mail and all others: decision 10.
        message.attach_alternative(envelope.calendar, f"{CONTENT_TYPE}; method={envelope.calendar_method}")
        message.attach("invite.ics", envelope.calendar.encode(), "application/ics")
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
