"""Words in doubt read again: from the scan, once, kept, and never at the cost of the results."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from support.results_check import read_rows
from support.small_collection import LINES, PageEngine, ink_rows, make_collection, run_collection, typed_line

from align.errors import EngineError
from align.model import Line

pytestmark = pytest.mark.slow  # volumes are read and linked again

PAGE_HAS, TEXT_HAS = "мышь", "моль"


@dataclass
class LookingEngine(PageEngine):
    """Reads pages surely; of a pile of words it reads each as this answer, and counts the piles."""

    answer: str = PAGE_HAS
    piles: list[int] = field(default_factory=list)

    def read_block(self, image: np.ndarray, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        rows = ink_rows(image)
        self.piles.append(len(rows))
        return tuple(typed_line(f"и {self.answer} и", box, 0.9) for box in rows)


@dataclass
class FailingLook(LookingEngine):
    """Cannot read a pile of words."""

    def read_block(self, image: np.ndarray, *, languages: tuple[str, ...], dpi: float) -> tuple[Line, ...]:
        super().read_block(image, languages=languages, dpi=dpi)
        raise EngineError("Tesseract could not read the page (it said so); check that scan.", cause="drawn-failure")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A collection whose text has another word than its page."""
    folder = make_collection(tmp_path / "collection")
    for path in (folder / "transcripts").rglob("*.ru.txt"):
        path.write_text(path.read_text("utf-8").replace(PAGE_HAS, TEXT_HAS), "utf-8")
    return folder


def score(root: Path) -> float:
    """The score of the finding about the word; 0 where there is none."""
    rows = read_rows(root / "aligned/diary/findings.jsonl")
    return max((row["score"] for row in rows if row["code"] == "likely-misprint"), default=0.0)


def test_a_look_that_agrees_makes_the_finding_surer(root, tmp_path):
    """A word read alike again is a surer misprint than one that no look confirms."""
    run_collection(root, LookingEngine())
    agreed = score(root)
    other = make_collection(tmp_path / "other")
    for path in (other / "transcripts").rglob("*.ru.txt"):
        path.write_text(path.read_text("utf-8").replace(PAGE_HAS, TEXT_HAS), "utf-8")
    run_collection(other, LookingEngine(answer=TEXT_HAS))
    assert score(other) < agreed
    assert score(other) < 0.5


def test_looks_are_kept(root):
    """A volume that is linked again looks at no word again."""
    first = LookingEngine()
    run_collection(root, first)
    assert len(first.piles) == 1
    for path in (root / "aligned/.volumes").iterdir():
        path.unlink()
    engine = LookingEngine()
    run_collection(root, engine)
    assert (engine.calls, engine.piles) == ([], [])


def test_a_look_that_fails_does_no_harm(root):
    """Where words cannot be read again the volume is linked all the same, and nothing has failed."""
    outcome = run_collection(root, FailingLook())
    assert outcome.failures == ()
    assert len(read_rows(root / "aligned/diary/lines.jsonl")) == sum(LINES)
