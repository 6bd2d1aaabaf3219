"""A real SMTP server for tests, in a thread of its own: it takes mails, refuses them, is slow, or breaks off."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from slf_portal.local.ports import HOST, free_port


@dataclass
class MailServer:
    """What the server does with a mail, and the mails it has taken, in order."""

    mails: list[EmailMessage] = field(default_factory=list)
    # What is answered to a recipient, for example "451 later" or "550 unknown".
    refusals: dict[str, str] = field(default_factory=dict)
    # How many more mails are taken without an answer: the connection breaks instead.
    break_offs: int = 0
    seconds_per_mail: float = 0
    port: int = field(default_factory=free_port)

    @property
    def recipients(self) -> list[str]:
        return [str(mail["To"]) for mail in self.mails]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.seconds_per_mail)
        content = envelope.original_content or b""
        self.mails.append(message_from_bytes(content, policy=policy.default))
        if self.break_offs:
            self.break_offs -= 1
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return "250 OK"

    @contextmanager
    def running(self) -> Iterator["MailServer"]:
        controller = Controller(self, hostname=HOST, port=self.port)
        controller.start()
        try:
            yield self
        finally:
            controller.stop()


def text_of(mail: EmailMessage) -> str:
    """The plain text of a mail, with "\n" between its lines."""
    return "\n".join(_part(mail, "plain").splitlines())


def html_of(mail: EmailMessage) -> str:
    return _part(mail, "html")


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert isinstance(part, EmailMessage)
    return str(part.get_content())


def closed_port() -> int:
    """A port at which nobody listens."""
    return free_port()
