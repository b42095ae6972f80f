"""A web server for the viewer: it serves the files of one folder, to this machine alone."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from functools import partial
from http import HTTPStatus
from http.client import HTTP_PORT
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from typing import BinaryIO, cast
from urllib.parse import unquote, urlsplit

from align.errors import UsageError
from align.web.folder_files import file_in
from align.web.viewer.connections import IDLE_SECONDS, Connections
from align.web.viewer.http_rules import REQUEST_LINE, header_fault

ADDRESS = "127.0.0.1"
# Bytes of a request's first line; no address of the viewer is a hundredth as long.
_LONGEST_LINE = 65_537
log = logging.getLogger(__name__)


def served(folder: Path, *, port: int) -> ThreadingHTTPServer:
    """A server of the folder's files on 127.0.0.1. It holds the port (any free port for 0); `serve_forever` starts it.

    Raises UsageError where the port is taken.
    """
    handler = partial(_Handler, directory=os.path.realpath(folder))
    try:
        return _Server((ADDRESS, port), handler)
    except OSError as error:
        raise UsageError(
            f"Port {port} of this machine cannot be used ({error.strerror}): give another one with --port."
        ) from error


def own_hosts(port: int) -> frozenset[str]:
    """The names that a client may give for this server's host. Clients leave out the port 80."""
    names = (ADDRESS, "localhost")
    return frozenset({*(f"{name}:{port}" for name in names), *(names if port == HTTP_PORT else ())})


class _Server(ThreadingHTTPServer):
    """A thread for each connection, for as many connections as are sensible. None may keep its thread without end."""

    # Connections that the system holds while the server is busy: those of a browser with many windows, and more.
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], handler: partial[_Handler]) -> None:
        """Take the address and what makes a handler."""
        self.connections = Connections()
        super().__init__(address, handler)

    # In the base class a request may be a datagram too; here it is a connection.
    def process_request(self, request: socket, client_address: tuple[str, int]) -> None:  # type: ignore[override]
        """Begin a thread for the connection, or close the connection where there are too many busy ones."""
        if self.connections.admitted(request):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def shutdown_request(self, request: socket) -> None:  # type: ignore[override]
        """Close the connection."""
        self.connections.remove(request)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Close connections that have waited too long; the server's loop calls this about twice a second."""
        self.connections.close_idle()

    def handle_error(self, request: object, client_address: object) -> None:
        """Log that a client went away in the middle of an answer; log a fault of this program with its traceback."""
        gone = isinstance(sys.exception(), ConnectionError | TimeoutError)
        log.log(logging.DEBUG if gone else logging.ERROR, "%s %s", client_address, request, exc_info=True)


class _Handler(SimpleHTTPRequestHandler):
    """Serves the files under one folder: no listing, no link that leads out, no name of another host."""

    protocol_version = "HTTP/1.1"
    default_request_version = "HTTP/1.0"  # so that a request without a version is refused with a status line
    server_version = "align"
    sys_version = ""
    timeout = IDLE_SECONDS
    # The system's table may give scripts another type; a browser that may not guess would refuse it.
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript", ".css": "text/css"}  # noqa: RUF012 - as in the base class
    server: _Server
    connection: socket
    raw_requestline: bytes

    def handle_one_request(self) -> None:
        """Read a request and answer it."""
        self.server.connections.wait(self.connection)
        super().handle_one_request()

    def parse_request(self) -> bool:
        """Whether the request is one that can be answered; all others are refused here, and their connection closed."""
        if self.raw_requestline in (b"\r\n", b"\n"):  # one empty line may stand before a request
            self.raw_requestline = self.rfile.readline(_LONGEST_LINE)
        strict = REQUEST_LINE.fullmatch(self.raw_requestline)
        if not super().parse_request():
            return False
        self.server.connections.work(self.connection)
        fault = header_fault(self.headers, self.request_version)
        if not strict:
            self.request_version, fault = "HTTP/1.0", HTTPStatus.BAD_REQUEST
        # Another site may let its name lead here (DNS rebinding): its requests have that name as their host.
        if fault is None and self.headers.get("Host", "").strip().lower() not in own_hosts(self.server.server_port):
            fault = HTTPStatus.MISDIRECTED_REQUEST
        if fault is None and self.command not in ("GET", "HEAD"):
            fault = HTTPStatus.METHOD_NOT_ALLOWED
        if fault is not None:
            self.send_error(fault)
            return False
        if self.headers.get("Content-Length", "0").strip("0"):
            self.close_connection = True  # nothing reads the body: what follows is not the next request
        return True

    def do_GET(self) -> None:
        """Answer with a file."""
        self._answer(body=True)

    def do_HEAD(self) -> None:
        """Answer with the headers of a file."""
        self._answer(body=False)

    def _answer(self, *, body: bool) -> None:
        path = self._path()
        stream = None if path is None else self._opened(path)
        if path is None:
            self.send_error(HTTPStatus.BAD_REQUEST)
        elif stream is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            with stream:
                self._send(stream, body=body)

    def _path(self) -> str | None:
        """The path that is asked for; None where the target is neither a path nor a whole address of this server."""
        if self.path.startswith("/"):
            return None if "#" in self.path else self.path.partition("?")[0]
        try:
            parts = urlsplit(self.path)
        except ValueError:
            return None
        own = parts.scheme == "http" and parts.netloc.lower() in own_hosts(self.server.server_port)
        return parts.path or "/" if own and not parts.fragment else None

    def _opened(self, path: str) -> BinaryIO | None:
        """The file in the folder at this path. The path of the folder itself means its index.html."""
        wanted = file_in(Path(self.directory), unquote(path))
        try:
            return None if wanted is None else wanted.open("rb")
        except OSError:
            return None

    def _send(self, stream: BinaryIO, *, body: bool) -> None:
        status = os.fstat(stream.fileno())
        tag = f'"{status.st_ino:x}-{status.st_size:x}-{status.st_mtime_ns:x}"'
        asked = [own.strip().removeprefix("W/") for own in self.headers.get("If-None-Match", "").split(",")]
        if tag in asked or asked == ["*"]:
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(cast(str, stream.name)))
        self.send_header("Content-Length", str(status.st_size))
        self.send_header("ETag", tag)
        self.end_headers()
        if body:
            shutil.copyfileobj(stream, self.wfile)

    def end_headers(self) -> None:
        """Add headers: browsers must not guess types, frame the page, or keep files that a rebuild changes."""
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Allow", "GET, HEAD")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
        """Log the request; -v shows the log."""
        log.debug(format, *args)
