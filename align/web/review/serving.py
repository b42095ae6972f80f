"""The web server: it takes the port, serves until it is told to end, and then ends open streams first."""

from __future__ import annotations

import os
import socket

import uvicorn

from align.errors import UsageError
from align.web.review.app import Served

# Connections at once: those of some dozens of browsers, each with a stream and a few more.
_MOST_CONNECTIONS = 1_000
# Connections that the system holds while the server is busy.
_WAITING = 128
# Seconds that answers on their way have when the server ends.
_GRACE_S = 5


def taken_port(host: str, port: int) -> socket.socket:
    """A socket that holds this port (any free port for 0); UsageError ("port-taken") where it cannot be used."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # Of TCP by name: only then asyncio sends each part of an answer at once, and does not wait for a fuller packet.
        held = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            if os.name == "posix":  # elsewhere this would let two programs have one port
                held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            held.bind((host, port))
            held.listen(_WAITING)
        except OSError:
            held.close()
            raise
    except OSError as error:
        raise UsageError(
            f"Port {port} of {host} cannot be used ({error.strerror or error}): give another one with --port.",
            cause="port-taken",
        ) from error
    held.set_inheritable(False)
    return held


def serve_until_stopped(served: Served, held: socket.socket, *, behind_proxy: bool) -> None:
    """Serve on this socket until Ctrl-C or a signal to end.

    `behind_proxy`: a reverse proxy on this machine is believed whose address a request comes from.
    """
    config = uvicorn.Config(
        served.app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=behind_proxy,
        forwarded_allow_ips="127.0.0.1" if behind_proxy else None,
        ws="none",
        lifespan="on",
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=_GRACE_S,
        h11_max_incomplete_event_size=64 * 1024,
    )
    _Server(config, served).run(sockets=[held])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, served: Served) -> None:
        super().__init__(config)
        self._served = served

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End open streams, then all else."""
        self._served.close()
        await super().shutdown(sockets)
