"""What a volume says of its words: counts of what was read surely, of what is misread, and its alphabet."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein
from support.linked_volumes import make_pages, make_text, paged, prose

from align.linking.places.placed_texts import PlacedTexts
from align.linking.words.collation import Collation, collations
from align.linking.words.volume_words import VolumeWords, chunks_of, letters, page_of
from align.model import Page
from align.tuning.linking import LINKING

PROSE = [s for s in prose("ru") if len(s) >= 16][:40]
CONTENT = " ".join(PROSE)
ROWS = paged(CONTENT, width=60, lines=8)
WORDS = st.text("абвг", max_size=8)


def said(content: str, pages: list[Page]) -> tuple[VolumeWords, Collation]:
    collation = collations(pages, PlacedTexts.of(pages, [make_text(content)]), ())[0]
    return VolumeWords.of(pages, collation.passages, collation.differences), collation


@given(WORDS, WORDS)
def test_chunks_lead_from_one_word_to_the_other(read, written):
    """Equal words have no chunks; of others the chunks hold at least as many letters as there are edits."""
    chunks = list(chunks_of(read, written))
    assert (chunks == []) == (read == written)
    assert sum(max(len(a), len(b)) for a, b in chunks) == Levenshtein.distance(read, written)
    assert all(a != b for a, b in chunks)


def test_each_word_of_the_passages_is_counted():
    """Where all agrees each word is read as written, on its own page, and nothing is misread."""
    volume, collation = said(CONTENT, make_pages(ROWS))
    words = sum(len(passage.read) for passage in collation.passages)
    assert (volume.same.total(), volume.words.total()) == (words, words)
    assert set(volume.words) == set(range(len(ROWS)))
    assert (volume.misread.total(), volume.chunks.total()) == (0, 0)


def test_words_read_with_doubt_are_no_words_of_the_volume():
    """A word counts as read only where it was read surely."""
    for confidence, known in ((LINKING.words.known_confidence, True), (LINKING.words.known_confidence - 0.01, False)):
        pages = [
            replace(
                page,
                lines=tuple(
                    replace(line, words=tuple(replace(w, confidence=confidence) for w in line.words))
                    for line in page.lines
                ),
            )
            for page in make_pages(ROWS)
        ]
        assert bool(said(CONTENT, pages)[0].read) == known


def test_a_misreading_counts_on_its_page_and_once_among_the_habits():
    """A word that is misread in the same way on two pages is misread on both, and one habit of the engine's."""
    content = " ".join([*PROSE[:4], "Тут стоял каземат.", *PROSE[4:20], "Там стоял каземат.", *PROSE[20:]])
    pages = make_pages(paged(content.replace("каземат", "казенат"), width=60, lines=8))
    volume, collation = said(content, pages)
    own = [d for d in collation.differences if letters(d) == ("казенат", "каземат")]
    assert len({page_of(d) for d in own}) == 2
    assert volume.misread == {page_of(d): 1 for d in own}
    assert volume.chunks == {("н", "м"): 1}


@pytest.mark.parametrize(("word", "foreign"), [("каземат", False), ("ѣзда", False), ("fort", True), ("λόγος", True)])
def test_letters_of_another_alphabet_are_foreign(word, foreign):
    """Of a Russian text Latin and Greek words are foreign, and letters that the reform took away are not."""
    content = " ".join([*PROSE[:4], f"Тут стоял {word} рядом.", *PROSE[4:]])
    pages = make_pages(paged(content.replace(word, "домище"), width=60, lines=8))
    volume, collation = said(content, pages)
    (own,) = [d for d in collation.differences if any(w.text == word for w in d.written)]
    assert volume.foreign(own) is foreign


def test_a_volume_without_passages_says_nothing():
    """Without a passage all counts are empty, and no word is of another alphabet for want of one."""
    volume = VolumeWords.of([], [], [])
    assert not any((volume.read, volume.same, volume.chunks, volume.words, volume.misread))
