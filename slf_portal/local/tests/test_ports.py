"""The port of `make run`: what may be asked for, and when it is refused."""

import socket

import pytest

from slf_portal.local import ports
from slf_portal.local.console import CannotStartError


def test_a_port_is_refused_while_something_listens_on_it() -> None:
    with socket.create_server((ports.HOST, 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(CannotStartError, match=f"Port {port} er optaget"):
            ports.require_free(port)
    ports.require_free(port)


@pytest.mark.parametrize("text", ["", "web", "0", "-1", "65536", "80.5"])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(CannotStartError, match="PORT skal være et tal"):
        ports.port_from(text)


def test_a_port_is_read() -> None:
    assert ports.port_from("8000") == 8000
