"""The sample collection is whole: every planted case is there, and its truth is true of the files themselves."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import etree
from PIL import Image

PROJECT = Path(__file__).parent.parent
SAMPLE = PROJECT / "tests" / "sample"
IMAGES = PROJECT / "images" / "dnevnik"
TEXTS = PROJECT / "transcripts" / "dnevnik"
Row = dict[str, Any]
DARK = 165  # between the paper, about 215, and a pale stroke


def rows(path: Path) -> list[Row]:
    """The rows of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


PAGES: list[Row] = json.loads((SAMPLE / "pages.json").read_text(encoding="utf-8"))
CASES: list[Row] = json.loads((SAMPLE / "cases.json").read_text(encoding="utf-8"))
TRUTH = {p.stem: rows(p) for folder in ("truth", "plain") for p in sorted((SAMPLE / folder).glob("*.jsonl"))}
BEADS = rows(SAMPLE / "beads.jsonl")
SENTENCES = rows(SAMPLE / "sentences.jsonl")
MARKERS = rows(SAMPLE / "markers.jsonl")


def source(document: str, language: str) -> str | None:
    """A source text as offsets count it, or None: a .txt as decoded, TEI and .docx as the truth holds them."""
    path = TEXTS / f"{document}.{language}.txt"
    if not path.exists():
        path = SAMPLE / "plain" / path.name
    return path.read_bytes().decode("utf-8-sig") if path.exists() else None


def letters(text: str) -> str:
    """What is left of a text when spaces and the typewriter's poor choice of signs do not count."""
    typed = text.replace("«", '"').replace("»", '"').replace("—", "-").replace("…", "...")
    return re.sub(r"\s+", "", typed)


def case(name: str) -> Row:
    """The planted case with this id."""
    return next(c for c in CASES if c["id"] == name)


def page(label: str) -> Row:
    """The page with this label."""
    return next(p for p in PAGES if p["label"] == label)


def test_every_listed_kind_of_case_is_planted() -> None:
    """Each kind of case that the design's list of the material names is among the planted ones."""
    wanted = {
        "shared-page", "repeated-title", "out-of-order", "marker", "no-markers", "sentence-over-page",
        "footnote-in-sentence", "footnote-tei", "note-in-translation-only", "commentary", "hyphen-over-page",
        "hyphen-over-line", "stamp", "running-head", "printed-labels", "underlining", "skewed", "upside-down", "spread",
        "blank", "no-transcription", "no-translation", "omitted-line", "not-on-scan", "elision", "misprint",
        "number-differs", "dateline", "tei", "docx", "byte-order-mark",
    }  # fmt: skip
    assert {c["kind"] for c in CASES} == wanted
    assert len({c["id"] for c in CASES}) == len(CASES)
    assert all(c["right"] for c in CASES)


@pytest.mark.parametrize("planted", CASES, ids=lambda c: c["id"])
def test_a_case_quotes_the_files(planted: Row) -> None:
    """Every quote of a case stands in its text at its offsets, and on the scan's lines that it names."""
    for language in ("ru", "en"):
        if language in planted:
            text = source(planted["document"], language)
            start, end = planted[language]["span"]
            assert text is not None
            assert text[start:end] == planted[language]["quote"]
    if "scan" in planted:
        on_pages = {(r["page"], r["line"]): r["text"] for rs in TRUTH.values() for r in rs}
        for p in PAGES:
            for line in p["other_lines"]:
                key = (p["scan"], line["line"])
                on_pages[key] = f"{on_pages.get(key, '')} {line['text']}" if line["role"] == "stamp" else line["text"]
        printed = " ".join(on_pages[scan, line] for scan, line in map(tuple, planted["scan"]["lines"]))
        assert letters(planted["scan"]["quote"]) in letters(printed)


@pytest.mark.parametrize("document", TRUTH)
def test_truth_quotes_the_transcription(document: str) -> None:
    """The letters at a truth line's offsets are those that the line prints, but for the two planted differences."""
    text = source(document, "ru")
    for row in TRUTH[document]:
        if text is None:
            assert row["start"] is None
            continue
        for word in row["words"]:
            if word["start"] is None:
                continue
            printed = word["text"].removesuffix("-") if row["hyphen"] and word is row["words"][-1] else word["text"]
            there = letters(text[word["start"] : word["end"]])
            if document == "1934-01-15":  # in TEI the note element stands for its sign
                printed = printed.replace("*)", "")
            if document == "1934-06-14":
                printed = printed.replace("Багрецов", "Багрицов").replace("1470", "1740")
            assert there == letters(printed)


@pytest.mark.parametrize("document", TRUTH)
def test_boxes_lie_in_their_scans(document: str) -> None:
    """Every box of a line or word lies inside its scan and its page's frame, words inside their line."""
    frames = {p["order"]: p["frame"] for p in PAGES}
    for row in TRUTH[document]:
        x, y, w, h = row["box"]
        left, top, width, height = frames[row["order"]]
        assert left <= x < x + w <= left + width
        assert top <= y < y + h <= top + height
        for word in row["words"]:
            a, b, c, d = word["box"]
            assert x <= a < a + c <= x + w
            assert y <= b < b + d <= y + h


def test_boxes_are_on_ink() -> None:
    """The ink inside every longer word's box fills it from side to side, however the scan lies."""
    for scan in sorted({p["scan"] for p in PAGES}):
        with Image.open(IMAGES / scan) as image:
            gray = image.convert("L")
        inked = gray.point([255 if level < DARK else 0 for level in range(256)])
        for row in (r for rs in TRUTH.values() for r in rs if r["page"] == scan):
            for x, y, w, h in (word["box"] for word in row["words"] if len(word["text"]) > 3):
                found = inked.crop((x, y, x + w, y + h)).getbbox()
                assert found is not None
                assert found[2] - found[0] > 0.8 * w, (scan, row["line"])


def test_pages_are_as_planned() -> None:
    """Labels run from 47 to 59; one page is blank, one scan upside down, one skewed, one an opening of two pages."""
    assert [p["label"] for p in PAGES if p["label"]] == [str(n) for n in range(47, 60)]
    assert [p["order"] for p in PAGES] == list(range(1, len(PAGES) + 1))
    assert [p["blank"] for p in PAGES].count(True) == 1
    assert [p["label"] for p in PAGES if p["rotation"] == 180] == ["52"]
    assert page("49")["skew_deg"] == pytest.approx(2.5)
    assert page("53")["scan"] == page("54")["scan"]
    assert page("53")["frame"][0] + page("53")["frame"][2] == page("54")["frame"][0]
    for p in PAGES:
        with Image.open(IMAGES / p["scan"]) as image:
            assert image.size == (p["width"], p["height"])
            assert image.mode == "L"


def test_documents_stand_where_the_cases_say() -> None:
    """Entries share pages, two have one title, one stands after a later one, one lacks each kind of text."""
    assert page("59")["documents"] == case("shared-page")["documents"]
    assert page("47")["documents"] == case("shared-page-start")["documents"]
    for document in ("1933-07-29", "1934-07-29"):
        assert (source(document, "ru") or "").splitlines()[0] == "29 июля"
    order = list(dict.fromkeys(d for p in PAGES for d in p["documents"]))
    assert len(order) == 18
    late = order.index("1934-02-26")
    assert order[late - 1] == "1934-03-19" > order[late]
    assert sum(a > b for a, b in pairwise(order)) == 1
    assert source("1933-09-05", "ru") is None
    assert source("1933-09-05", "en") is not None
    assert source("1933-12-24", "en") is None
    assert source("1933-12-24", "ru") is not None


def test_markers_claim_what_the_cases_say() -> None:
    """Each marker stands at its offsets; each but the planted one agrees with the page of the text behind it."""
    wrong = []
    for marker in MARKERS:
        text = source(marker["document"], marker["language"])
        assert text is not None
        assert (marker["label"] or "\f") in text[marker["start"] : marker["end"]]
        if marker["language"] == "ru":
            lines = [r for r in TRUTH[marker["document"]] if r["role"] != "note" and r["start"] is not None]
            after = next(r for r in lines if r["end"] > marker["end"])
            before = [r["order"] for r in lines if r["end"] <= marker["start"]]
            true = next(p["label"] for p in PAGES if p["order"] == after["order"])
            assert not before or before[-1] < after["order"]
            if marker["label"] not in (true, None):
                wrong.append((marker["document"], marker["label"], true))
    assert wrong == [("1934-05-21", "58", "57")]
    assert not any(m["document"] == "1934-06-14" for m in MARKERS)


def test_what_the_transcription_lacks_is_on_the_page_and_the_reverse() -> None:
    """One printed line has no offsets, one sentence of the text no line, commentary and a translator's note neither."""
    missing = [r["text"] for d, rs in TRUTH.items() if source(d, "ru") for r in rs if r["start"] is None]
    assert missing == [case("omitted-line")["scan"]["quote"]]
    for name in ("not-on-scan", "commentary-heading", "commentary-bracket"):
        start, end = case(name)["ru"]["span"]
        assert not [r for r in TRUTH[case(name)["document"]] if r["start"] and r["start"] < end and r["end"] > start]
    note = case("note-in-translation-only")["en"]["span"]
    assert [b["ru"] for b in BEADS if b["document"] == "1934-05-21" and b["en"] == [note]] == [[]]


def test_sentences_and_words_run_over_page_ends() -> None:
    """A sentence has areas on two pages, a word is divided over a page end, and many over line ends."""
    whole = next(s for s in SENTENCES if "sandwiches" in s["content"])
    assert [a["label"] for a in whole["areas"]] == ["50", "51"]
    assert len(whole["ru"]) == 2
    last = [max((r for r in TRUTH["1934-03-19"] if r["page"] == "0007.jpg"), key=lambda r: r["line"])]
    assert last[0]["hyphen"]
    assert sum(r["hyphen"] for rs in TRUTH.values() for r in rs) > 60


def test_notes_interrupt_sentences() -> None:
    """The footnote's line stands inside a sentence of the transcription, at the foot of the page on the scan."""
    text = source("1933-08-17", "ru") or ""
    start, end = case("footnote-in-sentence")["ru"]["span"]
    assert (text[start - 1], text[end]) == ("\n", "\n")
    assert any(b["ru"][0][1] < start and b["ru"][1][0] > end for b in BEADS if len(b["ru"]) == 2)
    assert not [r for r in TRUTH["1933-08-17"] if r["role"] != "note" and r["start"] < end and r["end"] > start]
    notes = [r for r in TRUTH["1933-08-17"] if r["role"] == "note"]
    others = [r for rs in TRUTH.values() for r in rs if r["page"] == notes[0]["page"] and r["role"] != "note"]
    assert min(n["box"][1] for n in notes) > max(r["box"][1] for r in others)


@pytest.mark.parametrize("side", ["ru", "en"])
def test_beads_cover_every_letter_of_the_texts(side: str) -> None:
    """In text order the beads' spans of one side hold all of it but markers, elisions and white space, none twice."""
    for document in TRUTH:
        text = source(document, side)
        spans = sorted(s for b in BEADS if b["document"] == document for s in b[side])
        if text is None:
            assert not spans
            continue
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
        left = list(text)
        for start, end in spans:
            assert text[start:end] == text[start:end].strip()
            left[start:end] = " " * (end - start)
        for marker in (m for m in MARKERS if m["document"] == document and f".{side}." in m["text"]):
            left[marker["start"] : marker["end"]] = " " * (marker["end"] - marker["start"])
        assert "".join(left).replace("[...]", "").strip() == "", document


def test_english_groups_know_their_pages() -> None:
    """Every English body group has its lines, even where there is no transcription, but for what is on no scan."""
    nowhere = [s["content"] for s in SENTENCES if s["role"] == "body" and not s["areas"]]
    assert nowhere == [case("not-on-scan")["en"]["quote"]]
    silent = [s for s in SENTENCES if s["document"] == "1933-09-05"]
    assert len(silent) == 12
    assert {a["label"] for s in silent for a in s["areas"]} == {"49", "50"}
    assert all(len(a["boxes"]) == len(a["lines"]) for s in SENTENCES for a in s["areas"])


def test_tei_and_docx_are_well_made() -> None:
    """The TEI file has its page break and note, the .docx opens with its heading and no build date."""
    root = etree.fromstring((TEXTS / "1934-01-15.ru.xml").read_bytes())
    names = {"t": "http://www.tei-c.org/ns/1.0"}
    assert root.xpath("//t:pb/@n", namespaces=names) == ["53"]
    assert len(root.xpath("//t:p/t:note[@place='foot']", namespaces=names)) == 1
    document = Document(io.BytesIO((TEXTS / "1934-04-30.en.docx").read_bytes()))
    assert (document.paragraphs[0].text, document.paragraphs[0].style.name) == ("30 April", "Heading 1")


def test_the_collection_is_of_its_size() -> None:
    """Scans stay under 9 MB and the whole under 10, with 230 to 400 groups of sentences."""
    files = [p for folder in (IMAGES, TEXTS) for p in folder.iterdir()]
    assert sum(p.stat().st_size for p in IMAGES.iterdir()) < 9e6
    assert sum(p.stat().st_size for p in files) < 10e6
    assert 10 <= len(list(IMAGES.iterdir())) <= 14
    assert len([p for p in TEXTS.iterdir() if ".ru." in p.name]) == 17
    assert len([p for p in TEXTS.iterdir() if ".en." in p.name]) == 17
    assert 230 <= len(BEADS) <= 400


def test_a_fresh_build_of_the_texts_is_the_committed_one() -> None:
    """scripts/sample --check --texts finds nothing that differs from its sources; which needs no font."""
    run = subprocess.run(
        [sys.executable, PROJECT / "scripts" / "sample", "--check", "--texts"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
