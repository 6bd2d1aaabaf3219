"""Getting a file from an address that somebody has written: from the open internet alone, so much and so long.

Whoever writes an address lets the portal's server ask there. So every address that a name stands for must be one of the
open internet, the connection goes to the address that was looked at, and a redirect begins again from the start. Why
this is code of our own: decision 11.
"""

import http.client
import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.translation import gettext as _

from slf_portal.common.errors import RefusedError

HTTPS_PORT = 443
_REDIRECTS = {301, 302, 303, 307, 308}
_CHUNK = 64 * 1024
# Heads of answers, beside what the answer itself may hold.
_HEADS = 256 * 1024
_HEADERS = {"User-Agent": "SLF-portalen", "Accept-Encoding": "identity", "Connection": "close"}
# All that is given out of the addresses of version six; what holds one of version four stands elsewhere.
_OPEN_SIX = ipaddress.ip_network("2000::/3")
# What `is_global` calls open, or did in some version of Python, and what leads to an address inside another one.
_CLOSED = [
    ipaddress.ip_network(block)
    for block in (
        "192.0.0.0/24", "192.88.99.0/24", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2002::/16", "3fff::/20",
        "5f00::/16",
    )
]  # fmt: skip


class FetchError(RefusedError):
    """The file cannot be had from there; the message says why, and nothing of what stands inside the network."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how long, redirects and the slowest sender included."""

    most_bytes: int = 2 * 2**20
    seconds: float = 10
    redirects: int = 3


def _resolve(host: str) -> list[str]:
    found = socket.getaddrinfo(host, HTTPS_PORT, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_kind, address in found]


def _connect(address: str, seconds: float) -> socket.socket:
    return socket.create_connection((address, HTTPS_PORT), timeout=seconds)


@dataclass(frozen=True, slots=True)
class Outside:
    """How the world outside is reached; tests put a world of their own here."""

    resolve: Callable[[str], Sequence[str]] = _resolve
    connect: Callable[[str, float], socket.socket] = _connect
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)


INTERNET = Outside()
LIMITS = Limits()


def is_outside(address: str) -> bool:
    """Whether the IP address is one of the open internet, and leads nowhere else by way of another one inside it."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and (ip.scope_id or ip not in _OPEN_SIX):
        return False
    if any(ip in block for block in _CLOSED if block.version == ip.version):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_link_local)


def fetch(url: str) -> bytes:
    """What is answered at the address. Raises FetchError, after ten seconds at the latest."""
    limits, until = LIMITS, time.monotonic() + LIMITS.seconds
    try:
        for _turn in range(limits.redirects + 1):
            answer = _ask(_checked(url), limits, until)
            if isinstance(answer, bytes):
                return answer
            url = urljoin(url, answer)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FetchError(_("Nobody answers at the address, or not in time.")) from error
    raise FetchError(_("The address leads on and on."))


def _checked(url: str) -> SplitResult:
    """The parts of the address. Raises FetchError when it is not one that the portal asks at."""
    wrong = FetchError(_("Write an address that begins with https:// and has no name or password in it."))
    if not url.isprintable() or " " in url or "\\" in url:
        raise wrong
    try:
        parts, port = urlsplit(url), urlsplit(url).port
    except ValueError as error:
        raise wrong from error
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc or port not in {None, HTTPS_PORT}:
        raise wrong
    return parts


def _ask(parts: SplitResult, limits: Limits, until: float) -> bytes | str:
    """The file, or the address that is named instead."""
    host = _ascii(parts.hostname or "")
    raw = INTERNET.connect(_looked_up(host, until), _left(until))
    with raw:
        raw.settimeout(_left(until))
        with INTERNET.tls.wrap_socket(raw, server_hostname=host) as secure:
            asked = http.client.HTTPConnection(host)
            asked.sock = _Timed(secure, until, limits.most_bytes + _HEADS)
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            asked.request("GET", path, headers=_HEADERS)
            with asked.getresponse() as answer:
                return _read(answer, limits)


def _ascii(host: str) -> str:
    try:
        return host.rstrip(".").encode("idna").decode("ascii")
    except UnicodeError as error:
        raise FetchError(_("The address cannot be reached on the internet.")) from error


def _looked_up(host: str, until: float) -> str:
    """One of the host's addresses, when every one of them is outside. Raises FetchError.

    The answer is one and the same for what is inside and for what is not there: nobody shall look around with it.
    """
    # The machine's own look-up takes as long as it likes.
    waiting = ThreadPoolExecutor(max_workers=1)
    try:
        addresses = waiting.submit(INTERNET.resolve, host).result(timeout=_left(until))
    except (OSError, UnicodeError) as error:
        raise FetchError(_("The address cannot be reached on the internet.")) from error
    finally:
        waiting.shutdown(wait=False)
    if not addresses or not all(is_outside(address) for address in addresses):
        raise FetchError(_("The address cannot be reached on the internet."))
    return addresses[0]


def _read(answer: http.client.HTTPResponse, limits: Limits) -> bytes | str:
    if answer.status in _REDIRECTS and (onward := answer.getheader("Location")):
        return onward
    if answer.status != http.client.OK or answer.getheader("Content-Encoding", "identity") != "identity":
        raise FetchError(_("There is no calendar at the address."))
    content = b""
    while chunk := answer.read(_CHUNK):
        content += chunk
        if len(content) > limits.most_bytes:
            raise _too_large()
    if answer.length:
        raise http.client.IncompleteRead(content, answer.length)
    return content


def _left(until: float) -> float:
    """The seconds that are left. Raises TimeoutError when there are none."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _too_large() -> FetchError:
    return FetchError(_("The calendar is too large: at most 2 MB."))


class _Timed:
    """A connection as http.client uses it, that never waits beyond the end and never takes more than it may."""

    def __init__(self, secure: ssl.SSLSocket, until: float, most_bytes: int) -> None:
        self._secure, self._until, self._most_bytes = secure, until, most_bytes

    def sendall(self, data: bytes) -> None:
        self._secure.settimeout(_left(self._until))
        self._secure.sendall(data)

    def makefile(self, *_args: Any, **_kwargs: Any) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self._secure, self._until, self._most_bytes))

    def close(self) -> None:
        """Asked for before the answer is read; whoever opened the connection closes it."""


class _TimedReader(io.RawIOBase):
    """What comes in: every waiting is counted, so that a letter a second comes to an end as well."""

    def __init__(self, secure: ssl.SSLSocket, until: float, most_bytes: int) -> None:
        super().__init__()
        self._secure, self._until, self._left_bytes = secure, until, most_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._secure.settimeout(_left(self._until))
        count = self._secure.recv_into(buffer)
        self._left_bytes -= count
        if self._left_bytes < 0:
            raise _too_large()
        return count
