"""How often a sign-in may fail: after some wrong attempts the next one must wait, longer each time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import ceil
from threading import Lock
from time import monotonic

# Wrong attempts that are free: of one name from one address, of one address, of one name from anywhere.
_FREE = {"pair": 5, "address": 20, "name": 50}
# Seconds of the first wait, which doubles with each further wrong attempt, and of the longest.
_FIRST_S = 2.0
_LONGEST_S = 900.0
# Names and addresses that are remembered. Someone who tries more of them drives out his own oldest.
_MOST = 20_000

Key = tuple[str, ...]


@dataclass(slots=True)
class Attempts:
    """Counts wrong attempts. All is forgotten some time after the last one."""

    clock: Callable[[], float] = monotonic
    _failed: OrderedDict[Key, tuple[int, float]] = field(init=False, default_factory=OrderedDict)
    _lock: Lock = field(init=False, default_factory=Lock)

    def wait(self, name: str, address: str) -> int:
        """The seconds till the next attempt is let through; 0 where it is now."""
        with self._lock:
            return max(0, *(ceil(self._until(key) - self.clock()) for key in _keys(name, address)))

    def failed(self, name: str, address: str) -> None:
        """Count a wrong attempt."""
        with self._lock:
            for key in _keys(name, address):
                count, _ = self._recent(key)
                self._failed[key] = (count + 1, self.clock())
                self._failed.move_to_end(key)
            while len(self._failed) > _MOST:
                self._failed.popitem(last=False)

    def succeeded(self, name: str, address: str) -> None:
        """Take back what was counted for this attempt, and forget the wrong ones of this name from this address."""
        with self._lock:
            for key in _keys(name, address):
                count, last = self._recent(key)
                self._failed[key] = (0 if key[0] == "pair" else max(0, count - 1), last)

    def _until(self, key: Key) -> float:
        count, last = self._recent(key)
        over = count - _FREE[key[0]]
        return last if over < 0 else last + min(_LONGEST_S, _FIRST_S * 2 ** min(over, 20))

    def _recent(self, key: Key) -> tuple[int, float]:
        count, last = self._failed.get(key, (0, self.clock()))
        return (count, last) if self.clock() - last <= 2 * _LONGEST_S else (0, self.clock())


def _keys(name: str, address: str) -> Iterator[Key]:
    name = name.casefold()[:300]
    yield from (("pair", name, address), ("address", address), ("name", name))
