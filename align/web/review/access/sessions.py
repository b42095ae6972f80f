"""Sessions in cookies: who asks is known before any page or answer is made, and forms carry a token of the session."""

from __future__ import annotations

import hmac
import logging
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request, cookie_parser
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from align.errors import AlignError
from align.web.review.access.users import Door, User

# Seconds for which a browser keeps the cookie; the server may end the session before.
_KEPT_S = 30 * 24 * 3600
# Before anybody is known these can be opened, and nothing else.
OPEN = ("/login", "/enter")
OPEN_FOLDER = "/static/"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cookies:
    """The cookie of a session. Its name has the port in it: browsers share cookies between all ports of a machine."""

    port: int
    encrypted: bool
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    @property
    def name(self) -> str:
        """The name of the cookie; with its prefix a browser takes it over HTTPS alone, and from this host alone."""
        return f"{'__Host-' if self.encrypted else ''}align-{self.port}"

    def token(self, headers: Headers) -> str:
        """The token of the session that these headers name; "" where they name none."""
        return cookie_parser("; ".join(headers.getlist("cookie"))).get(self.name, "")

    def give(self, response: Response, token: str) -> None:
        """Let the browser keep this token."""
        response.set_cookie(
            self.name, token, max_age=_KEPT_S, path="/", secure=self.encrypted, httponly=True, samesite="strict"
        )

    def take(self, response: Response) -> None:
        """Let the browser forget the token."""
        response.set_cookie(self.name, "", max_age=0, path="/", secure=self.encrypted, httponly=True, samesite="strict")

    def form_token(self, token: str) -> str:
        """What a form of this session carries; nobody who does not know the session can make it."""
        return hmac.new(self.key, token.encode("utf-8", "surrogatepass"), sha256).hexdigest()


class Admission:
    """Hands a request on with its user, or refuses it where nobody is known and the path is not open to all."""

    def __init__(self, app: ASGIApp, door: Door, cookies: Cookies, *, entrance: str) -> None:
        """Stand before this application; pages that nobody may see yet lead to the path `entrance`."""
        self._app, self._door, self._cookies, self._entrance = app, door, cookies, entrance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand the request on."""
        if scope["type"] == "http":
            token = self._cookies.token(Headers(scope=scope))
            path = scope["path"]
            try:
                user = await run_in_threadpool(self._door.user, token) if token else None
            except AlignError as error:
                log.error("%s", error)
                await _failing(path)(scope, receive, send)
                return
            if user is None and path not in OPEN and not path.startswith(OPEN_FOLDER):
                await self._refusal(path)(scope, receive, send)
                return
            scope.setdefault("state", {}).update(user=user, token=token)
        await self._app(scope, receive, send)

    def _refusal(self, path: str) -> Response:
        if path.startswith("/api/"):
            return JSONResponse({"why": "Sign in again, then repeat it."}, HTTPStatus.UNAUTHORIZED)
        return RedirectResponse(self._entrance, HTTPStatus.SEE_OTHER)


def _failing(path: str) -> Response:
    """The answer where the store does not say who asks."""
    why = "It cannot be looked up now who you are: try again in a while."
    if path.startswith("/api/"):
        return JSONResponse({"why": why}, HTTPStatus.SERVICE_UNAVAILABLE)
    return PlainTextResponse(f"{why}\n", HTTPStatus.SERVICE_UNAVAILABLE)


def user_of(request: Request) -> User:
    """The user who asks; only where somebody is known."""
    user = request.state.user
    assert isinstance(user, User)
    return user
