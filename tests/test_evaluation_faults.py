"""The faults that scripts/eval puts into volumes: each is where it says it is, and nothing else is changed."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.model import RawText, SourceText
from align.text.source import structure

pytestmark = pytest.mark.slow  # volumes are linked

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))
faults = importlib.import_module("evaluation.faults")
scores = importlib.import_module("evaluation.scores")
reliability = importlib.import_module("evaluation.reliability")

PARAGRAPH = (
    "Вечером в {n}-м доме пили чай с Катей и Петром. Потом Аркадий долго говорил о погоде и о 17{n} рублях долга. "
    "Никто его не слушал, кроме старого слуги Прокофьича, который стоял у дверей с подносом. Разошлись поздно."
)
CONTENT = "\n\n".join(PARAGRAPH.format(n=n) for n in range(20, 50))
FOREIGN = "\n\n".join(f"Чужая книга, страница {n}. Раскольников вышел на улицу и пошел к мосту." for n in range(40))
WITHOUT_SCANS = [
    "sentence removed", "paragraph removed", "sentence invented", "paragraph invented", "paragraphs swapped",
    "word changed", "name changed", "number changed",
]  # fmt: skip


def structured(document: str, content: str) -> SourceText:
    return structure(RawText(f"transcripts/{document}.ru.txt", "v", document, "ru", content, "utf-8"))


def damaged(kind: str, seed: int):
    volume = SimpleNamespace(texts={"d": CONTENT}, scans=(None,) * 6, language="ru", structured=structured)
    return faults.MAKERS[kind](faults.Case(volume, "d", Random(seed), FOREIGN))


@pytest.mark.parametrize("kind", WITHOUT_SCANS)
@settings(deadline=None, max_examples=10)
@given(seed=st.integers(0, 10_000))
def test_a_fault_is_where_it_says(kind, seed):
    """Putting back what each fault took away gives the text as it was; there are faults, of this kind alone."""
    made = damaged(kind, seed)
    now = made.texts["d"]
    assert made.faults
    assert {fault.kind for fault in made.faults} == {kind}
    for fault in sorted(made.faults, key=lambda f: f.span, reverse=True):
        assert now[slice(*fault.span)] == fault.now
        assert CONTENT[slice(*fault.was)] == fault.before
        assert fault.now != fault.before
        now = now[: fault.span[0]] + fault.before + now[fault.span[1] :]
    assert now == CONTENT


@pytest.mark.parametrize("kind", WITHOUT_SCANS)
@settings(deadline=None, max_examples=10)
@given(seed=st.integers(0, 10_000))
def test_damaged_sentences_are_judged_by_what_they_were(kind, seed):
    """A sentence without a fault stood where the same words stand in the text as it was; an invented one nowhere."""
    made = damaged(kind, seed)
    now = made.texts["d"]
    for sentence in structured("d", now).sentences:
        ((start, end),) = sentence.spans
        own = [f for f in made.faults if f.span[0] < end and start < f.span[1]]
        spans, invented = scores.original(made, "d", sentence.spans)
        if not own:
            assert (len(spans), invented) == (1, False)
            assert CONTENT[slice(*spans[0])] == now[start:end]
        elif "invented" in kind and own[0].span[0] <= start and end <= own[0].span[1]:
            assert invented


def test_the_diagram_shows_its_bins():
    """The diagram has a circle for each bin, at its score and its share, and the error in its title."""
    bins = [reliability.Bin(10, 0.5, 0.4), reliability.Bin(990, 0.99, 0.98)]
    drawn = reliability.diagram(bins, 0.0123)
    assert drawn.count("<circle") == 2
    assert "1000 links" in drawn
    assert "0.0123" in drawn
    low = reliability.MARGIN + 0.5 * reliability.SIZE
    assert f'cx="{low:.1f}"' in drawn
