"""A review server that keeps its decisions in memory, for tests of the page alone; it can fail in every way told of."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader

from align.web.assets import built_file
from align.web.review.page_assets import with_tools

Event = dict[str, Any]
Answer = tuple[int, dict[str, Any]]


@dataclass
class FakeReview:
    """What the server knows. `mood` is how it answers writes: "well", "silent", "cut" (what is asked is
    done, and of the answer the head alone is sent), or a status such as "507".

    While it is `late` its news do not leave it; `heard` are the pages that listen to them.
    """

    folder: Path
    role: str = "editor"
    mood: str = "well"
    why: str = "The reading is empty."
    events: list[Event] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    alike: tuple[str, ...] = ()
    other: Event | None = None
    asked: list[str] = field(default_factory=list)
    news: threading.Condition = field(default_factory=threading.Condition)
    stopped: bool = False
    late: bool = False
    results: str = ""
    heard: int = 0

    def standing(self) -> dict[tuple[str, str], Event]:
        stacks: dict[tuple[str, str], list[Event]] = {}
        for event in self.events:
            stack = stacks.setdefault((event["subject"]["kind"], event["subject"]["key"]), [])
            if event["decision"] == "undone":
                stack.pop()
            else:
                stack.append(event)
        return {subject: stack[-1] for subject, stack in stacks.items() if stack}

    def of(self, key: str, kind: str = "finding") -> Event | None:
        return self.standing().get((kind, key))

    def decide(self, kind: str, key: str, body: dict[str, Any], base: str | None, by: str = "Анна") -> Answer:
        with self.news:
            for number, event in enumerate(self.events, 1):
                if event["event"] == body["event"]:
                    return 200, {"number": number, "event": event, "standing": self.of(key, kind)}
            now = self.of(key, kind)
            if (now["event"] if now else None) != base:
                return 412, {"standing": now}
            return self._add({**body, "subject": {"kind": kind, "key": key}, "by": by, "based_on": base})

    def undo(self, subject: dict[str, str], event: str) -> Answer:
        with self.news:
            now = self.of(subject["key"], subject["kind"])
            if now is None or now["event"] != event:
                return 412, {"standing": now}
            return self._add({"event": uuid.uuid4().hex, "decision": "undone", "subject": subject, "by": "Анна",
                                   "based_on": event, "value": None, "comment": "", "flag": False})  # fmt: skip

    def preview(self) -> dict[str, Any]:
        subjects = [{"key": own, "content": own} for own in self.alike]
        return {"count": len(self.alike), "passed_over": 0, "seen": "/".join(self.alike), "subjects": subjects}

    def many(self, asked: dict[str, Any]) -> Answer:
        if asked.get("seen") != self.preview()["seen"]:
            return 412, self.preview()
        batch = asked["batch"]
        if done := [event for event in self.events if event.get("batch") == batch]:
            return 200, {"batch": batch, "count": len(done)}
        with self.news:
            for key in self.alike:
                now = self.of(key)
                self._add({"event": uuid.uuid4().hex, "decision": asked["decision"], "value": None, "comment": "",
                           "flag": False, "subject": {"kind": "finding", "key": key}, "by": "Анна", "batch": batch,
                           "based_on": now["event"] if now else None})  # fmt: skip
        return 200, {"batch": batch, "count": len(self.alike)}

    def undo_batch(self, batch: str) -> Answer:
        own = [event for event in self.events if event.get("batch") == batch]
        for event in own:
            self.undo(event["subject"], event["event"])
        return 200, {"count": len(own)}

    def _add(self, event: Event) -> Answer:
        whole = {"time": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"), **event}
        self.events.append(whole)
        self.news.notify_all()
        subject = event["subject"]
        standing = self.of(subject["key"], subject["kind"])
        return 200, {"number": len(self.events), "event": whole, "standing": standing}


def _page() -> bytes:
    addresses = {name: f"/static/{name}" for name in ("review.js", "review.css")}
    environment = Environment(loader=PackageLoader("align.web"), autoescape=True)
    return environment.get_template("review.html").render(title="Дневник", addresses=addresses).encode()


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, review: FakeReview, **kwargs: Any) -> None:
        self.review = review
        super().__init__(*args, directory=str(review.folder), **kwargs)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the base class
        pass

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path.startswith("/api/"):
            return self._get(path.removeprefix("/api/"))
        if path == "/review/":
            return self._send(200, _page(), "text/html")
        if path == "/viewer/":
            addresses = {name: f"/static/{name}" for name in ("editor.js", "editor.css")}
            page = (self.review.folder / "viewer" / "index.html").read_bytes()
            return self._send(200, with_tools(addresses)(page), "text/html")
        if path.startswith("/static/"):
            name = path.removeprefix("/static/")
            return self._send(200, built_file(name, part="viewer"), self.guess_type(name))
        return super().do_GET()

    def _get(self, path: str) -> None:
        review = self.review
        if review.mood == "silent":
            self.close_connection = True
            return self.connection.close()
        if path == "events":
            return self._events(int(self.path.partition("after=")[2] or 0))
        if path == "state":
            user = {"name": "Анна", "role": review.role}
            return self._json(
                200,
                {
                    "collection": "fake",
                    "title": "Дневник",
                    "user": user,
                    "results": review.results,
                    "last": len(review.events),
                    "documents": [],
                },
            )
        if path == "decisions":
            return self._json(
                200,
                {"last": len(review.events), "standing": list(review.standing().values()), "changed": review.changed},
            )
        _, kind, key = path.split("/")
        return self._json(200, {"standing": review.of(key, kind)})

    def _events(self, after: int) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        at = int(self.headers.get("Last-Event-ID", after))
        review = self.review
        review.heard += 1
        try:
            self._tell(at)
        finally:
            review.heard -= 1

    def _tell(self, at: int) -> None:
        review = self.review
        while not review.stopped and review.mood != "silent":
            with review.news:
                review.news.wait(timeout=0.2)
                fresh = [] if review.late else list(enumerate(review.events, 1))[at:]
            try:
                for number, event in fresh:
                    data = json.dumps({"number": number, "event": event})
                    self.wfile.write(f"id: {number}\ndata: {data}\n\n".encode())
                self.wfile.flush()
            except OSError:
                return
            at += len(fresh)

    def do_PUT(self) -> None:
        self._write()

    def do_POST(self) -> None:
        self._write()

    def _write(self) -> None:
        review = self.review
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        review.asked.append(f"{self.command} {self.path}")
        if review.mood == "silent":
            self.close_connection = True
            return self.connection.close()
        if self.headers.get("X-Align") != "1" or self.headers.get_content_type() != "application/json":
            return self._json(403, {})
        if review.mood.isdigit():
            return self._json(int(review.mood), {"other": review.other, "why": review.why})
        return self._json(*self._done(self.path.removeprefix("/api/"), body))

    def _done(self, path: str, body: dict[str, Any]) -> Answer:
        review = self.review
        if path == "undo":
            return review.undo_batch(body["batch"]) if "batch" in body else review.undo(body["subject"], body["event"])
        if path == "many/preview":
            return 200, review.preview()
        if path == "many":
            return review.many(body)
        _, kind, key = path.split("/")
        base = self.headers["If-Match"].strip('"')
        return review.decide(kind, key, body, None if base == "none" else base)

    def _json(self, status: int, body: dict[str, Any]) -> None:
        self._send(status, json.dumps(body).encode(), "application/json")

    def _send(self, status: int, data: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind if "charset" in kind or "html" not in kind else f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.review.mood == "cut" and self.command != "GET":
            self.close_connection = True
            return
        self.wfile.write(data)


@contextmanager
def reviewed(review: FakeReview) -> Iterator[str]:
    """The address of the server while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, review=review))
    server.daemon_threads = True
    thread = threading.Thread(target=partial(server.serve_forever, 0.05))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        review.stopped = True
        server.shutdown()
        server.server_close()
        thread.join()
