"""A web server for the viewer: it serves the files of one folder, to this machine alone."""

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
    """A server of the folder's files on 127.0.0.1. It holds the port (any free port for 0); `serve_forever` starts it.

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
    """The names that a client may give for this server's host. Clients leave out the port 80."""
    names = (ADDRESS, "localhost")
    return frozenset({*(f"{name}:{port}" for name in names), *(names if port == HTTP_PORT else ())})


class _Handler(SimpleHTTPRequestHandler):
    """Serves the files under one folder: no listing, no link that leads out, no name of another host."""

    protocol_version = "HTTP/1.1"
    server_version = "align"
    sys_version = ""
    # The system's table may give scripts another type; a browser that may not guess would refuse it.
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript", ".css": "text/css"}  # noqa: RUF012 - as in the base class

    def do_GET(self) -> None:
        """Answer with a file."""
        self._answer(super().do_GET)

    def do_HEAD(self) -> None:
        """Answer with the headers of a file."""
        self._answer(super().do_HEAD)

    server: ThreadingHTTPServer

    def _answer(self, send: Callable[[], None]) -> None:
        # Another site may let its name lead here (DNS rebinding): its requests have that name as their host.
        if self.headers.get("Host", "").lower() not in own_hosts(self.server.server_port):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif not self._inside():
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            send()

    def _inside(self) -> bool:
        """Whether the path is that of a file in the folder. The path of the folder itself means its index.html."""
        path = unquote(urlsplit(self.path).path)
        if "\0" in path or "\\" in path:
            return False
        wanted = os.path.realpath(os.path.join(self.directory, path.lstrip("/") or "index.html"))  # noqa: PTH118
        return Path(wanted).is_relative_to(self.directory) and Path(wanted).is_file()

    def end_headers(self) -> None:
        """Add headers: browsers must not guess types, frame the page, or keep files that a rebuild changes."""
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
        """Log the request; -v shows the log."""
        log.debug(format, *args)
