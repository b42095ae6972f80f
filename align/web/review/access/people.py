"""The page of people, for the chief editor: who may come in, in which role, and where they are signed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from align.database.accounts import ROLES, Accounts, Role, fit_name
from align.errors import UsageError
from align.web.review.access.forms import UnfitFormError, sent_form
from align.web.review.access.sessions import user_of
from align.web.review.rendering import Rendering


@dataclass(frozen=True, slots=True)
class People:
    """The routes of the page."""

    accounts: Accounts
    rendering: Rendering

    def routes(self) -> list[Route]:
        """All routes; each is for the chief editor alone."""
        return [Route("/people", self._shown, methods=["GET"]), Route("/people", self._changed, methods=["POST"])]

    async def _shown(self, request: Request) -> Response:
        if not user_of(request).may("chief"):
            return self.rendering.sentence(request, "chief-only", status=403)
        return await self._page(request)

    async def _page(
        self, request: Request, sentence: str | None = None, *, name: str = "", status: int = 200
    ) -> Response:
        people = await run_in_threadpool(self.accounts.all)
        return self.rendering.page(
            request, "review_people.html", status=status, people=people, roles=ROLES, sentence=sentence, name=name
        )

    async def _changed(self, request: Request) -> Response:
        """Do what a form asks; the page again, with what was done or why it was not."""
        if not user_of(request).may("chief"):
            return self.rendering.sentence(request, "chief-only", status=403)
        try:
            fields = await sent_form(request, self.rendering.cookies)
            done = await run_in_threadpool(self._do, fields)
        except UnfitFormError:
            return await self._page(request, "form-old", status=403)
        except UsageError as refused:
            return await self._page(request, refused.cause, status=422)
        return await self._page(request, done, name=fields.get("name", ""))

    def _do(self, fields: Mapping[str, str]) -> str:
        """Do it; the name of the message that says so."""
        name = fields.get("name", "")
        match fields.get("do"):
            case "add":
                self.accounts.add(fit_name(name), _role(fields), _password(fields))
                return "person-added"
            case "role":
                self.accounts.change(name, role=_role(fields))
            case "password":
                self.accounts.set_password(name, _password(fields))
            case "sign-out":
                self.accounts.end_sessions(name)
            case "shut-out":
                self.accounts.change(name, active=False)
            case "let-in":
                self.accounts.change(name, active=True)
            case _:
                raise UnfitFormError("nothing of ours")
        return "person-changed"


def _role(fields: Mapping[str, str]) -> Role:
    if fields.get("role") not in ROLES:
        raise UnfitFormError("no such role")
    return cast(Role, fields["role"])


def _password(fields: Mapping[str, str]) -> str:
    if fields.get("password") != fields.get("again"):
        raise UsageError("The two passwords differ: type them again.", cause="passwords-differ")
    return fields.get("password", "")
