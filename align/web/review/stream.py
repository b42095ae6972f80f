"""What others do, as it happens: server-sent events of new decisions and of new results."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

from starlette.concurrency import run_in_threadpool

from align.web.review.deciding.history import History
from align.web.review.results_watch import ResultsWatch

# Seconds between two looks at the store and the results: other processes write there too.
LOOK_EVERY_S = 1.0
# Seconds after which a stream says that it is still there. Proxies close a connection that is silent for a minute.
SAY_EVERY_S = 15.0
# Milliseconds after which a page asks again when its stream broke, as when the server was started anew.
_AGAIN_AFTER_MS = 1000
# Streams at once: each is an open page, and holds a connection.
MOST_STREAMS = 500


class Hub:
    """Tells every open page what is new."""

    def __init__(self, history: History, watch: ResultsWatch) -> None:
        """Watch these."""
        self._history, self._watch = history, watch
        self._news = asyncio.Event()
        self._closing = False
        self.open = 0

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
        self.open += 1
        results = self._watch.results().version
        try:
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
        finally:
            self.open -= 1
