"""Pages read again where linking asks for it: once, kept, in the pool, and never at the cost of the first reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from support.results_check import check_results, read_rows
from support.small_collection import (
    LINES,
    PageEngine,
    files_of,
    make_collection,
    results_of,
    run_collection,
)

from align.errors import EngineError
from align.model import Line
from align.workers.pools import ProcessPool

pytestmark = pytest.mark.slow  # volumes are read and linked again

LOST = slice(4, 7)


@dataclass
class LosingEngine(PageEngine):
    """Loses three lines of the second page, which it reads only as one block."""

    blocks: list[int] = field(default_factory=list)

    def read(self, image: np.ndarray, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        lines = list(super().read(image, languages=languages, dpi=dpi))
        if len(lines) == LINES[1]:
            del lines[LOST]
        return tuple(lines)

    def read_block(self, image: np.ndarray, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        lines = super().read(image, languages=languages, dpi=dpi)
        self.calls.pop()
        if len(lines) not in LINES:  # strips of a page, read by themselves
            return ()
        self.blocks.append(len(lines))
        return lines


@dataclass
class BlockFailingEngine(LosingEngine):
    """Cannot read a page as one block."""

    def read_block(self, image: np.ndarray, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        if super().read_block(image, languages=languages, dpi=dpi):
            raise EngineError("Tesseract could not read the page (it said so); check that scan.", cause="drawn-failure")
        return ()


@dataclass
class InterruptedEngine(LosingEngine):
    """Is interrupted, as by Ctrl-C, when it first reads a page as one block."""

    def read_block(self, image: np.ndarray, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        lines = super().read_block(image, languages=languages, dpi=dpi)
        if lines and len(self.blocks) == 1:
            raise KeyboardInterrupt
        return lines


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_collection(tmp_path / "collection")


def states(root: Path) -> list[str]:
    """The statuses of the links of the document on the second page."""
    rows = read_rows(root / "aligned/diary/links.jsonl")
    return [row["status"] for row in rows if row["document"] == "1934-12-19" and row["kind"] == "transcription"]


def test_a_page_that_lost_lines_is_read_again(root):
    """Lines that the first reading lost are linked from another, and only that page was read again."""
    engine = LosingEngine()
    outcome = run_collection(root, engine)
    assert outcome.pages_reread == 1
    assert set(engine.blocks) == {LINES[1]}
    assert set(states(root)) == {"linked"}
    assert len(read_rows(root / "aligned/diary/lines.jsonl")) == sum(LINES)
    assert outcome.seconds["rereading"] > 0
    check_results(root / "aligned")


def test_good_pages_are_read_once(root):
    """Pages that fit their texts cost one call each and no other reading."""
    engine = PageEngine()
    assert run_collection(root, engine).pages_reread == 0
    assert sorted(rows for rows, _ in engine.calls) == sorted(LINES)


def test_other_readings_are_kept(root):
    """What was read again is kept: where results are made anew, with a text edited or not, nothing is read."""
    run_collection(root, LosingEngine())
    before = results_of(root)
    for path in (root / "aligned/.volumes").iterdir():
        path.unlink()
    engine = LosingEngine()
    assert run_collection(root, engine).pages_reread == 0
    assert results_of(root) == before
    text = root / "transcripts/diary/1934-12-19.ru.txt"
    text.write_text(text.read_text(encoding="utf-8").replace("медное", "жёлтое"), encoding="utf-8")
    run_collection(root, engine)
    assert set(states(root)) == {"linked"}
    assert (engine.calls, engine.blocks) == ([], [])


def test_a_text_that_comes_later_reads_nothing_unless_asked(root):
    """A text added after a whole run has no page read again, but with --retry it has."""
    text = root / "transcripts/diary/1934-12-19.ru.txt"
    content = text.read_bytes()
    text.unlink()
    run_collection(root, LosingEngine())
    text.write_bytes(content)
    engine = LosingEngine()
    assert run_collection(root, engine).pages_reread == 0
    assert (engine.calls, engine.blocks) == ([], [])
    assert run_collection(root, engine, retry=True).pages_reread == 1
    assert set(states(root)) == {"linked"}


def test_a_failed_reading_leaves_the_first(root):
    """Where no other reading can be made the page stays as it was read first, and nothing has failed."""
    outcome = run_collection(root, BlockFailingEngine())
    assert outcome.failures == ()
    assert len(read_rows(root / "aligned/diary/lines.jsonl")) == sum(LINES) - 3


def test_an_interruption_changes_no_result(root, tmp_path):
    """A run that was interrupted while it read a page again is finished by the next, with the results of one run."""
    other = make_collection(tmp_path / "other")
    run_collection(other, LosingEngine())
    with pytest.raises(KeyboardInterrupt):
        run_collection(root, InterruptedEngine())
    engine = LosingEngine()
    run_collection(root, engine)
    assert engine.calls == []
    assert results_of(root) == results_of(other)


def test_workers_read_the_same(root, tmp_path):
    """Worker processes give what this process gives, byte for byte."""
    other = make_collection(tmp_path / "other")
    run_collection(other, LosingEngine())
    run_collection(root, LosingEngine(), pool=ProcessPool(2))
    assert results_of(root) == results_of(other)
    assert files_of(root / "aligned/.readings") == files_of(other / "aligned/.readings")
