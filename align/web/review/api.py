"""The HTTP API: JSON in, JSON out, under /api/."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from align.database.accounts import Role
from align.errors import AlignError
from align.model.decision import Json
from align.web.review.access.sessions import user_of
from align.web.review.access.users import Door, User
from align.web.review.deciding.changed import Changed
from align.web.review.deciding.desk import Answer, Desk, seen_event, why
from align.web.review.deciding.many import decide_many, preview, undo_many
from align.web.review.deciding.overview import document_states, pace, progress
from align.web.review.deciding.wishes import UnfitWishError, event_name, read_json, subject_of, wish_of
from align.web.review.stream import Hub, Stream

Endpoint = Callable[[Request], Awaitable[Response]]
Read = Callable[[Request, User], Answer]
Write = Callable[[Request, Mapping[str, Json], User], Answer]
# Causes of a store that may be there again in a moment; all others are a decision that could not be kept.
_PASSING = ("busy", "unreachable")


@dataclass(frozen=True, slots=True)
class Api:
    """The routes of the API over a desk; `index` is the address of the report's list of findings."""

    desk: Desk
    changed: Changed
    hub: Hub
    door: Door
    index: Callable[[], str | None]

    def routes(self) -> list[Route]:
        """All routes, each with the role that it needs."""
        subject = "/api/subjects/{kind}/{key}"
        return [
            Route("/api/state", _reads(self._state), methods=["GET"]),
            Route("/api/decisions", _reads(self._decisions), methods=["GET"]),
            Route("/api/progress", _reads(self._progress), methods=["GET"]),
            Route("/api/events", self._events, methods=["GET"]),
            Route(subject, _reads(self._subject), methods=["GET"]),
            Route(subject, self._writes("editor", self._decide), methods=["PUT"]),
            Route("/api/undo", self._writes("editor", self._undo), methods=["POST"]),
            Route("/api/many/preview", self._writes("editor", self._preview), methods=["POST"]),
            Route("/api/many", self._writes("editor", self._many), methods=["POST"]),
        ]

    def _state(self, _: Request, user: User) -> Answer:
        results = self.desk.results()
        states = document_states(results, self.changed.standing(), pace(self.desk.history, user.name))
        return _json(
            {
                "collection": results.title,
                "user": asdict(user),
                "results": results.version,
                "index": self.index(),
                "last": self.desk.history.last,
                "documents": [own.json() for own in states],
            }
        )

    def _decisions(self, request: Request, _: User) -> Answer:
        after = _number(request.query_params.get("after", "0"))
        history = self.desk.history
        last, stands, none = history.changed(after)
        standing = ",".join(map(history.line, stands))
        changed = ",".join(self.changed.lines())
        subjects = json.dumps([subject._asdict() for subject in none])
        return Answer(200, f'{{"last":{last},"standing":[{standing}],"none":{subjects},"changed":[{changed}]}}')

    def _progress(self, _: Request, user: User) -> Answer:
        return _json(progress(self.desk.results(), self.desk.history, self.changed.standing(), user.name))

    def _subject(self, request: Request, _: User) -> Answer:
        return self.desk.shown(subject_of(request.path_params["kind"], request.path_params["key"]))

    def _decide(self, request: Request, asked: Mapping[str, Json], user: User) -> Answer:
        subject = subject_of(request.path_params["kind"], request.path_params["key"])
        if "if-match" not in request.headers:
            return why(428, "The header If-Match is missing: reload the page.")
        based_on = seen_event(request.headers["if-match"])
        return self.desk.decide(subject, wish_of(subject.kind, asked), based_on, user.name)

    def _undo(self, _: Request, asked: Mapping[str, Json], user: User) -> Answer:
        if "batch" in asked:
            return undo_many(self.desk, event_name(asked["batch"], "batch"), user.name)
        about = asked.get("subject")
        if not isinstance(about, dict):
            raise UnfitWishError("Say which subject or which batch is taken back: reload the page.")
        subject = subject_of(about.get("kind"), about.get("key"))
        return self.desk.undo(subject, event_name(asked.get("event")), user.name)

    def _preview(self, _: Request, asked: Mapping[str, Json], user: User) -> Answer:
        return preview(self.desk, asked, user.name)

    def _many(self, _: Request, asked: Mapping[str, Json], user: User) -> Answer:
        return decide_many(self.desk, asked, user.name)

    async def _events(self, request: Request) -> ASGIApp:
        """The stream of what others do; it goes on after the event that the browser had last."""
        stated = request.headers.get("last-event-id") or request.query_params.get("after")
        try:
            after = self.desk.history.last if stated is None else _number(stated)
        except UnfitWishError as unfit:
            return _response(why(422, str(unfit)))
        token = request.state.token

        async def alive() -> bool:
            return await run_in_threadpool(self.door.user, token) is not None

        full = _response(why(503, "Too many pages are open: close some."))
        return Stream(self.hub, user_of(request).name, self.hub.messages(after, alive), full)

    def _writes(self, role: Role, work: Write) -> Endpoint:
        """An endpoint that does this work for users who may, and then tells all pages."""

        async def endpoint(request: Request) -> Response:
            user = user_of(request)
            if not user.may(role):
                return _response(why(403, "Your role only reads: ask the chief editor."))
            kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if request.headers.get("x-align") != "1" or kind != "application/json":
                return _response(why(415, "Only pages of this server may write to it: reload the page."))
            try:
                body = await request.body()
            except ClientDisconnect:
                # The page was closed while it asked: it asks again when it is opened.
                return Response(status_code=HTTPStatus.BAD_REQUEST)
            answer = await run_in_threadpool(_answered, lambda: work(request, read_json(body), user))
            if answer.status == HTTPStatus.OK:
                self.hub.wake()
            return _response(answer)

        return endpoint


def _reads(work: Read) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        user = user_of(request)
        return _response(await run_in_threadpool(_answered, lambda: work(request, user)))

    return endpoint


def _answered(work: Callable[[], Answer]) -> Answer:
    """The answer of this work; a wish that is unfit, or a store that refuses, is told in one sentence."""
    try:
        return work()
    except UnfitWishError as unfit:
        return why(HTTPStatus.UNPROCESSABLE_ENTITY, str(unfit))
    except AlignError as error:
        passing = error.cause in _PASSING
        status = HTTPStatus.SERVICE_UNAVAILABLE if passing else HTTPStatus.INSUFFICIENT_STORAGE
        return why(status, error.message)


def _json(value: object) -> Answer:
    return Answer(200, json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _response(answer: Answer) -> Response:
    return Response(answer.body.encode("utf-8", "replace"), answer.status, answer.headers, "application/json")


def _number(text: str) -> int:
    """The number of an event; UnfitWishError for all else."""
    if not text.isascii() or not text.isdecimal() or len(text) > 18:
        raise UnfitWishError("An event is named by its number: reload the page.")
    return int(text)
