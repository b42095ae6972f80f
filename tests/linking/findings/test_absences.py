"""What the texts have and no page, and the reverse: what is told, how gravely, and what is not."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from support.linked_volumes import make_line, make_page, make_pages, make_text, paged, prose

from align.linking import link_volume
from align.linking.findings.absences import Absence, is_foreign, replacing_words
from align.model import Finding, Page, WordAt

PROSE = [s for s in prose("ru") if len(s) >= 16 and re.fullmatch(r"[А-ЯЁ][^.!?«»\"“”—()\dѣіA-Za-z]*[^ъ]\.", s)]
CONTENT = " ".join(PROSE)
ROWS = paged(CONTENT, width=60, lines=8)


def found(content: str, pages: list[Page]) -> list[Finding]:
    return [f for f in link_volume("v", pages, [make_text(content)]).findings if f.code != "no-translation"]


def codes(content: str, pages: list[Page]) -> list[tuple[str, str]]:
    return [(f.code, f.severity) for f in found(content, pages)]


def with_line(text: str, *, confidence: float = 0.9) -> list[Page]:
    """The pages with one more line of this text in the middle of the second."""
    lines = [make_line(row, 100, 100 + 60 * n) for n, row in enumerate(ROWS[1][:4])]
    lines.append(make_line(text, 100, 100 + 60 * 4, confidence=confidence))
    lines += [make_line(row, 100, 100 + 60 * (n + 5)) for n, row in enumerate(ROWS[1][4:])]
    return [make_page(rows if n != 1 else lines, order=n + 1) for n, rows in enumerate(ROWS)]


def test_a_stamp_is_a_note():
    """A line that was read much worse than the text around it may be a stamp: a note."""
    assert codes(CONTENT, with_line("АРХИВ ТОРГПРЕДСТВА ЛОНДОН", confidence=0.55)) == [("line-not-in-text", "note")]


def test_a_few_letters_are_a_note_unless_each_word_was_read_surely():
    """A line of a few letters says little, but where nothing in it was read with doubt it is a line."""
    assert codes(CONTENT, with_line("ну вот")) == [("line-not-in-text", "warning")]
    assert codes(CONTENT, with_line("ну вот", confidence=0.8)) == [("line-not-in-text", "note")]
    assert codes(CONTENT, with_line("шут")) == [("line-not-in-text", "note")]


def test_far_more_words_than_those_of_the_text_are_left_out_of_it():
    """Words of the page in the place of about as many others are one row; where they are far more, a row as well."""
    sentence = "Тут написано совсем другое, и этого в тексте нет нигде."
    pages = make_pages(paged(" ".join([*PROSE[:20], sentence, *PROSE[20:]]), width=60, lines=8))
    assert codes(
        " ".join([*PROSE[:20], "Куда же запропастился фельдфебель, чорт возьми его?", *PROSE[20:]]), pages
    ) == [("sentence-not-on-scan", "warning")]
    (one, *_) = make_text(" ".join(PROSE)).sentences
    places = tuple(WordAt(0, 0, k) for k in range(len(pages[0].lines[0].words)))
    text = make_text(" ".join(PROSE))
    absence = Absence(text, ((0, 5),), (one,), (), False, (0, 0), places, places)
    assert replacing_words(pages, [absence]) == set()
    assert replacing_words(pages, [replace(absence, spans=((0, 60),))]) == set(places)


def test_an_omitted_line_is_a_warning():
    """A line read as well as the rest is told."""
    assert codes(CONTENT, with_line("Совсем другие слова сюда не относятся никак")) == [("line-not-in-text", "warning")]


def test_dirt_within_a_line_is_nothing():
    """A letter or two between the words of a line, read badly, is nobody's word."""
    row = ROWS[1][3].split()
    line = make_line(" ".join([*row[:3], "•", "i'", *row[3:]]), 100, 100 + 60 * 3)
    words = [replace(w, confidence=0.3) if n in (3, 4) else w for n, w in enumerate(line.words)]
    pages = make_pages([ROWS[0], [*ROWS[1][:3], replace(line, words=tuple(words)), *ROWS[1][4:]], *ROWS[2:]])
    assert codes(CONTENT, pages) == []


def test_sentences_on_a_failed_page_are_told_as_such():
    """What should stand on a page that could not be read is not said to be missing from the scans."""
    pages = make_pages(ROWS)
    failed = replace(make_page([], order=3, status="failed"), key=pages[2].key)
    found_codes = {f.code for f in found(CONTENT, [*pages[:2], failed, *pages[3:]])}
    assert "page-unreadable" in found_codes
    assert found_codes & {"sentence-not-on-scan", "words-not-on-scan"} == set()


def test_a_missing_page_is_one_finding_with_its_neighbours():
    """The sentences of a page that was not scanned are one row that names the pages before and after."""
    pages = [replace(p, order=n) for n, p in enumerate([*make_pages(ROWS)[:2], *make_pages(ROWS)[3:]], start=1)]
    own = [f for f in found(CONTENT, pages) if f.code == "sentence-not-scanned"]
    (finding,) = own
    assert set(finding.pages) == {2, 3}
    assert len(finding.sentences) > 2
    assert all(page in finding.message for page in ("0002.jpg", "0004.jpg"))


@pytest.mark.parametrize("content", ["Hello there, world", "日本語のテキスト", "مرحبا بالعالم"])
def test_words_in_another_script_cannot_be_read(content):
    """Words in a script that the engine was not set to are unread, not missing."""
    text = make_text(f"{CONTENT} {content}")
    assert is_foreign(text, content)
    assert not is_foreign(text, PROSE[0])
    assert not is_foreign(text, "1934 — 35")


def test_a_line_out_of_the_engine_s_order_hides_nothing():
    """A line that the engine gave before the one above it is neither missing nor left over."""
    row = make_line(ROWS[1][4], 100, 100 + 60 * 4)
    rest = [make_line(r, 100, 100 + 60 * n) for n, r in enumerate(ROWS[1]) if n != 4]
    pages = [make_page(rows if n != 1 else [*rest[:2], row, *rest[2:]], order=n + 1) for n, rows in enumerate(ROWS)]
    assert codes(CONTENT, pages) == []


def test_a_missing_page_with_two_documents_is_told_of_both():
    """Where a page held the end of one document and the beginning of the next, neither is said to be invented."""
    pages = make_pages(ROWS)
    cut = CONTENT.index(ROWS[2][4])
    texts = [make_text(CONTENT[:cut], document="d1"), make_text(CONTENT[cut:], document="d2")]
    rest = [replace(p, order=n) for n, p in enumerate([*pages[:2], *pages[3:]], start=1)]
    own = [f for f in link_volume("v", rest, texts).findings if f.severity == "warning"]
    assert [(f.code, f.document) for f in own] == [("sentence-not-scanned", "d1"), ("sentence-not-scanned", "d2")]


def test_a_doubled_page_does_not_hide_the_one_that_failed():
    """What should stand on a failed page is told as such where the page before it was scanned twice."""
    pages = make_pages(ROWS)
    failed = replace(make_page([], order=3, status="failed"), key=pages[2].key)
    volume = [pages[0], pages[1], pages[1], failed]
    volume = [replace(p, order=n, id=f"v.p{n:04d}") for n, p in enumerate(volume, start=1)]
    end = CONTENT.index(ROWS[2][-1]) + len(ROWS[2][-1])
    found_codes = [f.code for f in found(CONTENT[:end], volume) if f.sentences]
    assert found_codes == ["sentence-on-failed-page"]


def test_a_document_on_a_failed_page_is_one_finding():
    """A document of which nothing was found is told once, with the page that may hold it."""
    failed = make_page([], order=len(ROWS) + 1, status="failed")
    texts = [make_text(CONTENT), make_text("Совсем другое письмо. Его никто не читал.", document="e")]
    own = [f for f in link_volume("v", [*make_pages(ROWS), failed], texts).findings if f.document == "e"]
    assert [f.code for f in own if f.severity != "note"] == ["document-not-found"]
    assert "could not be read" in own[0].message


def test_a_passage_written_otherwise_is_one_finding():
    """Words in the place of others are told once, with both texts."""
    words = CONTENT.split()
    others = "каждый мог убедиться собственными глазами"
    content = " ".join([*words[:60], *others.split(), *words[65:]])
    (finding,) = found(content, make_pages(ROWS))
    assert (finding.code, finding.severity, finding.source_text) == ("words-not-on-scan", "warning", others)
    assert " ".join(words[60:65]) in finding.scan_text
    assert f"reads “{' '.join(words[60:65])}”" in finding.message
