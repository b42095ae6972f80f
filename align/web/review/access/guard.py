"""What every request passes and every answer gets: requests of other sites are refused, answers run nothing foreign."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_METHODS = ("GET", "HEAD", "POST", "PUT")
_READING = ("GET", "HEAD")
# The one style that OpenSeadragon writes into a page, known by its digest; with it no other one is let through.
_OPENSEADRAGON = "'sha256-9xTiqzfwFaL2SGb1rmr8gysEwVVjIvqWAgmZgqFqpEE='"
_POLICY = (
    f"default-src 'none'; script-src 'self'; style-src 'self' {_OPENSEADRAGON}; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": with it browsers would not say where a form comes from.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


@dataclass(frozen=True, slots=True)
class Site:
    """Where the server is reached: the hosts that clients may name, and the origins of its own pages."""

    hosts: frozenset[str]
    origins: frozenset[str]

    @property
    def encrypted(self) -> bool:
        """Whether all its pages come by HTTPS."""
        return all(origin.startswith("https://") for origin in self.origins)

    @classmethod
    def local(cls, port: int) -> Site:
        """The site of a server on this machine alone."""
        hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        if port == 80:
            hosts |= {"127.0.0.1", "localhost"}
        return cls(frozenset(hosts), frozenset(f"http://{host}" for host in hosts))

    @classmethod
    def public(cls, address: str, port: int) -> Site:
        """The site of a server that people open at this address, behind a reverse proxy or directly.

        A proxy may name the public host or this machine's own.
        """
        host = urlsplit(address).netloc.lower()
        return cls(frozenset({host, *cls.local(port).hosts}), frozenset({address.rstrip("/").lower()}))


TOO_LONG = "This is too long: write less, or do it in several steps."


class Guard:
    """Refuses requests for other hosts and from other sites, and adds the headers that keep pages safe."""

    def __init__(self, app: ASGIApp, site: Site, *, longest_body: int) -> None:
        """Stand before this application; a body that says that it has more than `longest_body` bytes is refused."""
        self._app, self._site, self._longest_body = app, site, longest_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message))
            await send(message)

        refused = self._fault(scope["method"], Headers(scope=scope))
        if refused is None:
            await self._app(scope, receive, guarded)
        else:
            await _answer(scope["path"], *refused)(scope, receive, guarded)

    def _fault(self, method: str, headers: Headers) -> tuple[int, str] | None:
        # Another site may let its name lead here (DNS rebinding): its requests have that name as their host.
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].strip().lower() not in self._site.hosts:
            return 421, "This server has another address: see --address."
        if method not in _METHODS:
            return 405, "This is not done here."
        if method in _READING:
            return None
        # A browser says where a request comes from that writes; a program that says nothing has no cookies of others.
        origins = {origin.strip().lower() for origin in headers.getlist("origin")}
        if not origins <= self._site.origins or headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return 403, "Only pages of this server may write to it."
        length = headers.get("content-length", "")
        if length.isascii() and length.isdecimal() and (len(length) > 18 or int(length) > self._longest_body):
            return 413, TOO_LONG
        return None

    def _add(self, headers: MutableHeaders) -> None:
        for name, value in _HEADERS.items():
            headers[name] = value
        headers["Content-Security-Policy"] = _POLICY
        headers.setdefault("Cache-Control", "no-store")
        if self._site.encrypted:
            headers["Strict-Transport-Security"] = "max-age=31536000"


def _answer(path: str, status: int, why: str) -> Response:
    """The refusal: JSON under /api/, else a line of text. The rest of the request is not read."""
    close = {"Connection": "close"}
    return (
        JSONResponse({"why": why}, status, close)
        if path.startswith("/api/")
        else PlainTextResponse(f"{why}\n", status, close)
    )
