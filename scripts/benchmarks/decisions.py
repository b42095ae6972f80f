"""Editors who decide at once: how long the answer takes, and whether a decision is lost or doubled.

    scripts/bench decisions OUT.json                     8 editors, 2,000 decisions, SQLite and PostgreSQL, by the store
    scripts/bench decisions OUT.json --url http://127.0.0.1:8000 --results COLLECTION/aligned --name ANNA
                                                         over HTTP, at a running `align serve`; asks for the password
    scripts/bench decisions OUT.json --url "http://127.0.0.1:8123/enter?secret=..." --results COLLECTION/aligned
                                                         over HTTP, at a running `align review`: its printed address

Each editor looks at a subject, decides, and takes the next one at once, or after --pause seconds on the average. One
decision in ten is about one of five subjects that all editors decide on; where it is refused, that is a conflict: the
editor looks again and decides again. The answer is what `record`, or a PUT, takes. Over HTTP the decisions are about
the links of the collection, and stay in its store: take a copy of it.
"""

from __future__ import annotations

import argparse
import getpass
import http.client
import json
import os
import random
import re
import secrets
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
SHARED = 5
TARGETS = {"median_ms": 30, "p99_ms": 150}


@dataclass(frozen=True)
class Done:
    """What one editor saw: the seconds of each answer, the names of what was acknowledged, and conflicts."""

    seconds: list[float] = field(default_factory=list)
    looking: list[float] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)


class Store:
    """Decisions through the store, as the server's threads make them."""

    def __init__(self, store):
        self.store = store

    def seen(self, key):
        """The name of the event that stands."""
        from align.model.decision import Subject

        current = self.store.standing_of(Subject("link", key))
        return current and current.event

    def decide(self, key, name, decision, based_on, by):
        """Whether the decision was taken."""
        from align.database.refusals import StaleDecision
        from align.model.decision import Event, Subject, Where

        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        more = {"content": "слово " * 20, "where": Where("v", "d")}
        event = Event(name, now, by, Subject("link", key), decision, based_on=based_on, **more)
        try:
            self.store.record(event)
        except StaleDecision:
            return False
        return True

    def names(self):
        """The names of all events that are kept."""
        return [event.event for _, event in self.store.events()]


class Http:
    """Decisions through a running server; each thread has a connection that stays open."""

    def __init__(self, address, name):
        self.base, self.own = urlsplit(address), threading.local()
        self.cookies = {}
        if "secret=" in self.base.query:
            self.ask("GET", f"{self.base.path}?{self.base.query}")
        else:
            page = self.ask("GET", "/login")[1].decode()
            token = re.search(r'name="token" value="([^"]*)"', page)[1]
            password = os.environ.get("ALIGN_BENCH_PASSWORD") or getpass.getpass(f"Password of {name}: ")
            body = urlencode({"token": token, "name": name, "password": password})
            status, _ = self.ask("POST", "/login", body, {"Content-Type": "application/x-www-form-urlencoded"})
            if status != 303:
                raise SystemExit(f"The server did not let {name} in ({status}).")

    def ask(self, method, path, body=None, headers=None):
        """Status and body of one answer."""
        if not hasattr(self.own, "connection"):
            kind = http.client.HTTPSConnection if self.base.scheme == "https" else http.client.HTTPConnection
            self.own.connection = kind(self.base.netloc, timeout=120)
        origin = {"Origin": f"{self.base.scheme}://{self.base.netloc}"}
        cookie = {"Cookie": "; ".join(f"{n}={v}" for n, v in self.cookies.items())} if self.cookies else {}
        self.own.connection.request(method, path, body, origin | cookie | (headers or {}))
        answer = self.own.connection.getresponse()
        content = answer.read()
        for one in answer.headers.get_all("Set-Cookie", []):
            self.cookies.update([one.partition(";")[0].split("=", 1)])
        return answer.status, content

    def seen(self, key):
        """The name of the event that stands."""
        status, content = self.ask("GET", f"/api/subjects/link/{key}")
        if status != 200:
            raise SystemExit(f"The server answers {status} for a link: {content[:200]!r}")
        current = json.loads(content)["standing"]
        return current and current["event"]

    def decide(self, key, name, decision, based_on, _by):
        """Whether the decision was taken."""
        body = json.dumps({"event": name, "decision": decision, "value": None, "comment": "", "flag": False})
        headers = {"If-Match": f'"{based_on or "none"}"', "X-Align": "1", "Content-Type": "application/json"}
        status, content = self.ask("PUT", f"/api/subjects/link/{key}", body, headers)
        if status not in (200, 412):
            raise SystemExit(f"The server answers {status} to a decision: {content[:200]!r}")
        return status == 200

    def names(self):
        """The names of the events that stand or stood for the subjects that were decided on."""
        self.own = threading.local()  # the server has closed connections that were idle
        return [event["event"] for key in self.keys for event in self.history(key)]

    def history(self, key):
        """The events of one link."""
        return json.loads(self.ask("GET", f"/api/subjects/link/{key}")[1])["history"]


def edit(side, keys, own, count, editor, pause) -> Done:
    """One editor's decisions: on own subjects in turn, one in ten on a shared one."""
    done = Done()
    rng = random.Random(editor)
    for turn in range(count):
        time.sleep(2 * pause * rng.random())
        key = keys[turn % SHARED] if turn % 10 == 0 else own[turn % len(own)]
        while True:
            began = time.perf_counter()
            based_on = side.seen(key)
            looked = time.perf_counter()
            name = secrets.token_hex(16)
            taken = side.decide(key, name, ("right", "wrong")[turn % 2], based_on, f"Editor {editor}")
            done.looking.append(looked - began)
            done.seconds.append(time.perf_counter() - looked)
            if taken:
                done.names.append(name)
                break
            done.refused.append(turn)
    return done


def measure(side, keys, editors, decisions, pause):
    """Median and 99th percentile of the answer in ms, and how many decisions were lost, doubled or refused."""
    side.keys = keys
    own = [keys[SHARED:][editor::editors] for editor in range(editors)]
    began = time.perf_counter()
    with ThreadPoolExecutor(editors) as threads:
        every = list(
            threads.map(lambda n: edit(side, keys, own[n], decisions // editors, n + 1, pause), range(editors))
        )
    seconds = time.perf_counter() - began
    answers = [1000 * s for done in every for s in done.seconds]
    names = [name for done in every for name in done.names]
    kept = Counter(side.names())
    return {
        "editors": editors,
        "decisions": len(names),
        "median_ms": round(quantiles(answers, n=100)[49], 1),
        "p99_ms": round(quantiles(answers, n=100)[98], 1),
        "looking_median_ms": round(quantiles([1000 * s for done in every for s in done.looking], n=100)[49], 1),
        "lost": sum(name not in kept for name in names),
        "doubled": sum(number > 1 for number in kept.values()),
        "conflicts": sum(len(done.refused) for done in every),
        "seconds": round(seconds, 1),
        "load": round(os.getloadavg()[0], 1),
    }


@contextmanager
def stores(which) -> Iterator[tuple[str, Callable[[], object]]]:
    """New stores to measure: SQLite in a temporary folder, PostgreSQL in a server of our own that flushes its disk."""
    from support.postgresql import NoPostgresqlError, running_server

    with tempfile.TemporaryDirectory() as folder:
        if which == "sqlite":
            yield Path(folder, "review", "decisions.sqlite")
            return
        try:
            with running_server(safe=True) as server:
                yield server.new_database()
        except NoPostgresqlError as error:
            print(f"left out: {error}")
            yield None


def main(arguments) -> int:
    """Measure, print and write the figures; 1 where a decision was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--editors", type=int, default=8)
    parser.add_argument("--decisions", type=int, default=2000)
    parser.add_argument("--pause", type=float, default=0.0, metavar="S")
    parser.add_argument("--url")
    parser.add_argument("--results", type=Path)
    parser.add_argument("--name", default="Anna")
    wanted = parser.parse_args(arguments)
    if wanted.url and not wanted.results:
        parser.error("--url needs --results: the links of the collection that are decided on")
    figures = {}
    for name, side, keys in sides(wanted):
        figures[name] = measure(side, keys, wanted.editors, wanted.decisions, wanted.pause)
        print(name, figures[name])
    wanted.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print("targets:", TARGETS)
    return int(any(found["lost"] or found["doubled"] for found in figures.values()))


def sides(wanted):
    """What is measured: its name, the way to it, and the keys of the subjects."""
    if wanted.url:
        rows = [json.loads(row) for path in sorted(wanted.results.glob("*/links.jsonl")) for row in path.open()]
        yield "http", Http(wanted.url, wanted.name), [row["key"] for row in rows]
        return
    from align.database.decision_store import DecisionStore
    from align.database.opening import opened

    for which in ("sqlite", "postgresql"):
        with stores(which) as address:
            if address is not None:
                database = opened(address)
                yield which, Store(DecisionStore(database)), [f"{n:016x}" for n in range(wanted.decisions)]
                database.close()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
