"""The viewer on this machine's own address: files of one folder, to this machine alone."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.client import HTTP_PORT
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from align.errors import UsageError

ADDRESS = "127.0.0.1"
log = logging.getLogger(__name__)


def served(folder: Path, *, port: int) -> ThreadingHTTPServer:
    """A server of the folder's files on 127.0.0.1, its port taken (any free one for 0); `serve_forever` starts it.

    Raises UsageError where the port is taken.
    """
    handler = partial(_Handler, directory=os.path.realpath(folder))
    try:
        return ThreadingHTTPServer((ADDRESS, port), handler)
    except OSError as error:
        raise UsageError(
            f"Port {port} of this machine cannot be used ({error.strerror}): give another one with --port."
        ) from error


def own_hosts(port: int) -> frozenset[str]:
    """What a client may call this server's host: clients leave HTTP's own port out."""
    names = (ADDRESS, "localhost")
    return frozenset({*(f"{name}:{port}" for name in names), *(names if port == HTTP_PORT else ())})


class _Handler(SimpleHTTPRequestHandler):
    """Files under one folder, and nothing else: no listing, no link out of it, no other host's name."""

    protocol_version = "HTTP/1.1"
    server_version = "align"
    sys_version = ""
    # The system's own table may say otherwise of scripts, and a browser that may not guess would refuse them.
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript", ".css": "text/css"}  # noqa: RUF012 - as in the base class

    def do_GET(self) -> None:
        """Answer with a file."""
        self._answer(super().do_GET)

    def do_HEAD(self) -> None:
        """Answer with what a file is."""
        self._answer(super().do_HEAD)

    server: ThreadingHTTPServer

    def _answer(self, send: Callable[[], None]) -> None:
        # A page of another site whose name was made to lead here (DNS rebinding) has that name as its host.
        if self.headers.get("Host", "").lower() not in own_hosts(self.server.server_port):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif not self._inside():
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            send()

    def _inside(self) -> bool:
        """Whether the path is that of a file in the folder; the folder itself is its index.html."""
        path = unquote(urlsplit(self.path).path)
        if "\0" in path or "\\" in path:
            return False
        wanted = os.path.realpath(os.path.join(self.directory, path.lstrip("/") or "index.html"))  # noqa: PTH118
        return Path(wanted).is_relative_to(self.directory) and Path(wanted).is_file()

    def end_headers(self) -> None:
        """Add what keeps browsers from guessing, from framing and from keeping what a rebuild changes."""
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
        """Say what was asked for where -v asks for it."""
        log.debug(format, *args)
