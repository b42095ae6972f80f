"""The server's own pages: the contents with the states of documents, the review page, and who decided what."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from align.decisions.subjects import words_of
from align.errors import AlignError
from align.linking.findings.catalogue import CATALOGUE
from align.model.decision import CHOICES, UNDONE, Event, Subject
from align.web.review.access.forms import UnfitFormError, sent_form
from align.web.review.access.sessions import user_of
from align.web.review.deciding.changed import Changed
from align.web.review.deciding.desk import NOTHING, Answer, Desk
from align.web.review.deciding.overview import document_states, pace, progress
from align.web.review.deciding.wishes import UnfitWishError, Wish, subject_of
from align.web.review.rendering import Rendering, shown_time

# Events on a page of the log.
LOGGED = 100
# Characters of what was decided on that the log shows.
_SHOWN = 160
_NEEDED_FIRST = ("second-reader", "in-work", "to-do", "nothing", "done")


@dataclass(frozen=True, slots=True)
class OwnPages:
    """The routes of these pages."""

    desk: Desk
    changed: Changed
    rendering: Rendering
    wake: Callable[[], object]

    def routes(self) -> list[Route]:
        """All routes."""
        return [
            Route("/", self._contents, methods=["GET"]),
            Route("/review", self._to_review, methods=["GET"]),
            Route("/review/", self._review, methods=["GET"]),
            Route("/log", self._log, methods=["GET"]),
            Route("/document", self._stated, methods=["POST"]),
        ]

    async def _contents(self, request: Request) -> Response:
        return await run_in_threadpool(self._contents_page, request)

    def _contents_page(self, request: Request, sentence: str | None = None, status: int = 200) -> Response:
        """The contents; `sentence` names the message that says why the last wish was not done."""
        # Before what is shown: what is new since then comes to the page by itself.
        last = self.desk.history.last
        results, by = self.desk.results(), user_of(request).name
        standing = self.changed.standing()
        states = document_states(results, standing, pace(self.desk.history, by))
        return self.rendering.page(
            request,
            "review_contents.html",
            status=status,
            sentence=sentence,
            last=last,
            states=sorted(states, key=lambda own: _NEEDED_FIRST.index(own.state)),
            choices=CHOICES["document"],
            nothing=NOTHING,
            progress=progress(results, self.desk.history, standing, by),
            changed=len(self.changed.others()),
            shown_time=shown_time,
            volumes=len({own.volume for own in results.documents}),
            may_decide=user_of(request).may("editor"),
        )

    async def _to_review(self, _: Request) -> Response:
        return RedirectResponse("/review/", 307)

    async def _review(self, request: Request) -> Response:
        return self.rendering.page(request, "review.html", results=self.desk.results().version)

    async def _stated(self, request: Request) -> Response:
        """State a document as a form asks; back to the contents."""
        try:
            fields = await sent_form(request, self.rendering.cookies)
            subject, seen = subject_of("document", fields.get("key")), fields.get("seen", "")
            state = fields.get("state", "")
            if state not in CHOICES["document"]:
                raise UnfitFormError("no such state")
        except (UnfitFormError, UnfitWishError):
            return await run_in_threadpool(self._contents_page, request, "form-old", 403)
        if not user_of(request).may("editor"):
            return await run_in_threadpool(self._contents_page, request, "role-reads", 403)
        answer = await run_in_threadpool(self._state_kept, subject, state, seen, user_of(request).name)
        if isinstance(answer, AlignError):
            return await run_in_threadpool(self._contents_page, request, "not-kept", 507)
        if answer.status != 200:
            name = "other-quicker" if answer.status == 412 else "form-old"
            return await run_in_threadpool(self._contents_page, request, name, answer.status)
        self.wake()
        return RedirectResponse("/", 303)

    def _state_kept(self, subject: Subject, state: str, seen: str, by: str) -> Answer | AlignError:
        """The answer of the desk; what stands of comment and flag stays."""
        stands = self.desk.history.standing_of(subject)
        comment, flag = ("", False) if stands is None else (stands.comment, stands.flag)
        wish = Wish(secrets.token_hex(16), state, None, comment, flag, None)
        try:
            return self.desk.decide(subject, wish, None if seen == NOTHING else seen, by)
        except AlignError as error:
            return error

    async def _log(self, request: Request) -> Response:
        """Who decided what, the latest first; `by` and `before` are in the address."""
        before, by = request.query_params.get("before", ""), request.query_params.get("by") or None
        number = int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None
        found = self.desk.history.before(number, LOGGED, by=by)
        older = None
        if len(found) == LOGGED and found[-1][0] > 1:
            older = "/log?" + urlencode({"before": found[-1][0], **({"by": by} if by else {})}, errors="replace")
        titles = {own.key: own.title for own in self.desk.results().documents}
        return self.rendering.page(
            request,
            "review_log.html",
            rows=[_row(event, titles.get(event.subject.key)) for _, event in found],
            older=older,
            by=by,
            editors=sorted(self.desk.history.editors()),
        )


def _row(event: Event, title: str | None) -> dict[str, object]:
    """An event as the log shows it."""
    reading = (event.value or {}).get("reading")
    entry = CATALOGUE.get(event.where.code or "")
    words = " ".join((title or words_of(event.content)).split())
    return {
        "time": event.time,
        "shown_time": shown_time(event.time),
        "by": event.by,
        "kind": event.subject.kind,
        "key": event.subject.key,
        "decision": event.decision,
        "undone": event.decision == UNDONE,
        "reading": reading if isinstance(reading, str) else None,
        "comment": event.comment,
        "flag": event.flag,
        "batch": event.batch is not None,
        "document": event.where.document,
        "page": event.where.page,
        "title": None if entry is None else entry.title._asdict(),
        "words": words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…",
    }
