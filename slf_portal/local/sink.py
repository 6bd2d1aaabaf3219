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
        draft = self._folder / f"{name}.part"
        draft.write_bytes(envelope.original_content or b"")
        # Answered after the file has its name: what the sender was told is true whenever this process dies.
        draft.rename(self._folder / name)
        self._forget_the_oldest()
        logger.info("%s", name)
        return "250 OK"

    def _forget_the_oldest(self) -> None:
        mails = sorted(self._folder.glob("*.eml"))
        for path in mails[: max(0, len(mails) - self._kept)]:
            path.unlink(missing_ok=True)


async def serve(sink: Sink, port: int) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(sink, enable_SMTPUTF8=True, ident="slf-portal", loop=loop), HOST, port
    )
    async with server:
        await server.serve_forever()


def main(port: str, folder: str) -> None:
    logging.basicConfig(format="%(asctime)s %(message)s")
    logger.setLevel(logging.INFO)
    asyncio.run(serve(Sink(Path(folder)), port_from(port)))


if __name__ == "__main__":
    main(*sys.argv[1:])
