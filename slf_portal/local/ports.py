"""Ports on this machine's own address."""

import socket

from slf_portal.local.console import CannotStartError

HOST = "127.0.0.1"
HIGHEST = 65535


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def require_free(port: int) -> None:
    """Refuse a port that something listens on, or that this user may not have."""
    with socket.socket() as probe:
        # As the web server does: connections of the last run that linger do not make the port busy.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise CannotStartError(f"Port {port} kræver root. Vælg en anden: make run PORT=8001") from None
        except OSError:
            raise CannotStartError(f"Port {port} er optaget. Vælg en anden: make run PORT=8001") from None


def port_from(text: str) -> int:
    """The port that a variable names, 1-65535."""
    if not text.isdecimal() or not 1 <= int(text) <= HIGHEST:
        raise CannotStartError(f"PORT skal være et tal fra 1 til {HIGHEST}, ikke {text!r}.")
    return int(text)
