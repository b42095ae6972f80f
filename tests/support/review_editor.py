"""An editor who works through the review page by keys alone, and knows what must be kept of it."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from playwright.sync_api import Page

from support.served_pages import until
from support.spoilt_collection import OFTEN_MISSPELT

# What the page gets for an answer is told here too: an event that was answered for is acknowledged.
LISTENS = """
const asked = window.fetch;
window.fetch = async (address, options = {}) => {
  const answer = await asked(address, options);
  if (answer.ok && options.method && !String(address).includes("preview")) {
    answer.clone().json().then(({ event }) => event && alignAcknowledged(event.event), () => null);
  }
  return answer;
};
"""
DECIDES = {"a": "mend", "l": "leave", "x": "false-alarm", "c": "cannot-tell"}
# How often each key is pressed, of a hundred.
HABITS = {"a": 30, "l": 14, "x": 16, "c": 6, "e": 9, "f": 5, "m": 8, " ": 5, "Backspace": 7}
WAITING = "Object.keys(localStorage).filter((own) => own.includes('.out.')).length"
# Once that is there: the key of the finding that is open, the reading that it proposes ("" for words that go, null for
# none), and whether all is decided.
SEEN = """async ([there, value]) => {
  const key = () => document.querySelector("article .foot").textContent.split(" ").at(-1);
  const words = () => document.querySelector("#said").textContent;
  const [decided, left] = ["All findings of this queue are decided.", "Only this finding is left."];
  const true_of = {
    now: () => true,
    open: () => key() === value,
    other: () => key() !== value || [decided, left].includes(words()),
    said: () => words().includes(value),
  }[there];
  for (let tries = 15000; tries && !true_of(); tries -= 1) await new Promise((done) => setTimeout(done, 4));
  if (!true_of()) throw new Error(`never ${there} ${value}: ${words()}`);
  const proposed = document.querySelector(".proposal .read");
  return [key(), proposed?.querySelector(".missing") ? "" : proposed?.textContent ?? null, words() === decided];
}"""


class Said(NamedTuple):
    """What an editor says of a finding."""

    decision: str | None = None
    reading: str | None = None
    comment: str = ""
    flag: bool = False


NOTHING = Said()


@dataclass
class Editor:
    """Works at this page; `rng` says which key comes next.

    `told` has of each finding, by its key, all that was said and not taken back, the latest last; `acts` what can be
    taken back: each act by the keys of its findings. `key` is that of the finding that is open, `proposed` the reading
    that this proposes, and `finished` says that all is decided. `amid` happens in the middle of the first act on many.
    """

    page: Page
    rng: random.Random
    told: defaultdict[str, list[Said]] = field(default_factory=lambda: defaultdict(list))
    acts: list[list[str]] = field(default_factory=list)
    key: str = ""
    proposed: str | None = None
    finished: bool = False
    amid: Callable[[], object] | None = None

    def act(self, *, alone: bool = False) -> bool:
        """Press the next key and what belongs to it; False when the page says that all is decided.

        An editor who is `alone` has no server now, and leaves out what needs its answer.
        """
        key = self.rng.choices(list(HABITS), list(HABITS.values()))[0]
        if not alone and self.proposed == OFTEN_MISSPELT:
            key = "s"
        match key:
            case "Backspace" if self.acts and not (alone and len(self.acts[-1]) > 1):
                self.take_back()
            case "s" if not alone:
                self.alike()
            case "m":
                self.comment(self.rng.choice((f"Смотри опись {self.rng.randrange(1, 90)}.", "")))
            case "f":
                self.flag()
            case "e":
                self.read(f"иначе {self.rng.randrange(1, 999)}")
            case " ":
                self.press(" ")
            case _:
                self.decide(key if key in DECIDES else "a")
        return not self.finished

    def said(self) -> dict[str, Said]:
        """What stands of each finding of which anything is said."""
        return {key: own[-1] for key, own in self.told.items() if own}

    def look(self, there: str = "now", value: str = "") -> None:
        """See what is open, once that is there."""
        self.key, self.proposed, self.finished = self.page.evaluate(SEEN, [there, value])

    @property
    def own(self) -> Said:
        """What stands of the finding that is open."""
        told = self.told.get(self.key)
        return told[-1] if told else NOTHING

    def decide(self, key: str) -> None:
        """Decide with one key."""
        reading = self.proposed if key == "a" else None
        self._say(self.own._replace(decision=DECIDES[key], reading=reading))
        self.press(key)

    def read(self, reading: str) -> None:
        """Type a reading."""
        self._say(self.own._replace(decision="mend", reading=reading))
        self.press("e", lambda: self._type(reading))

    def comment(self, words: str) -> None:
        """Type a comment; the finding stays open."""
        self._say(self.own._replace(comment=words), anew=True)
        self.page.keyboard.press("m")
        self._type(words)
        until(self.page, "document.querySelector('#typed') === null")

    def flag(self) -> None:
        """Ask for a second reader, or no longer; the finding stays open."""
        self._say(self.own._replace(flag=not self.own.flag))
        self.page.keyboard.press("f")

    def take_back(self) -> None:
        """Take back the latest act."""
        keys = self.acts.pop()
        for key in keys:
            self.told[key].pop()
        self._unsaid()
        self.page.keyboard.press("Backspace")
        if len(keys) == 1:
            self.look("open", keys[0])
        else:
            self.look("said", "taken back")

    def alike(self) -> None:
        """Decide on all that are alike, where there are several, in the window that shows them."""
        with self.page.expect_response("**/api/many/preview") as answer:
            self.page.keyboard.press("s")
        keys = [own["key"] for own in answer.value.json()["subjects"]]
        self.page.wait_for_selector("dialog[open]")
        if len(keys) < 2:
            self.page.keyboard.press("Escape")
            until(self.page, "document.querySelector('dialog[open]') === null")
            return self.decide("a")
        # The first button has the focus, which mends all; the second leaves them as they are.
        self.page.keyboard.press("Tab")
        for key in keys:
            self.told[key].append(self.said().get(key, NOTHING)._replace(decision="leave", reading=None))
        self.acts.append(keys)
        self._unsaid()
        self.page.keyboard.press("Enter")
        if self.amid:
            self.amid()
            self.amid = None
        self.look("said", "were decided")
        return None

    def press(self, key: str, more: Callable[[], None] = lambda: None) -> None:
        """Press a key, and wait till another finding is open, or all is decided."""
        self.page.keyboard.press(key)
        more()
        self.look("other", self.key)

    def _unsaid(self) -> None:
        """Let the page's last sentence not be taken for the next one."""
        self.page.evaluate("document.querySelector('#said').textContent = ''")

    def _type(self, words: str) -> None:
        self.page.wait_for_selector("#typed")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")

    def _say(self, now: Said, *, anew: bool = False) -> None:
        """Note what is said now; the same again says nothing, unless the page takes it `anew`."""
        told = self.told[self.key]
        if now == NOTHING and len(told) <= 1:
            # The one thing that was said is unsaid.
            if told:
                told.pop()
                self.acts.remove([self.key])
        elif anew or now != self.own:
            told.append(now)
            self.acts.append([self.key])
