"""The world outside, as far as calendars are fetched from there: names, addresses, and a server that misbehaves."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import pytest

from slf_portal.common import fetching
from slf_portal.common.fetching import FetchError, Outside
from slf_portal.local.ports import HOST, free_port

# The key of names that exist nowhere.
CERTIFICATE = Path(__file__).with_name("calendar_server.pem")
OPEN = "93.184.216.34"
Talk = Callable[[ssl.SSLSocket], None]


@dataclass
class CalendarServer:
    """What is answered at each path, what each name stands for, and where was asked, in order."""

    answers: dict[str, Talk] = field(default_factory=dict)
    names: dict[str, list[str]] = field(
        default_factory=lambda: {"kalender.example": [OPEN], "videre.example": ["93.184.216.35"]}
    )
    asked: list[str] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    connected: list[str] = field(default_factory=list)
    port: int = field(default_factory=free_port)

    def give(self, path: str, content: bytes, *headers: str, status: str = "200 OK") -> None:
        head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(content)}", *headers, "", ""])
        self.answers[path] = lambda client: client.sendall(head.encode() + content)

    def send_on(self, path: str, onward: str) -> None:
        self.give(path, b"", f"Location: {onward}", status="302 Found")

    def trickle(self, path: str, first: bytes, *, piece: bytes, every: float) -> None:
        """The same piece again and again, until the other side has had enough."""

        def talk(client: ssl.SSLSocket) -> None:
            client.sendall(first)
            until = time.monotonic() + 20
            while time.monotonic() < until:
                client.sendall(piece)
                time.sleep(every)

        self.answers[path] = talk

    def outside(self) -> Outside:
        return Outside(self._resolve, self._connect, ssl.create_default_context(cafile=str(CERTIFICATE)))

    def _resolve(self, host: str) -> list[str]:
        self.looked_up.append(host)
        if host in self.names:
            return self.names[host]
        # A number in one of its many spellings is understood by the machine itself.
        return [str(found[4][0]) for found in socket.getaddrinfo(host, 443, flags=socket.AI_NUMERICHOST)]

    def _connect(self, address: str, seconds: float) -> socket.socket:
        self.connected.append(address)
        return socket.create_connection((HOST, self.port), timeout=seconds)

    @contextmanager
    def running(self) -> Iterator["CalendarServer"]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        with socket.create_server((HOST, self.port)) as listening:
            thread = Thread(target=self._serve, args=(listening, context), daemon=True)
            thread.start()
            yield self
            self.answers.clear()
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            thread.join(timeout=5)

    def _serve(self, listening: socket.socket, context: ssl.SSLContext) -> None:
        with suppress(OSError):
            while True:
                plain, _address = listening.accept()
                Thread(target=self._answer, args=(plain, context), daemon=True).start()

    def _answer(self, plain: socket.socket, context: ssl.SSLContext) -> None:
        with plain, suppress(OSError, ssl.SSLError), context.wrap_socket(plain, server_side=True) as client:
            asked = client.recv(65536).decode().split(" ")[1]
            self.asked.append(asked)
            self.answers.get(asked, _nothing)(client)


def _nothing(client: ssl.SSLSocket) -> None:
    client.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")


@contextmanager
def calendar_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[CalendarServer]:
    """A server that stands for the whole internet."""
    server = CalendarServer()
    monkeypatch.setattr(fetching, "INTERNET", server.outside())
    with server.running():
        yield server


def refused(url: str) -> str:
    """Why nothing is fetched there."""
    with pytest.raises(FetchError) as caught:
        fetching.fetch(url)
    return str(caught.value)
