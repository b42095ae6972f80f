"""An editor who works through the review page by keys alone, and knows what must be kept of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from playwright.sync_api import Page

from support.review_browser import key_of, until, wait_for

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
HABITS = {"a": 30, "l": 14, "x": 16, "c": 6, "e": 9, "f": 5, "m": 6, " ": 5, "Backspace": 7, "s": 2}
WAITING = "Object.keys(localStorage).filter((own) => own.includes('.out.')).length"
FINISHED = "document.querySelector('#said').textContent === 'All findings of this queue are decided.'"


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

    `said` is what stands of each finding by its key, `acts` what can be taken back: keys of findings, each with what
    stood before.
    """

    page: Page
    rng: random.Random
    said: dict[str, Said] = field(default_factory=dict)
    acts: list[dict[str, Said]] = field(default_factory=list)
    pressed: int = 0

    def act(self, *, alone: bool = False) -> bool:
        """Press the next key and what belongs to it; False when the page says that all is decided.

        An editor who is `alone` has no server now, and leaves out what needs its answer.
        """
        key = self.rng.choices(list(HABITS), list(HABITS.values()))[0]
        self.pressed += 1
        match key:
            case "Backspace" if self.acts:
                self.take_back()
            case "s" if not alone:
                self.alike()
            case "m":
                self.comment(f"Смотри опись {self.rng.randrange(1, 90)}.")
            case "f":
                self.flag()
            case "e":
                self.read(f"иначе {self.rng.randrange(1, 999)}")
            case " ":
                self.press(" ")
            case _:
                self.decide(key if key in DECIDES else "a")
        return not self.page.evaluate(FINISHED)

    @property
    def own(self) -> Said:
        """What stands of the finding that is open."""
        return self.said.get(key_of(self.page), NOTHING)

    def decide(self, key: str) -> None:
        """Decide with one key."""
        reading = self.proposed() if key == "a" else None
        self._say(self.own._replace(decision=DECIDES[key], reading=reading))
        self.press(key)

    def read(self, reading: str) -> None:
        """Type a reading."""
        self._say(self.own._replace(decision="mend", reading=reading))
        self.press("e", lambda: self._type(reading))

    def comment(self, words: str) -> None:
        """Type a comment; the finding stays open."""
        self._say(self.own._replace(comment=words))
        self.page.keyboard.press("m")
        self._type(words)
        until(self.page, "document.querySelector('#typed') === null")

    def flag(self) -> None:
        """Ask for a second reader; the finding stays open."""
        if self.own.flag:
            return
        self._say(self.own._replace(flag=True))
        self.page.keyboard.press("f")

    def take_back(self) -> None:
        """Take back the latest act."""
        before = self.acts.pop()
        self.page.keyboard.press("Backspace")
        self.said |= before
        if len(before) == 1:
            wait_for(self.page, lambda: key_of(self.page) in before)

    def alike(self) -> None:
        """Decide on all that are alike, where there are several, in the window that shows them."""
        with self.page.expect_response("**/api/many/preview") as answer:
            self.page.keyboard.press("s")
        keys = [own["key"] for own in answer.value.json()["subjects"]]
        self.page.wait_for_selector("dialog[open]")
        if len(keys) < 2:
            self.page.keyboard.press("Escape")
            until(self.page, "document.querySelector('dialog[open]') === null")
            return
        # The first button has the focus: it mends. The second leaves all as they are.
        self.page.keyboard.press("Tab")
        self.acts.append({key: self.said.get(key, NOTHING) for key in keys})
        self.said |= dict.fromkeys(keys, Said("leave"))
        with self.page.expect_response("**/api/many"):
            self.page.keyboard.press("Enter")
        until(self.page, "document.querySelector('#said').textContent.includes('findings are decided')")

    def proposed(self) -> str | None:
        """The reading that the open finding proposes; "" where it proposes that words go."""
        shown = self.page.locator(".proposal .read").first
        if not shown.count():
            return None
        return "" if shown.locator(".missing").count() else shown.text_content()

    def press(self, key: str, more: Callable[[], None] = lambda: None) -> None:
        """Press a key, and wait till another finding is open, or all is decided."""
        before = key_of(self.page)
        self.page.keyboard.press(key)
        more()
        until(self.page, f"!document.querySelector('article .foot').textContent.endsWith('{before}') || {FINISHED}")

    def _type(self, words: str) -> None:
        self.page.wait_for_selector("#typed")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")

    def _say(self, now: Said) -> None:
        key = key_of(self.page)
        before = self.said.get(key, NOTHING)
        if now != before:
            self.acts.append({key: before})
            self.said[key] = now
