"""The entrance of `align serve`: people sign in with name and password, and out again."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from align.database.accounts import Accounts
from align.web.review.access.attempts import Attempts
from align.web.review.access.forms import UnfitFormError, sent_form
from align.web.review.access.users import User
from align.web.review.rendering import Rendering

ENTRANCE = "/login"


@dataclass(frozen=True, slots=True)
class AccountsDoor:
    """Knows people by their sessions in the store, which end at once wherever they are ended."""

    accounts: Accounts

    def user(self, token: str) -> User | None:
        """The user of this session; None where there is none."""
        account = self.accounts.of_session(token)
        return None if account is None else User(account.name, account.role)

    def leave(self, token: str) -> None:
        """End this session."""
        self.accounts.end_session(token)


@dataclass(frozen=True, slots=True)
class SigningIn:
    """The routes to come in and to go out."""

    accounts: Accounts
    attempts: Attempts
    rendering: Rendering

    def routes(self) -> list[Route]:
        """All routes."""
        return [
            Route(ENTRANCE, self._form, methods=["GET"]),
            Route(ENTRANCE, self._sign_in, methods=["POST"]),
            Route("/logout", self._sign_out, methods=["POST"]),
        ]

    async def _form(self, request: Request) -> Response:
        if request.state.user is not None:
            return RedirectResponse("/", 303)
        return self._page(request)

    def _page(self, request: Request, sentence: str | None = None, *, status: int = 200, n: int = 0) -> Response:
        """The form. A browser without a cookie gets one that is no session, to which the form is bound."""
        fresh = "" if request.state.token else secrets.token_urlsafe(32)
        request.state.token = request.state.token or fresh
        page = self.rendering.page(request, "review_login.html", status=status, sentence=sentence, n=n)
        if fresh:
            self.rendering.cookies.give(page, fresh)
        return page

    async def _sign_in(self, request: Request) -> Response:
        try:
            fields = await sent_form(request, self.rendering.cookies)
        except UnfitFormError:
            return self._page(request, "form-old", status=403)
        name, address = fields.get("name", ""), request.client.host if request.client else ""
        if wait := self.attempts.wait(name, address):
            page = self._page(request, "too-many", status=429, n=wait)
            page.headers["Retry-After"] = str(wait)
            return page
        # Counted before it is checked: many at the same moment are many.
        self.attempts.failed(name, address)
        account = await run_in_threadpool(self.accounts.checked, name, fields.get("password", ""))
        if account is None:
            return self._page(request, "wrong-sign-in", status=401)
        self.attempts.succeeded(name, address)
        token = await run_in_threadpool(self.accounts.begin_session, account.name)
        response = RedirectResponse("/", 303)
        self.rendering.cookies.give(response, token)
        return response

    async def _sign_out(self, request: Request) -> Response:
        try:
            await sent_form(request, self.rendering.cookies)
        except UnfitFormError:
            return self.rendering.sentence(request, "form-old", status=403)
        await run_in_threadpool(self.accounts.end_session, request.state.token)
        response = RedirectResponse(ENTRANCE, 303)
        self.rendering.cookies.take(response)
        return response
