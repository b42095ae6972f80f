"""What is new reaches every page: decisions of others and of other processes, and the results of a new run."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import Counter

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message
from support.review_server import ORIGIN, Server, Visitor, awaited, finding_key, invented_results

from align.database.decision_store import DecisionStore
from align.database.opening import opened
from align.errors import InputError
from align.model.decision import Event, Subject
from align.web.review.deciding.history import History
from align.web.review.stream import MOST_OF_ONE, MOST_STREAMS, Hub, Stream

ONE = finding_key(1)


def event(number: int, *, based_on: str | None = None, by: str = "Boris") -> Event:
    """An event of another process."""
    return Event(
        secrets.token_hex(16), "2026-11-28T09:00:00.000Z", by, Subject("finding", finding_key(number)), "leave",
        based_on=based_on, content="words",
    )  # fmt: skip


async def alive() -> bool:
    return True


def test_others_are_heard(server):
    """A stream begins after the number that it names, and goes on with what another process writes."""
    other = DecisionStore(opened(server.folder / "decisions.sqlite"))
    first, second = event(1), event(2)
    other.record(first)
    history = History(server.store)
    hub = Hub(history, server.watch)

    async def heard() -> list[str]:
        found = []
        looking = asyncio.create_task(hub.look(pytest.fail))
        async for message in hub.messages(0, alive):
            found.append(message)
            if len(found) == 2:
                other.record(second)
            if len(found) == 3:
                hub.close()
        looking.cancel()
        return found

    begins, *messages = awaited(heard())
    assert begins.startswith(": begins\n")
    for number, (message, own) in enumerate(zip(messages, (first, second), strict=True), 1):
        name, data = message.strip().split("\n")
        assert name == f"id: {number}"
        assert json.loads(data.removeprefix("data: "))["event"]["event"] == own.event


def test_nobody_takes_all_streams(server):
    """One person has so many streams at most, all together have so many, to the last one, and each is given back."""
    hub = Hub(History(server.store), server.watch)
    statuses: Counter[tuple[str, int]] = Counter()

    async def listen(name: str) -> None:
        gone = asyncio.Event()

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses[name, message["status"]] += 1

        async def receive() -> Message:
            await gone.wait()
            return {"type": "http.disconnect"}

        stream = Stream(hub, name, hub.messages(0, alive), PlainTextResponse("full", 503))
        await stream({"type": "http", "asgi": {"spec_version": "2.3"}}, receive, send)

    async def crowd() -> tuple[int, int]:
        names = [f"Editor {n}" for n in range(15)]
        tasks = [asyncio.create_task(listen(name)) for name in names for _ in range(MOST_OF_ONE + 1)]
        while statuses.total() < len(tasks):
            await asyncio.sleep(0)
        full = hub.open
        hub.close()
        await asyncio.gather(*tasks)
        return full, hub.open

    assert awaited(crowd()) == (MOST_STREAMS, 0)
    taken = [n for (_, status), n in statuses.items() if status == 200]
    assert (max(taken), sum(taken)) == (MOST_OF_ONE, MOST_STREAMS)


def test_a_new_run_is_heard(server):
    """When a run finishes its results are shown without a restart, and pages are told."""
    hub = Hub(History(server.store), server.watch)

    async def heard() -> list[str]:
        found = []
        looking = asyncio.create_task(hub.look(pytest.fail))
        async for message in hub.messages(0, alive):
            found.append(message)
            server.results = invented_results(4, version="2")
            if message.startswith("event: results"):
                hub.close()
        looking.cancel()
        return found

    assert awaited(heard())[-1] == 'event: results\ndata: {"results": "2"}\n\n'
    assert server.watch.results().version == "2"
    assert server.told == ["A run has finished: 4 findings are shown now."]


def test_a_stream_ends_with_its_session(server, monkeypatch):
    """A stream whose session has ended is closed."""
    monkeypatch.setattr("align.web.review.stream.SAY_EVERY_S", 0.01)

    async def ended() -> bool:
        return False

    async def heard() -> list[str]:
        return [message async for message in Hub(History(server.store), server.watch).messages(0, ended)]

    assert [own.splitlines()[0] for own in awaited(heard())] == [": begins"]


def test_results_that_cannot_be_read_yet(server):
    """Results that a run is just writing are told once, tried again later, and the old ones are shown till then."""
    faults = [InputError("It is damaged.", cause="damaged")] * 2

    def read():
        if faults:
            raise faults.pop()
        return invented_results(version="2")

    server.watch.read, server.watch.stamp = read, lambda: (2,)
    looks = []
    for _ in range(3):
        server.watch._not_before = min(server.watch._not_before, 1e-9)
        looks.append(server.watch.look())
    assert looks == [False, False, True]
    assert server.told[0] == "The new results cannot be shown yet: It is damaged."
    assert len(server.told) == 2


def test_decisions_on_earlier_texts_are_shown_with_both(tmp_path):
    """After a run a decision whose subject changed is shown with both texts, no longer counts, and is made anew."""
    server = Server(tmp_path)
    anna = server.entered()
    kept = [anna.decide(finding_key(n)).json()["event"] for n in range(4)]
    server.results = invented_results(3, version="2", words={1: "words mended"})
    assert server.watch.look()
    answer = anna.get("/api/decisions").json()
    assert len(answer["standing"]) == 4
    changed = {own["event"]["event"]: own for own in answer["changed"]}
    assert changed.keys() == {kept[1]["event"], kept[3]["event"]}
    assert changed[kept[1]["event"]]["event"]["content"] == "words 1"
    assert changed[kept[1]["event"]]["now"]["content"] == "words mended"
    assert sum(own["decided"] for own in anna.get("/api/state").json()["documents"]) == 2
    assert "2 decisions were made on earlier texts" in anna.get("/").text
    anna.decide(ONE, kept[1]["event"])
    assert [own["event"]["event"] for own in anna.get("/api/decisions").json()["changed"]] == [kept[3]["event"]]
    assert sum(own["decided"] for own in anna.get("/api/state").json()["documents"]) == 3


def test_what_another_process_wrote_is_not_overwritten(server, anna):
    """A decision of another process that this one has not heard of yet refuses one that was made before it."""
    other = DecisionStore(opened(server.folder / "decisions.sqlite"))
    theirs = event(1)
    other.record(theirs)
    refused = anna.decide(ONE)
    assert (refused.status_code, refused.json()["standing"]["by"]) == (412, "Boris")
    assert anna.decide(ONE, theirs.event).status_code == 200


def test_stream_is_refused_for_wrong_numbers(anna):
    """Numbers that are none are refused; so are more streams than a server can hold."""
    for wrong in ("x", "-1", "1.5", "٣", "9" * 30):
        assert anna.ask("GET", "/api/events", params={"after": wrong}).status_code == 422
        assert anna.ask("GET", "/api/events", headers={"Last-Event-ID": wrong.encode()}).status_code == 422


def test_numbers_only_grow(server, anna):
    """The history has each event once and in its order, also while several write at once."""
    visitors = [Visitor(anna.app, ORIGIN, cookies=dict(anna.cookies)) for _ in range(3)]
    for n, visitor in enumerate(visitors * 2):
        assert visitor.decide(finding_key(n)).status_code == 200
    answer = anna.get("/api/decisions?after=4").json()
    assert answer["last"] == 6
    assert [own["subject"]["key"] for own in answer["standing"]] == [finding_key(4), finding_key(5)]
