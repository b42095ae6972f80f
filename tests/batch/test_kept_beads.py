"""Beads that are kept: what is taken from them, and that a volume linked with them is the volume linked anew."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from support.grown_volume import edited, grown_volume
from support.linked_volumes import make_text
from support.small_collection import results_of, run_collection
from support.small_volumes import ENGLISH, small_volumes

from align.batch.keeping.kept_beads import KeptBeads
from align.bitext import align_sentences
from align.files.store.readings import ReadingStore
from align.files.store.result_store import ResultStore
from align.linking import link_volume
from align.ocr import NoEngine

RU, EN = ["Он пришёл домой.", "Было холодно."], ["He came home.", "It was cold."]
HOW = {"left_language": "ru", "right_language": "en"}


@pytest.fixture
def store(tmp_path):
    """An empty store of readings."""
    return ReadingStore(ResultStore(tmp_path))


def test_what_was_aligned_once_is_not_aligned_again(store):
    """Beads come back as they were made, to the last digit, and another sentence, language or paragraph is aligned."""
    first = KeptBeads(store, "v", "basis")
    beads = first.keeping(align_sentences)(RU, EN, **HOW)
    first.put()
    again = KeptBeads(store, "v", "basis")
    align = again.keeping(align_sentences)
    assert (align(RU, EN, **HOW), again.aligned) == (beads, 0)
    align(RU, [*EN[:1], "It was warm."], **HOW)
    align(RU, EN, left_language="ru", right_language="en-x-second")
    align(RU, EN, left_paragraphs=[0, 1], **HOW)
    assert again.aligned == 3


@pytest.mark.parametrize("spoilt", ["[", "[]", "7", "[[[0],[0],2,[]],[[1],[1],0.5,[]]]", "[[[0],[9],0.5,[]]]", "[[0]]"])
def test_kept_beads_that_are_no_beads_are_made_again(store, spoilt):
    """Kept beads that are damaged, of other sentences or of another basis count as absent."""
    first = KeptBeads(store, "v", "basis")
    beads = first.keeping(align_sentences)(RU, EN, **HOW)
    first.put()
    (number,) = (n for n in range(16) if store.get(f"beads of v, part {n}"))
    value = store.get(f"beads of v, part {number}")
    value["beads"] = dict.fromkeys(value["beads"], spoilt)
    store.put(f"beads of v, part {number}", value)
    again = KeptBeads(store, "v", "basis")
    assert (again.keeping(align_sentences)(RU, EN, **HOW), again.aligned) == (beads, 1)
    other = KeptBeads(store, "v", "another basis")
    assert (other.keeping(align_sentences)(RU, EN, **HOW), other.aligned) == (beads, 1)


def test_beads_that_no_text_asks_for_are_not_kept(store):
    """After a text was edited, the beads of what it said before are gone."""
    for said in ("Было холодно.", "Было тепло."):
        kept = KeptBeads(store, "v", "basis")
        kept.keeping(align_sentences)([RU[0], said], EN, **HOW)
        kept.put()
    assert sum(len((store.get(f"beads of v, part {n}") or {"beads": {}})["beads"]) for n in range(16)) == 1


def test_an_edited_document_linked_with_kept_beads_is_as_linked_anew(store):
    """After one text of a volume was edited, linking with what was kept gives what linking all anew gives."""
    pages, texts = next(iter(small_volumes()))
    other = [replace(t, path=t.path.replace("/d.", "/e."), document="e") for t in texts]
    kept = KeptBeads(store, "v", "basis")
    link_volume("v", pages, [*texts, *other], keeping=kept.keeping)
    kept.put()
    edited = make_text(ENGLISH.replace("one was from my sister Vera", "one of them Vera sent"), language="en")
    again = KeptBeads(store, "v", "basis")
    link = partial(link_volume, "v", pages, [texts[0], edited, *other])
    assert link(keeping=again.keeping) == link()
    assert 0 < again.aligned < kept.aligned + 2


def test_a_run_after_one_text_was_edited_is_a_run_over_everything(tmp_path):
    """A plain run after an edited text writes, byte for byte, what a first run over the same collection writes."""
    for name in ("again", "anew"):
        grown_volume(tmp_path / name, 6, longest=2)
    run_collection(tmp_path / "again", NoEngine(), overlays="none")
    before = results_of(tmp_path / "again")
    assert edited(tmp_path / "again") == edited(tmp_path / "anew")
    for name in ("again", "anew"):
        run_collection(tmp_path / name, NoEngine(), overlays="none")
    assert before != results_of(tmp_path / "again") == results_of(tmp_path / "anew")
