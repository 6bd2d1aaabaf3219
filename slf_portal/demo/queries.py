"""Who can be signed in as, and what the mail sink received."""

import datetime as dt
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path

from django.conf import settings

from slf_portal.accounts.models import User
from slf_portal.demo.defaults.personas import PERSONAS, Persona

# The sink's own names: no separators, no dot in front, so nothing outside the folder has such a name.
_MAIL_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]*\.eml")
HEADERS = ("From", "To", "Subject", "Date", "Message-ID")


@dataclass(frozen=True, slots=True)
class PersonaLine:
    """A persona, and whether the demo's database has her."""

    persona: Persona
    is_there: bool


def persona_lines() -> list[PersonaLine]:
    emails = [persona.email for persona in PERSONAS]
    there = set(User.objects.filter(email__in=emails, is_active=True).values_list("email", flat=True))
    return [PersonaLine(persona, persona.email in there) for persona in PERSONAS]


def person_of(key: str) -> User | None:
    """The person who plays the persona; None in a database without the demo organisation."""
    emails = [persona.email for persona in PERSONAS if persona.key == key]
    return User.objects.filter(email__in=emails, is_active=True).first()


# Mails ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReceivedMail:
    """A mail as it came over SMTP: a file, read when something is asked about it."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    @cached_property
    def message(self) -> EmailMessage:
        """Empty when the sink, which keeps the newest mails only, has thrown it away meanwhile."""
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            content = b""
        return message_from_bytes(content, policy=policy.default)

    @property
    def recipient(self) -> str:
        return str(self.message["To"] or "")

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def sent_at(self) -> dt.datetime | None:
        date = self.message["Date"]
        return date.datetime if date else None

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(self.message[name] or "")) for name in HEADERS]

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.message.get_body(preferencelist=(kind,))
        return part.get_content(errors="replace") if part is not None else ""


def received_mails(recipient: str = "") -> list[ReceivedMail]:
    """The mails in the sink, the newest first; with `recipient` those to an address that holds it."""
    mails = [ReceivedMail(path) for path in sorted(settings.DEMO_MAIL_DIR.glob("*.eml"), reverse=True)]
    return [mail for mail in mails if not recipient or recipient.lower() in mail.recipient.lower()]


def received_mail(name: str) -> ReceivedMail | None:
    """The mail in the file of that name; None for a name the sink never gives, or a mail that is gone."""
    if not _MAIL_NAME.fullmatch(name):
        return None
    path = settings.DEMO_MAIL_DIR / name
    return ReceivedMail(path) if path.is_file() else None
