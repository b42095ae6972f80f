"""Copies: documents of a volume that have the same text, whole, cut or with some words changed."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.linked_volumes import make_pages, make_text, paged, prose

from align.linking import link_volume
from align.linking.findings.copied_documents import copied_documents

STORY = " ".join(prose("ru")[:40])
OTHER = " ".join(prose("ru")[40:80])


def copies(**contents: str) -> dict[str, str]:
    """For each copy the document whose text it has."""
    documents = {name: [make_text(content, document=name)] for name, content in contents.items()}
    return {name: original for name, (original, _) in copied_documents(documents).items()}


def changed(text: str, share: float, seed: int) -> str:
    rng = random.Random(seed)
    return " ".join(word if rng.random() > share else "щука" for word in text.split())


def test_the_first_of_two_equal_documents_is_the_original():
    """Of two documents with one text the second is a copy of the first; another text is none."""
    assert copies(a=STORY, b=STORY, c=OTHER) == {"b": "a"}


def test_the_whole_document_is_the_original():
    """A cut copy is a copy of the whole, even if it comes first."""
    assert copies(a=STORY[: len(STORY) // 2], b=STORY) == {"a": "b"}


@pytest.mark.parametrize("seed", range(5))
def test_a_copy_with_some_other_words_is_one(seed):
    """One changed word in twenty hides no copy."""
    assert copies(a=STORY, b=changed(STORY, 0.05, seed)) == {"b": "a"}


def test_what_shares_a_formula_is_no_copy():
    """Documents that begin alike and go on otherwise are two documents."""
    opening = " ".join(STORY.split()[:20])
    assert copies(a=f"{opening} {STORY}", b=f"{opening} {OTHER}") == {}


def test_texts_in_two_languages_are_no_copies():
    """A text is compared with those in its own language."""
    documents = {"a": [make_text(STORY, document="a")], "b": [make_text(STORY, document="b", language="en")]}
    assert copied_documents(documents) == {}


@given(st.lists(st.sampled_from([STORY, OTHER, STORY[:900], "Да."]), min_size=1, max_size=8))
def test_an_original_is_no_shorter_and_an_only_text_is_no_copy(texts):
    """Whatever the documents are, an original is as long as its copy or longer, and comes first if it is as long."""
    contents = {f"d{number}": text for number, text in enumerate(texts)}
    for copy, original in copies(**contents).items():
        assert (-len(contents[original]), original) < (-len(contents[copy]), copy)
    for name, text in contents.items():
        if text == OTHER and texts.count(OTHER) == 1:
            assert name not in copies(**contents)


def test_a_copy_is_told_once():
    """The copy that found no page is a warning that names both documents, and not also a document that is not found."""
    pages = make_pages(paged(STORY, lines=12))
    linked = link_volume("v", pages, [make_text(STORY, document="a"), make_text(STORY, document="b")])
    told = [(f.code, f.severity, f.document) for f in linked.findings if f.code.startswith("document-")]
    assert len(told) == 1
    assert told[0][:2] == ("document-copied", "warning")
