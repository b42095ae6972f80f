"""Documents that have the same text as another: the whole original takes the pages, the copy is told."""

from __future__ import annotations

from random import Random

import pytest
from support.linked_volumes import make_page, make_pages, make_text, paged, prose, wrapped
from support.small_volumes import ENGLISH, RUSSIAN, misread

from align.linking import link_volume
from align.model import Page, SourceText, VolumeResult

PROSE = [s for s in prose("ru") if len(s) >= 16]
LETTER, OTHER = " ".join(PROSE[:16]), " ".join(PROSE[16:40])
HALF = " ".join(PROSE[:8])
CODE = "document-copied"


def linked(pages: list[Page], texts: list[SourceText]) -> VolumeResult:
    return link_volume("v", pages, texts)


def pages_of(*contents: str) -> list[Page]:
    return make_pages([rows for content in contents for rows in paged(content, lines=12)])


def copies_told(result: VolumeResult) -> list[tuple[str | None, str]]:
    return [(f.document, f.message) for f in result.findings if f.code == CODE]


def found(result: VolumeResult) -> dict[str, bool]:
    """For each document whether all of its sentences have places (True) or none (False)."""
    placed = {d: {bool(x.areas) for x in result.links if x.document == d} for d in (x.document for x in result.links)}
    assert all(len(kinds) == 1 for kinds in placed.values()), placed
    return {document: kinds.pop() for document, kinds in placed.items()}


CHANGED = {
    "whole": LETTER,
    "half": HALF,
    "a third": " ".join(PROSE[5:10]),
    "misread": misread(LETTER, 0.02, Random(3)),
    "doubled": f"{HALF} {LETTER}",
    "with strange words": " ".join([*PROSE[:7], "Xyz abc def ghi.", *PROSE[7:16]]),
    "with a sentence left out": " ".join(PROSE[:5] + PROSE[6:16]),
}


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
@pytest.mark.parametrize("change", CHANGED)
def test_the_whole_original_takes_the_pages(change, names):
    """The document that agrees best with the pages is linked, whatever its name; the copy is one warning."""
    original, copy = ("a", "b") if change == "whole" else names
    contents = {original: LETTER, copy: CHANGED[change]}
    texts = [make_text(contents[name], document=name) for name in "ab"]
    result = linked(pages_of(OTHER, LETTER), [*texts, make_text(OTHER, document="c")])
    assert found(result) == {original: True, copy: False, "c": True}
    ((document, message),) = copies_told(result)
    assert document == copy
    assert f"“{copy}” has the same text as “{original}”" in message
    assert {f.severity for f in result.findings if f.code == CODE} == {"warning"}


def test_a_copy_is_not_told_as_lost():
    """Where a page failed, a copy is no document that may stand there, and its sentences give the copy as reason."""
    pages = [*pages_of(LETTER), make_page([], order=9, status="failed")]
    result = linked(pages, [make_text(LETTER, document="a"), make_text(LETTER, document="b")])
    codes = [(f.code, f.document) for f in result.findings if f.severity != "note"]
    assert codes == [("page-unreadable", None), (CODE, "b")]
    assert {x.reason for x in result.links if x.document == "b"} == {"copy"}


def test_an_original_that_is_on_no_page_is_told_once():
    """Of two documents with one text that is on no page, the first is not found, and the second is its copy."""
    texts = [make_text(LETTER, document=name) for name in "ab"]
    result = linked(pages_of(OTHER), [*texts, make_text(OTHER, document="c")])
    told = [(f.code, f.document) for f in result.findings if f.severity == "error" or f.code == CODE]
    assert told == [("document-not-found", "a"), (CODE, "b")]


def test_many_copies_have_one_original():
    """Twenty copies, some of them cut, are twenty warnings that name the one whole text."""
    texts = [make_text(LETTER if n % 3 == 1 else HALF, document=f"d{n:02}") for n in range(21)]
    result = linked(pages_of(LETTER), texts)
    assert [d for d, placed in found(result).items() if placed] == ["d01"]
    assert len(copies_told(result)) == 20
    assert all("“d01”" in message for _, message in copies_told(result))


def test_a_letter_that_the_pages_show_twice_is_two_documents():
    """Two documents with the same text, each on a page of its own, are both linked, and that is a note only."""
    rows = [wrapped(LETTER, 60), *paged(OTHER, lines=12), wrapped(LETTER.replace("а", "о", 9), 41)]
    texts = [LETTER, OTHER, LETTER.replace("а", "о", 9)]
    result = linked(make_pages(rows), [make_text(text, document=f"d{n}") for n, text in enumerate(texts)])
    assert [(f.severity, f.case) for f in result.findings if f.code == CODE] == [("note", "both")]
    assert {d for d, placed in found(result).items() if placed} == {"d0", "d1", "d2"}


def test_a_document_in_two_languages_is_no_copy_of_itself():
    """Texts of one document are never copies of each other, nor are two of its versions in one language."""
    texts = [make_text(RUSSIAN, document="a"), make_text(RUSSIAN, document="a", language="ru-RU")]
    texts.append(make_text(RUSSIAN, document="a", language="en"))
    assert copies_told(linked(pages_of(RUSSIAN), texts)) == []


def test_documents_that_begin_alike_are_no_copies():
    """Two documents with one opening and other words after it are two documents."""
    opening = " ".join(PROSE[40:42])
    texts = [make_text(f"{opening} {rest}", document=name) for name, rest in (("a", LETTER), ("b", OTHER))]
    assert copies_told(linked(pages_of(f"{opening} {LETTER}", f"{opening} {OTHER}"), texts)) == []


def test_texts_said_to_be_in_other_languages_are_no_copies():
    """A text is compared with those in its own language."""
    texts = [make_text(LETTER, document="a"), make_text(LETTER, document="b", language="en")]
    assert copies_told(linked(pages_of(LETTER), texts)) == []


def test_the_same_translation_of_two_documents_is_told():
    """Two documents that differ and have one translation are both linked; the second translation is a warning."""
    texts = [
        make_text(RUSSIAN, document="a"),
        make_text(ENGLISH, document="a", language="en"),
        make_text(LETTER, document="b"),
        make_text(ENGLISH, document="b", language="en"),
    ]
    result = linked(pages_of(RUSSIAN.replace("Page 2", ""), LETTER), texts)
    ((document, message),) = copies_told(result)
    assert document == "b"
    assert "The translation of “b”" in message
    assert {x.document for x in result.links if x.kind == "transcription" and x.areas} == {"a", "b"}


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_a_translation_alone_leaves_the_page_to_the_document_with_a_transcription(names):
    """A document that has nothing but another's translation is its copy, and is not told as not found."""
    whole, alone = names
    texts = [make_text(RUSSIAN, document=whole), make_text(ENGLISH, document=whole, language="en")]
    texts.append(make_text(ENGLISH, document=alone, language="en"))
    texts.sort(key=lambda text: text.document)
    result = linked(pages_of(RUSSIAN.replace("Page 2", "")), texts)
    assert [d for d, _ in copies_told(result)] == [alone]
    assert not [f for f in result.findings if f.code == "document-not-found"]
    assert {x.reason for x in result.links if x.document == alone} == {"copy"}


def test_a_document_with_both_texts_copied_is_told_once():
    """A transcription and its translation copied together are one warning."""
    texts = [make_text(c, document=d, language=la) for d in "ab" for c, la in ((RUSSIAN, "ru"), (ENGLISH, "en"))]
    result = linked(pages_of(RUSSIAN.replace("Page 2", "")), texts)
    assert [d for d, _ in copies_told(result)] == ["b"]
    assert {x.reason for x in result.links if x.document == "b" and x.kind == "transcription"} == {"copy"}
