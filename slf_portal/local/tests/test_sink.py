"""The mail server of `make run` keeps what it was sent, byte for byte, and only the newest."""

import asyncio
import smtplib
from pathlib import Path

from slf_portal.local import ports
from slf_portal.local.sink import Sink, listen

MAIL = "From: portal@example.dk\r\nTo: leder@example.dk\r\nSubject: {number}\r\n\r\nBesøg i morgen, {number}\r\n"


def test_keeps_the_newest_in_order_of_arrival(tmp_path: Path) -> None:
    asyncio.run(_send(tmp_path, kept=2, mails=[MAIL.format(number=number) for number in (1, 2, 3)]))

    kept = [path.read_bytes().decode() for path in sorted(tmp_path.iterdir())]
    assert kept == [MAIL.format(number=2), MAIL.format(number=3)]


def test_refuses_what_it_cannot_keep(tmp_path: Path) -> None:
    answers = asyncio.run(_send(tmp_path / "missing", kept=2, mails=[MAIL.format(number=1)]))

    assert answers == [451]


async def _send(folder: Path, *, kept: int, mails: list[str]) -> list[int]:
    port = ports.free_port()
    async with await listen(Sink(folder, kept=kept), port):
        return await asyncio.to_thread(_deliver, port, mails)


def _deliver(port: int, mails: list[str]) -> list[int]:
    with smtplib.SMTP(ports.HOST, port, timeout=10) as client:
        client.ehlo()
        answers = []
        for mail in mails:
            client.mail("portal@example.dk", ["SMTPUTF8"])
            client.rcpt("leder@example.dk")
            answers.append(client.data(mail.encode())[0])
        return answers
