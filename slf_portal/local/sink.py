"""The mail server of `make run`: takes every mail, delivers none, keeps the newest as files."""

import asyncio
import itertools
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from slf_portal.local.ports import HOST, port_from

KEPT = 500

logger = logging.getLogger("sink")


class Sink:
    """Writes each accepted mail, byte for byte, as one file; the files sort by arrival."""

    def __init__(self, folder: Path, kept: int = KEPT) -> None:
        self._folder = folder
        self._kept = kept
        self._numbers = itertools.count()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}-{next(self._numbers):06}.eml"
        try:
            self._keep(name, envelope.original_content or b"")
        except OSError:
            logger.exception("%s could not be kept", name)
            return "451 Could not be kept, try again"
        # Answered after the file has its name: what the sender was told is true whenever this process dies.
        logger.info("%s", name)
        return "250 OK"

    def _keep(self, name: str, mail: bytes) -> None:
        draft = self._folder / f"{name}.part"
        draft.write_bytes(mail)
        draft.rename(self._folder / name)
        self._forget_the_oldest()

    def _forget_the_oldest(self) -> None:
        mails = sorted(self._folder.glob("*.eml"))
        for path in mails[: max(0, len(mails) - self._kept)]:
            path.unlink(missing_ok=True)


async def listen(sink: Sink, port: int) -> asyncio.Server:
    """A server that takes mails already when this returns."""
    loop = asyncio.get_running_loop()
    return await loop.create_server(lambda: SMTP(sink, enable_SMTPUTF8=True, ident="slf-portal", loop=loop), HOST, port)


async def serve(sink: Sink, port: int) -> None:
    async with await listen(sink, port) as server:
        await server.serve_forever()


def main(port: str, folder: str) -> None:
    logging.basicConfig(format="%(asctime)s %(message)s")
    logger.setLevel(logging.INFO)
    asyncio.run(serve(Sink(Path(folder)), port_from(port)))


if __name__ == "__main__":
    main(*sys.argv[1:])
