"""What is fetched from an address that somebody writes: only from the open internet, so much and so long."""

import time
from collections.abc import Iterator

import pytest
from django.utils import translation

from slf_portal.common import fetching
from slf_portal.common.fetching import Limits, fetch, is_outside
from tests.calendar_server import OPEN, CalendarServer, refused

URL = "https://kalender.example/mig.ics"
INSIDE = "Adressen kan ikke nås på internettet."
WRONG = "Skriv en adresse, der begynder med https:// og ikke indeholder navn eller adgangskode."
SILENT = "Der svares ikke på adressen, eller ikke i tide."
LARGE = "Kalenderen er for stor: højst 2 MB."
NONE_THERE = "Der er ingen kalender på adressen."
OK = b"HTTP/1.1 200 OK\r\n"


@pytest.fixture(autouse=True)
def _in_danish() -> Iterator[None]:
    with translation.override("da"):
        yield


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LIMITS", Limits(seconds=1))


def test_a_file_is_fetched_from_the_address_that_was_looked_at(outside: CalendarServer) -> None:
    outside.give("/mig.ics?noegle=1", b"BEGIN")
    assert fetch(f"{URL}?noegle=1") == b"BEGIN"
    assert (outside.looked_up, outside.connected) == (["kalender.example"], [OPEN])


def test_a_file_in_pieces_is_put_together(outside: CalendarServer) -> None:
    chunks = b"Transfer-Encoding: chunked\r\n\r\n5\r\nBEGIN\r\n4\r\n:VCA\r\n0\r\n\r\n"
    outside.answers["/mig.ics"] = lambda client: client.sendall(OK + chunks)
    assert fetch(URL) == b"BEGIN:VCA"


@pytest.mark.parametrize(
    "url",
    [
        "http://kalender.example/mig.ics",
        "file:///etc/passwd",
        "kalender.example/mig.ics",
        "https://",
        "https:///mig.ics",
        "https://mette:kode@kalender.example/mig.ics",
        "https://@kalender.example/mig.ics",
        "https://kalender.example:8443/mig.ics",
        "https://kalender.example:abc/",
        "https://kalender.example\\@inde.example/",
        "https://kalender.example/\r\nX-Mig: 1",
        "https://[::1",
    ],
)
def test_an_address_that_is_none_is_refused_unasked(url: str, outside: CalendarServer) -> None:
    assert refused(url) == WRONG
    assert (outside.looked_up, outside.connected) == ([], [])


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "0x7f.1", "2130706433", "017700000001", "10.1.2.3",
        "0.0.0.0",  # noqa: S104 - nothing is bound to it
        "172.16.0.1", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "192.0.0.8", "198.18.0.1", "192.0.2.1", "224.0.0.1", "255.255.255.255",
        "192.88.99.1", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:93.184.216.34]", "[::7f00:1]", "[fe80::1]",
        "[fd00::1]", "[fec0::1]", "[ff02::1]", "[2002:7f00:1::]", "[64:ff9b::7f00:1]", "[64:ff9b:1::a00:1]",
        "[2001:0:7f00:1::]", "[2001:db8::1]", "[3fff::1]", "[5f00::1]",
    ],
)  # fmt: skip
def test_nothing_inside_is_asked(host: str, outside: CalendarServer) -> None:
    assert refused(f"https://{host}/") == INSIDE
    assert outside.connected == []


@pytest.mark.parametrize("addresses", [["10.0.0.5"], [OPEN, "127.0.0.1"], ["::1"], ["fe80::1%eth0"], []])
def test_a_name_that_leads_inside_is_not_asked(addresses: list[str], outside: CalendarServer) -> None:
    outside.names["inde.example"] = addresses
    assert refused("https://inde.example/") == INSIDE
    assert outside.connected == []


@pytest.mark.parametrize("name", ["localhost", "findes-ikke.example", "a" * 70 + ".example", "é..example"])
def test_what_is_not_there_and_what_is_inside_sound_the_same(name: str, outside: CalendarServer) -> None:
    outside.names["localhost"] = ["127.0.0.1", "::1"]
    assert refused(f"https://{name}/") == INSIDE


def test_the_name_is_looked_up_once(outside: CalendarServer) -> None:
    """A name that stands for something else the next time it is asked about gains nothing."""
    outside.give("/mig.ics", b"BEGIN")
    fetch(URL)
    assert outside.looked_up == ["kalender.example"]


def test_the_server_must_be_who_the_name_says(outside: CalendarServer) -> None:
    outside.names["en-anden.example"] = [OPEN]
    outside.give("/", b"BEGIN")
    assert refused("https://en-anden.example/") == SILENT
    assert outside.asked == []


def test_a_redirect_is_followed(outside: CalendarServer) -> None:
    outside.send_on("/mig.ics", "https://videre.example/nu.ics")
    outside.send_on("/nu.ics", "/her.ics")
    outside.give("/her.ics", b"BEGIN")
    assert fetch(URL) == b"BEGIN"
    assert outside.connected == [OPEN, "93.184.216.35", "93.184.216.35"]


@pytest.mark.parametrize(
    ("onward", "why"),
    [
        ("https://127.0.0.1/", INSIDE),
        ("https://[::ffff:10.0.0.1]/", INSIDE),
        ("//inde.example/", INSIDE),
        ("http://kalender.example/", WRONG),
        ("https://kalender.example:22/", WRONG),
        ("file:///etc/passwd", WRONG),
    ],
)
def test_a_redirect_inside_is_not_followed(onward: str, why: str, outside: CalendarServer) -> None:
    outside.names["inde.example"] = ["192.168.0.1"]
    outside.send_on("/mig.ics", onward)
    assert refused(URL) == why
    assert outside.connected == [OPEN]


def test_redirects_come_to_an_end(outside: CalendarServer) -> None:
    outside.send_on("/mig.ics", URL)
    assert refused(URL) == "Adressen fører videre og videre uden at nå frem."
    assert len(outside.asked) == 4


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    "first",
    [b"", b"HTTP/1.1 200 OK\r\nX: ", OK + b"\r\n", OK + b"Transfer-Encoding: chunked\r\n\r\nfffff\r\n"],
    ids=["before the head", "in the head", "in the body", "in a piece"],
)
def test_a_letter_at_a_time_comes_to_an_end(first: bytes, outside: CalendarServer) -> None:
    outside.trickle("/mig.ics", first, piece=b"x", every=0.05)
    began = time.monotonic()
    assert refused(URL) == SILENT
    assert time.monotonic() - began < 3


@pytest.mark.usefixtures("hasty")
def test_silence_comes_to_an_end(outside: CalendarServer) -> None:
    outside.answers["/mig.ics"] = lambda client: time.sleep(3)
    assert refused(URL) == SILENT


@pytest.mark.usefixtures("hasty")
def test_a_slow_look_up_comes_to_an_end(outside: CalendarServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(host: str) -> list[str]:
        time.sleep(2)
        return [OPEN]

    monkeypatch.setattr(fetching, "INTERNET", fetching.Outside(slowly))
    began = time.monotonic()
    assert refused(URL) == INSIDE
    assert time.monotonic() - began < 1.8


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (OK + b"\r\n", b"x" * 65536),
        (OK + b"Content-Length: 999999999999\r\n\r\n", b"x" * 65536),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b"x" * 65536 + b"\r\n"),
    ],
)
def test_a_body_without_end_is_broken_off(head: bytes, piece: bytes, outside: CalendarServer) -> None:
    outside.trickle("/mig.ics", head, piece=piece, every=0)
    assert refused(URL) == LARGE


def test_two_megabytes_are_read_and_not_one_letter_more(outside: CalendarServer) -> None:
    outside.give("/mig.ics", b"x" * 2 * 2**20)
    assert len(fetch(URL)) == 2 * 2**20
    outside.give("/mig.ics", b"x" * (2 * 2**20 + 1))
    assert refused(URL) == LARGE


def test_heads_without_end_are_broken_off(outside: CalendarServer) -> None:
    outside.trickle("/mig.ics", b"", piece=b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, every=0)
    assert refused(URL) == LARGE


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"HTTP/1.1 404 Not Found\r\n\r\n", NONE_THERE),
        (b"HTTP/1.1 500 Oh\r\n\r\n", NONE_THERE),
        (b"HTTP/1.1 302 Found\r\n\r\n", NONE_THERE),
        (OK + b"Content-Encoding: gzip\r\n\r\nbomb", NONE_THERE),
        (OK + b"Content-Length: 100\r\n\r\nshort", SILENT),
        (b"nonsense\r\n\r\n", SILENT),
        (b"", SILENT),
    ],
)
def test_anything_but_a_file_is_refused(answer: bytes, why: str, outside: CalendarServer) -> None:
    outside.answers["/mig.ics"] = lambda client: client.sendall(answer)
    assert refused(URL) == why


@pytest.mark.parametrize("address", [OPEN, "1.1.1.1", "2606:4700::1111", "2a00:1450:400f::200e"])
def test_the_open_internet_is_outside(address: str) -> None:
    assert is_outside(address)


def test_what_is_no_address_is_not_outside() -> None:
    assert not is_outside("kalender.example")
