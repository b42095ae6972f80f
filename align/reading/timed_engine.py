"""An engine that measures the time spent in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter

from align.model import Line
from align.ocr import BlockReader, Engine
from align.pixels import Pixels


@dataclass(slots=True)
class TimedEngine:
    """An engine that adds up the time spent in it."""

    engine: Engine
    seconds: float = field(default=0.0)

    @property
    def name(self) -> str:
        """The engine's own name."""
        return self.engine.name

    def read(self, image: Pixels, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        """What the engine reads (see Engine.read)."""
        start = perf_counter()
        try:
            return self.engine.read(image, languages=languages, dpi=dpi)
        finally:
            self.seconds += perf_counter() - start

    def read_block(self, image: Pixels, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        """The lines of one block (see BlockReader.read_block); none from an engine that reads whole pages only."""
        if not isinstance(self.engine, BlockReader):
            return ()
        start = perf_counter()
        try:
            return self.engine.read_block(image, languages=languages, dpi=dpi)
        finally:
            self.seconds += perf_counter() - start
