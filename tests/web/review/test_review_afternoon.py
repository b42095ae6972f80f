"""An editor's afternoon: 300 findings decided by keys alone, the server killed again and again, and a run after that.

To watch it in a browser that is seen, with as many milliseconds between two keys:

    ALIGN_WATCH=150 python -m pytest tests/web/review/test_review_afternoon.py

A run with the same seed presses the same keys; only the moments at which the server dies differ by what it was doing.
"""

from __future__ import annotations

import json
import random
import socket
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from support.command_line import align
from support.front_end import needs_front_end
from support.review_browser import wait_for
from support.review_editor import LISTENS, NOTHING, WAITING, Editor, Said
from support.review_server import PASSWORD
from support.served_pages import LONGEST_MS, until
from support.spoilt_collection import VOLUME, edit_texts, make_spoilt_collection, shuffle_scans
from support.warm_command import Running, Warm, warm_command

from align.database.accounts import Accounts
from align.database.decision_store import DecisionStore
from align.database.opening import address_of, opened, opened_to_read
from align.errors import ExitCode
from align.model.decision import UNDONE, Event
from align.web.review.serving import taken_port

pytestmark = [pytest.mark.slow, pytest.mark.longest]
SEED, KILLS, NAME = 14, 20, "Анна"


@dataclass
class Serving:
    """`align serve` on one port, which is killed and started again."""

    root: Path
    port: int
    warm: Warm
    process: Running | None = None
    acknowledged: list[str] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.process = self.warm.start("serve", str(self.root), "--port", str(self.port))

    def kill(self) -> None:
        """End it as the power does, and see that all it had confirmed is on the disk."""
        assert self.process is not None
        assert self.process.alive, "the server ended by itself"
        self.process.kill()
        kept = {event.event for event in self.kept()}
        assert [own for own in self.acknowledged if own not in kept] == []

    def answers(self) -> bool:
        assert self.process is not None
        assert self.process.alive, "the server ended by itself"
        with closing(socket.socket()) as tried:
            return tried.connect_ex(("127.0.0.1", self.port)) == 0

    def kept(self) -> list[Event]:
        """All events of the store, as the disk has them."""
        database = opened_to_read(address_of(self.root, None))
        assert database is not None
        with closing(database):
            return [event for _, event in DecisionStore(database).events()]


@pytest.fixture
def serving(tmp_path) -> Iterator[Serving]:
    """The spoilt collection, run, with an account for Anna; no server is there yet."""
    needs_front_end("review.js", "review.css")
    make_spoilt_collection(tmp_path, seed=SEED)
    run(tmp_path)
    with closing(opened(address_of(tmp_path, None))) as database:
        Accounts(database, hasher=PasswordHasher(time_cost=1, memory_cost=32)).add(NAME, "chief", PASSWORD)
    with taken_port("127.0.0.1", 0) as held:
        port = held.getsockname()[1]
    with warm_command() as warm:
        found = Serving(tmp_path, port, warm)
        yield found
        if found.process is not None and found.process.alive:
            found.process.kill()


def run(root: Path) -> None:
    """Run `align run` as a user does."""
    done = align("run", str(root), "--overlays", "none")
    assert done.returncode == ExitCode.PAGES_FAILED, done.stderr


@pytest.fixture
def page(browser, serving):
    """A page of Anna's browser, which tells what is acknowledged to her."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(LONGEST_MS)
    context.expose_binding("alignAcknowledged", lambda _, event: serving.acknowledged.append(event))
    context.add_init_script(LISTENS)
    yield context.new_page()
    context.close()


def test_an_afternoon(page, serving):
    """No acknowledged decision is lost, none is doubled, and after edits each stands or is shown with both texts."""
    rng = random.Random(SEED)
    serving.start()
    sign_in(page, serving)
    editor = Editor(page, rng)
    decide_all(editor, serving)
    check_kept(editor, serving)
    before = Findings.of(serving.root)
    assert len(before.rows) >= 300
    assert len(Counter(row["code"] for row in before.rows)) >= 12
    edit_texts(serving.root, rng)
    shuffle_scans(serving.root, rng)
    run(serving.root)
    after = Findings.of(serving.root)
    earlier = earlier_ones(before, after, editor.said())
    assert len(earlier) >= 10
    check_earlier(page, serving, earlier, after)


def sign_in(page, serving):
    """Come in by keys, and open the review."""
    wait_for(page, serving.answers)
    page.goto(f"{serving.origin}/login")
    page.get_by_label("Name").focus()
    page.keyboard.type(NAME)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{serving.origin}/")
    page.goto(f"{serving.origin}/review/#notes=1")
    page.wait_for_selector("article")


def decide_all(editor, serving):
    """Decide on everything; at twenty moments the server is killed, and the editor goes on."""
    page, rng = editor.page, editor.rng
    editor.look()
    editor.amid = lambda: (serving.kill(), serving.start())
    for kill in range(KILLS):
        for _ in range(rng.randrange(4, 12)):
            assert editor.act(alone=not serving.answers()), "all was decided before the last kill"
        page.wait_for_timeout(rng.randrange(60))
        serving.kill()
        serving.start()
        for _ in range(rng.randrange(1, 7)):
            assert editor.act(alone=True), "all was decided before the last kill"
        if kill % 4 == 1:
            continue  # The next kill meets it while it starts, or not, as it comes.
        wait_for(page, serving.answers)
        if kill % 5 == 2:
            # A laptop is closed and opened again while decisions wait.
            page.reload()
            page.wait_for_selector("article")
            editor.look()
        before = len(serving.acknowledged)
        editor.flag()
        editor.flag()
        if page.evaluate(WAITING):
            wait_for(page, lambda before=before: len(serving.acknowledged) > before)
    while editor.act():
        pass
    until(page, f"{WAITING} === 0")
    until(page, "document.querySelector('#trouble').hidden")
    done = len([said for said in editor.said().values() if said.decision])
    until(page, f"document.querySelector('#progress-words').textContent.startsWith('{done} of {done}')")


def check_kept(editor, serving):
    """In the store is what the editor said, in its order, each once, but for what was taken back."""
    serving.kill()
    events = serving.kept()
    stacks: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        stack = stacks[event.subject.key]
        if event.decision == UNDONE:
            assert stack.pop().event == event.based_on
        else:
            assert event.based_on == (stack[-1].event if stack else None)
            stack.append(event)
    kept = {key: [said_of(event) for event in stack] for key, stack in stacks.items() if stack}
    assert kept == {key: told for key, told in editor.told.items() if told}
    assert len({event.event for event in events}) == len(events)


def said_of(event: Event) -> Said:
    """What an event says."""
    value = event.value or {}
    return Said(event.decision, value.get("reading"), event.comment, event.flag)


@dataclass
class Findings:
    """The findings as a run wrote them; each known by what it says, and not by its key."""

    rows: list[dict]
    known_by: dict[str, tuple]

    @classmethod
    def of(cls, root: Path) -> Findings:
        folder = root / "aligned" / VOLUME
        links = {row["sentence"]: row for row in rows_of(folder / "links.jsonl")}
        scans = {row["page"]: row["scan_digest"] for row in rows_of(folder / "pages.jsonl")}
        rows = [*rows_of(folder / "findings.jsonl"), *rows_of(root / "aligned" / "findings.jsonl")]
        seen: Counter[tuple] = Counter()
        known_by = {}
        for row in rows:
            known = cls._known(row, links, scans)
            seen[known] += 1
            known_by[row["key"]] = (*known, seen[known])
        return cls(rows, known_by)

    @staticmethod
    def _known(row: dict, links: dict, scans: dict) -> tuple:
        sentences = tuple(links[own]["content"] for own in row["sentences"])
        words = (row["evidence"]["source_text"], row["evidence"]["scan_text"])
        # What is about no sentence is about these pages, wherever they lie now.
        place = () if sentences else tuple(sorted(scans[page] for page in row["pages"]))
        return (row["code"], row["document"], row["text"], *words, sentences, place)


def rows_of(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def earlier_ones(before, after, said):
    """The old rows of the decisions whose finding is not there as it was; all others must stand as they were made."""
    there = {known: key for key, known in after.known_by.items()}
    now = {row["key"]: row["decision"] for row in after.rows}
    earlier = []
    for row in before.rows:
        known, own = before.known_by[row["key"]], said.get(row["key"], NOTHING)
        if own == NOTHING:
            continue
        if known not in there:
            earlier.append(row)
            continue
        stands = now[there[known]]
        assert stands is not None, known
        assert stands["standing"] == "stands", known
        assert (stands["decision"], stands["comment"], stands["flag"]) == (own.decision, own.comment, own.flag), known
        assert (stands["value"] or {}).get("reading") == own.reading
    return earlier


def check_earlier(page, serving, earlier, after):
    """The page shows each of these decisions with the text it was made on, and with what stands there now."""
    serving.start()
    wait_for(page, serving.answers)
    page.reload()
    page.wait_for_selector("article")
    until(page, f"document.querySelector('#earlier').textContent === '{len(earlier)} on an earlier text'")
    page.locator("#earlier").focus()
    page.keyboard.press("Enter")
    shown = {}
    for item in page.locator("dialog .earlier").all():
        then, now = (text.partition(": ")[2] for text in item.locator("p").all_text_contents())
        shown[then] = now
    assert set(shown) == {words_of(row) for row in earlier}
    present = {words_of(row) for row in after.rows}
    changed = [then for then, now in shown.items() if now != "It is no longer there."]
    assert all(shown[then] in present for then in changed)
    # The first that has a present text is opened: there both stand side by side.
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("article .asked")
    assert page.locator("article .asked dd").all_text_contents() == [changed[0], shown[changed[0]]]


def words_of(row: dict) -> str:
    """The words of a finding: those of the text, and under them those of the scan."""
    return "\n".join(words for words in (row["evidence"]["source_text"], row["evidence"]["scan_text"]) if words)
