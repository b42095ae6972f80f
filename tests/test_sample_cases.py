"""The planted cases of the sample with a real Tesseract: each gives what an editor would call right."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from support.sample_cases import (
    counterparts,
    each,
    english,
    lines_of,
    link_of,
    marks_lines_of,
    only,
    order_of,
    pages_of,
)
from support.sample_run import results_under
from support.sample_truth import GROUPS, MARKERS, PRINTED, Place, Results, Row, marks

from align.model import Box

pytestmark = pytest.mark.engine


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return results_under(tmp_path_factory)


# Headings and order


@each("repeated-title", "underlining", "dateline")
def test_headings_are_on_their_own_lines(results: Results, planted: Row) -> None:
    """A heading, underlined, with a twin elsewhere or at the right margin, is linked to its line in both languages."""
    for language in ("ru", "en"):
        if language in planted:
            link = link_of(results, planted, language)
            assert link["role"] == "heading"
            assert marks_lines_of(planted, link)
            assert len(link["areas"]) == 1


@each("out-of-order")
def test_an_entry_out_of_order_is_found(results: Results, planted: Row) -> None:
    """The entry is found behind a later one, and one note says that its place is not that of its date."""
    first = {row["document"]: row["areas"][0] for row in results.rows("documents")}
    own, after = first[planted["document"]], first[planted["after"]]
    assert own["page"] == order_of("55")
    assert (after["page"], after["box"][1]) < (own["page"], own["box"][1])
    finding = only(results.found("document-out-of-order"))
    assert (finding["document"], finding["severity"]) == (planted["document"], "note")


# Markers


def test_markers_are_no_text(results: Results) -> None:
    """No sentence of either language holds a page marker, or a letter of one."""
    for marker in MARKERS:
        links = results.over(marker["document"], marker["language"], (marker["start"], marker["end"]))
        assert [link["content"] for link in links] == []


@each("marker")
def test_only_the_wrong_marker_is_reported(results: Results, planted: Row) -> None:
    """A marker that agrees with its page gives no finding; the one that does not gives one, with both numbers."""
    language = only_language(planted)
    start, end = planted[language]["span"]
    reported = [
        row
        for row in results.findings
        if row["code"] in ("label-disagrees", "marker-misplaced")
        and row["document"] == planted["document"]
        and any(a < end and start < b for a, b in row["spans"])
    ]
    if planted["agrees"]:
        assert reported == []
        return
    finding = only(reported)
    assert (finding["code"], finding["severity"]) == ("label-disagrees", "warning")
    assert finding["pages"] == [order_of(planted["label"])]
    evidence = finding["evidence"]
    assert (evidence["scan_text"], evidence["source_text"]) == (planted["label"], planted["claims"])
    assert results.pages[finding["pages"][0]]["label"] == planted["label"]


def only_language(planted: Row) -> str:
    return "ru" if "ru" in planted else "en"


def test_one_label_disagrees_in_all(results: Results) -> None:
    """Of all markers of all texts one alone is reported."""
    assert len(results.found("label-disagrees")) == 1
    assert results.found("marker-misplaced") == []


@each("no-markers")
def test_a_text_without_markers_is_placed(results: Results, planted: Row) -> None:
    """Every sentence of a text without page markers is placed."""
    assert results.agreement(planted["document"]).page == 1.0


# Sentences over breaks


@each("sentence-over-page")
def test_a_sentence_runs_over_a_page_end(results: Results, planted: Row) -> None:
    """A sentence over a page end is one sentence with an area on each page, in the translation as well."""
    wanted = [order_of("50"), order_of("51")]
    link = link_of(results, planted, "ru")
    assert (pages_of(link), link["status"], len(link["spans"])) == (wanted, "linked", 2)
    assert results.right(link)
    assert pages_of(link_of(results, planted, "en")) == wanted


@each("hyphen-over-page")
def test_a_word_runs_over_a_page_end(results: Results, planted: Row) -> None:
    """A word divided over a page end is in one sentence, whose areas end on the one page and begin on the other."""
    link = link_of(results, planted, "ru")
    assert (pages_of(link), link["status"]) == ([order_of("54"), order_of("55")], "linked")
    assert results.right(link)
    assert "через переводчика с ледяной" in link["content"]


@each("hyphen-over-line")
def test_a_word_runs_over_a_line_end(results: Results, planted: Row) -> None:
    """A word divided over a line end is in one sentence, with boxes on both lines."""
    link = link_of(results, planted, "ru")
    assert len(link["areas"]) == 1
    assert marks_lines_of(planted, link)
    assert results.right(link)


# Notes and commentary


@each("footnote-in-sentence")
def test_a_footnote_dropped_into_a_sentence(results: Results, planted: Row) -> None:
    """The note is linked to the foot of its page; the sentence around it is one, with two spans, and claims no note."""
    note = link_of(results, planted, "ru")
    assert (note["role"], note["status"], pages_of(note)) == ("note", "linked", [order_of("49")])
    assert marks_lines_of(planted, note)
    assert {results.lines[line]["role"] for line in lines_of(note)} == {"note"}
    text = results.text(planted["document"], "ru")
    start, end = planted["ru"]["span"]
    sentence = only(
        [
            row
            for row in results.of(planted["document"], "ru")
            if row["spans"][0][0] < start and row["spans"][-1][1] > end
        ]
    )
    assert len(sentence["spans"]) == 2
    assert sentence["content"] == " ".join(" ".join(text[a:b] for a, b in sentence["spans"]).split())
    assert set(lines_of(sentence)) & set(lines_of(note)) == set()
    assert results.right(sentence)
    assert link_of(results, planted, "en")["counterparts"] == [note["sentence"]]


@each("footnote-tei")
def test_a_footnote_in_tei(results: Results, planted: Row) -> None:
    """A TEI note is linked to the foot of its page in both languages, and the sentence around it has two spans."""
    english = link_of(results, planted, "en")
    note = only(counterparts(results, english))
    assert (note["role"], pages_of(note)) == ("note", [order_of("52")])
    assert marks_lines_of(planted, note)
    assert marks_lines_of(planted, english)
    around = [row for row in results.of(planted["document"], "ru") if "жучок английский" in row["content"]]
    assert "насекомо" not in only(around)["content"]
    assert results.right(only(around))


@each("note-in-translation-only")
def test_a_note_of_the_translator(results: Results, planted: Row) -> None:
    """A note that only the translation has is set apart, has no areas, no counterpart, and gives a note at most."""
    link = link_of(results, planted, "en")
    assert link["role"] in ("note", "commentary")
    assert (link["status"], link["reason"], link["counterparts"]) == ("apart", None, [])
    assert {row["severity"] for row in results.findings if link["sentence"] in row["sentences"]} <= {"note"}


@each("commentary")
def test_commentary_is_on_no_scan(results: Results, planted: Row) -> None:
    """Commentary of the editors has its role and no areas in either language, is paired, and gives notes alone."""
    for language in ("ru", "en"):
        link = link_of(results, planted, language)
        assert (link["role"], link["status"], link["areas"]) == ("commentary", "apart", [])
        assert len(link["counterparts"]) == 1
        about = [row["severity"] for row in results.findings if link["sentence"] in row["sentences"]]
        assert about == (["note"] if language == "ru" else [])


# What one side lacks


@each("no-transcription")
def test_an_entry_without_transcription(results: Results, planted: Row) -> None:
    """Without a transcription English sentences are linked by what the pages say, nine of ten on right lines."""
    links = results.of(planted["document"], "en")
    assert {link["via"] for link in links} == {"ocr-bead"}
    found = english(results, [group for group in GROUPS if group["document"] == planted["document"]])
    assert found.off_page == []
    assert found.page_precision == 1.0
    assert found.line >= 0.9, found.off_line
    assert found.line_precision >= 0.9, found.wrong
    assert marks_lines_of(planted, link_of(results, planted, "en"))
    assert only(results.found("no-transcription"))["document"] == planted["document"]
    lines = {line for link in links for line in lines_of(link)}
    assert lines & {line for row in results.found("line-not-in-text") for line in row["lines"]} == set()


@each("no-translation")
def test_an_entry_without_translation(results: Results, planted: Row) -> None:
    """A transcription without translation is linked all the same, has no counterparts, and one note says so."""
    links = results.of(planted["document"], "ru")
    assert {link["status"] for link in links} == {"linked"}
    assert [link["counterparts"] for link in links if link["counterparts"]] == []
    finding = only(results.found("no-translation"))
    assert (finding["document"], finding["severity"]) == (planted["document"], "note")
    assert results.found("no-counterpart", document=planted["document"]) == []


@each("omitted-line")
def test_a_line_that_the_transcription_omits(results: Results, planted: Row) -> None:
    """One warning quotes the line that no text has, at its place; the sentence around it keeps its other lines."""
    warning = only(results.found("line-not-in-text", severity="warning"))
    page, box = PRINTED[tuple(planted["scan"]["lines"][0])]
    assert warning["pages"] == [page]
    assert planted["scan"]["quote"][-30:] in warning["evidence"]["scan_text"]
    assert marks(Box.from_xywh(only(warning["areas"])["boxes"][0]), Place(page, box, 1))
    assert len(warning["lines"]) == 1
    assert results.right(link_of(results, planted, "ru"))
    assert {link["status"] for link in results.of(planted["document"], "ru")} == {"linked"}


@each("not-on-scan")
def test_a_sentence_that_is_not_on_the_scans(results: Results, planted: Row) -> None:
    """One warning names the sentence that no scan shows; it claims nothing, and its neighbours keep their places."""
    link = link_of(results, planted, "ru")
    assert (link["status"], link["reason"], link["areas"]) == ("unlinked", "not-on-page", [])
    assert only(results.found("sentence-not-on-scan"))["sentences"] == [link["sentence"]]
    assert results.found("sentence-not-scanned") == []
    own = results.of(planted["document"], "ru")
    at = own.index(link)
    assert all(results.right(other) for other in (own[at - 1], own[at + 1]))
    assert link_of(results, planted, "en")["areas"] == []


@each("elision")
def test_an_elision_in_the_translation(results: Results, planted: Row) -> None:
    """The sentence that a translation leaves out keeps its line and has no counterpart, and the dots claim no place."""
    link = link_of(results, planted, "ru")
    assert link["status"] == "linked"
    assert marks_lines_of(planted, link)
    assert link["counterparts"] == []
    assert [
        dots["areas"] for dots in results.over(planted["document"], "en", planted["en"]["span"]) if dots["areas"]
    ] == []


@each("misprint", "number-differs")
def test_what_differs_by_a_letter_is_linked(results: Results, planted: Row) -> None:
    """A sentence that the text has with another letter or number than the scan is linked to its lines."""
    link = link_of(results, planted, "ru")
    assert link["status"] == "linked"
    assert results.right(link)


@each("misprint", "number-differs")
def test_what_differs_by_a_letter_is_told(results: Results, planted: Row) -> None:
    """One warning quotes the word as the text has it and as the page reads it, and marks it in both."""
    start, end = planted["ru"]["span"]
    about = [
        row
        for row in results.findings
        if row["document"] == planted["document"] and any(a < end and start < b for a, b in row["spans"])
    ]
    finding = only([row for row in about if row["text"].endswith(".ru.txt")])
    assert (finding["code"], finding["severity"]) == ("likely-misprint", "warning")
    written, printed = planted["ru"]["quote"], planted["scan"]["quote"]
    assert f"the text has “{written}”, the page reads “{printed}”" in finding["message"]
    assert ("number" in finding["message"]) == written.isdigit()
    assert written in re.findall(r"\w+", finding["evidence"]["source_text"])
    assert printed in re.findall(r"\w+", finding["evidence"]["scan_text"])
    page, box = PRINTED[tuple(planted["scan"]["lines"][0])]
    assert finding["pages"] == [page]
    area = only(finding["areas"])
    assert marks(Box.from_xywh(only(area["boxes"])), Place(page, box, 1))
    assert finding["score"] > 0.8


PLANTED_CODES = {
    "line-not-in-text": "omitted-line",
    "sentence-not-on-scan": "not-on-scan",
    "label-disagrees": "marker-wrong",
    "no-counterpart": "elision",
}


def test_little_is_told_beyond_what_was_planted(results: Results) -> None:
    """Of the planted faults each is one warning; beyond them three words at most that were misread are told."""
    loud = [row for row in results.findings if row["severity"] != "note"]
    others = Counter(row["code"] for row in loud)
    assert {code: others.pop(code, 0) for code in PLANTED_CODES} == dict.fromkeys(PLANTED_CODES, 1)
    assert set(others) == {"likely-misprint"}
    assert others["likely-misprint"] <= 2 + 3


def test_every_warning_says_why(results: Results) -> None:
    """Each warning is a sentence that quotes what it is about, names its page, and says what to do about it."""
    for row in results.findings:
        if row["severity"] != "note":
            assert re.fullmatch(r"[A-Z].*[.”!?]", row["message"]), row["message"]
            assert "“" in row["message"]
            assert row["suggestion"], row["code"]
            names = [Path(results.pages[page]["scan"]).name for page in row["pages"]]
            assert row["code"] == "no-counterpart" or any(name in row["message"] for name in names)


# Files


@each("tei", "docx", "byte-order-mark")
def test_files_of_all_kinds_are_linked(results: Results, planted: Row) -> None:
    """TEI, a word-processor file and a text with byte-order mark and CR LF are linked, at right offsets."""
    for language in ("ru", "en"):
        if language in planted:
            link = link_of(results, planted, language)
            start, end = planted[language]["span"]
            assert results.text(planted["document"], language)[start:end] == planted[language]["quote"]
            assert (link["status"], link["content"]) == ("linked", planted[language]["quote"])
            assert marks_lines_of(planted, link)
