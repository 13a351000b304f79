"""granian on a socket that systemd holds: takes granian's own words, and opens a socket itself where none is handed over.

While the portal is started anew the socket stays open and connections wait in it: none is refused, and what the old
processes have begun they finish. Run it with the Python of .venv.
"""

from __future__ import annotations

import os
import socket
from typing import Any

from granian import cli
from granian.net import SocketHolder
from granian.server import mp

FIRST = 3  # sd_listen_fds(3)


def handed_over() -> int | None:
    """The file descriptor of a socket that was handed over to this very process, or None."""
    mine = os.environ.get("LISTEN_PID") == str(os.getpid())
    return FIRST if mine and int(os.environ.get("LISTEN_FDS", "0")) == 1 else None


class HeldServer(mp.MPServer):  # type: ignore[misc]  # granian's classes are not typed
    """granian's server of processes on a socket that it neither opens nor closes."""

    def _init_shared_socket(self) -> None:
        descriptor = handed_over()
        if descriptor is None:
            super()._init_shared_socket()
            return
        held = socket.socket(fileno=descriptor)
        held.set_inheritable(True)
        self._ssp = None
        self._sfd = descriptor
        self._shd: Any = SocketHolder(descriptor, False, self.backlog)
        self._sso = held


if __name__ == "__main__":
    cli.Server = HeldServer
    cli.entrypoint()
