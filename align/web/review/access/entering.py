"""The entrance of `align review`: the secret in the address is exchanged for a session, once."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from align.web.review.access.one_person import OnePerson
from align.web.review.rendering import Rendering

ENTRANCE = "/enter"


@dataclass(frozen=True, slots=True)
class Entering:
    """The one route by which the one person comes in."""

    door: OnePerson
    rendering: Rendering

    def routes(self) -> list[Route]:
        """The route."""
        return [Route(ENTRANCE, self._enter, methods=["GET"])]

    async def _enter(self, request: Request) -> Response:
        token = self.door.enter(request.query_params.get("secret", ""))
        if token is None and request.state.user is None:
            return self.rendering.sentence(request, "secret-used", status=401)
        # The answer leads away from the address with the secret, so that no page has it as its own.
        response = RedirectResponse("/", 303)
        if token is not None:
            self.rendering.cookies.give(response, token)
        return response
