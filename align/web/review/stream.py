"""What others do, as it happens: server-sent events of new decisions and of new results."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from align.web.review.deciding.history import History
from align.web.review.results_watch import ResultsWatch

# Seconds between two looks at the store and the results: other processes write there too.
LOOK_EVERY_S = 1.0
# Seconds after which a stream says that it is still there. Proxies close a connection that is silent for a minute.
SAY_EVERY_S = 15.0
# Milliseconds after which a page asks again when its stream broke, as when the server was started anew.
_AGAIN_AFTER_MS = 1000
# Streams at once: each is an open page, and holds a connection. One person has some tabs in some browsers, and does not
# take the places of all others.
MOST_STREAMS = 500
MOST_OF_ONE = 40


class Hub:
    """Tells every open page what is new."""

    def __init__(self, history: History, watch: ResultsWatch) -> None:
        """Watch these."""
        self._history, self._watch = history, watch
        self._news = asyncio.Event()
        self._closing = False
        self._seats: Counter[str] = Counter()

    @property
    def open(self) -> int:
        """How many streams are open."""
        return self._seats.total()

    @contextmanager
    def seat(self, name: str) -> Iterator[bool]:
        """A block in which this person has one stream more; False where there are too many. Called in the loop."""
        if self.open >= MOST_STREAMS or self._seats[name] >= MOST_OF_ONE:
            yield False
            return
        self._seats[name] += 1
        try:
            yield True
        finally:
            self._seats[name] -= 1
            self._seats += Counter()  # forgets those who have none

    def wake(self) -> None:
        """Let all streams look for what is new; called in the loop."""
        news, self._news = self._news, asyncio.Event()
        news.set()

    def close(self) -> None:
        """End all streams, so that the server can end."""
        self._closing = True
        self.wake()

    async def look(self, fault: Callable[[Exception], object]) -> None:
        """Look at the store and at the results again and again, till cancelled; `fault` is told what went wrong."""
        while True:
            for look in (self._history.look, self._watch.look):
                try:
                    if await run_in_threadpool(look):
                        self.wake()
                except Exception as error:  # noqa: BLE001 - told, and tried again: the next look may find all well
                    fault(error)
            await asyncio.sleep(LOOK_EVERY_S)

    async def messages(self, after: int, alive: Callable[[], Awaitable[bool]]) -> AsyncIterator[str]:
        """The events after this number as messages, for as long as the page is open and its session is `alive`."""
        results = self._watch.results().version
        yield f": begins\nretry: {_AGAIN_AFTER_MS}\n\n"
        while not self._closing:
            news = self._news
            for number, event in self._history.after(after):
                yield f'id: {number}\ndata: {{"number":{number},"event":{self._history.line(event)}}}\n\n'
                after = number
            if results != self._watch.results().version:
                results = self._watch.results().version
                yield f"event: results\ndata: {json.dumps({'results': results})}\n\n"
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), SAY_EVERY_S)
                continue
            if not await alive():
                return
            yield ": still here\n\n"


@dataclass(frozen=True, slots=True)
class Stream:
    """The answer to a page that listens: messages for as long as it is open, or `refusal` where no seat is free."""

    hub: Hub
    name: str
    messages: AsyncIterator[str]
    refusal: Response

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer. The seat is taken and given back here, so that none is counted twice or kept."""
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        with self.hub.seat(self.name) as free:
            stream = StreamingResponse(self.messages, headers=headers, media_type="text/event-stream")
            await (stream if free else self.refusal)(scope, receive, send)
