"""Runs over collections with existing OCR: no engine is called, a bad file is one failed page, a change is seen."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from support.command_line import align, plain_environment
from support.existing_samples import alto, hocr, page_line, page_xml, region
from support.results_check import check_results, read_rows
from support.searchable_pdf import PdfPage, PdfText, searchable_pdf
from support.service_answers import abbyy, azure, document_ai, textract, vision
from support.small_collection import (
    HEIGHT,
    PAGES,
    WIDTH,
    PageEngine,
    drawn_page,
    lines_of,
    make_collection,
    results_of,
    run_collection,
)

pytestmark = pytest.mark.slow  # whole runs over a collection

SIZE = (WIDTH, HEIGHT)


@dataclass
class UncalledEngine(PageEngine):
    """Must not be called."""

    def before(self, rows: int) -> None:
        raise AssertionError("the engine was called")


def write(root: Path, name: str, data: bytes) -> None:
    path = root / "ocr/diary" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small collection with existing OCR of its three pages, each in another format."""
    made = make_collection(tmp_path / "collection")
    write(made, "0001.xml", alto(lines_of(0), SIZE))
    write(made, "0002.xml", page_xml(region("r", *map(page_line, lines_of(1))), SIZE))
    write(made, "0003.hocr", hocr(lines_of(2), size=SIZE))
    return made


def rows(root: Path, name: str) -> list[dict]:
    return read_rows(root / f"aligned/diary/{name}.jsonl")


def places(root: Path) -> dict[str, list]:
    return {row["sentence"]: [(a["page"], a["boxes"]) for a in row["areas"]] for row in rows(root, "links")}


def test_no_engine_is_called(root, tmp_path):
    """A collection with OCR of every scan is linked without an engine, as with one that reads the same."""
    outcome = run_collection(root, UncalledEngine())
    assert check_results(root / "aligned") == []
    assert outcome.failures == ()
    assert (outcome.pages_read, outcome.pages_kept, outcome.pages_existing) == (0, 0, 3)
    other = make_collection(tmp_path / "other")
    run_collection(other, PageEngine())
    found, expected = places(root), places(other)
    assert found.keys() == expected.keys()
    same = 0
    for sentence, areas in expected.items():
        assert [page for page, _ in found[sentence]] == [page for page, _ in areas]
        same += all(
            max(abs(a - b) for one, two in zip(boxes, own, strict=True) for a, b in zip(one, two, strict=True)) <= 4
            for (_, boxes), (_, own) in zip(found[sentence], areas, strict=True)
        )
    assert same == len(expected)


def test_answers_of_services_link_as_an_engine_does(root, tmp_path):
    """Drawn pages with OCR of FineReader and of four services have the links that an engine's reading gives."""
    other = make_collection(tmp_path / "other")
    run_collection(other, PageEngine())
    expected = {sentence: [page for page, _ in areas] for sentence, areas in places(other).items()}
    for answers in (
        (abbyy(lines_of(0), size=SIZE), vision(lines_of(1), size=SIZE), document_ai(lines_of(2), size=SIZE)),
        (azure(lines_of(0), size=SIZE), textract(lines_of(1), size=SIZE), abbyy(lines_of(2), size=SIZE)),
    ):
        for old in (root / "ocr/diary").iterdir():
            old.unlink()
        for number, data in enumerate(answers, start=1):
            write(root, f"{number:04d}.{'xml' if data[:1] == b'<' else 'json'}", data)
        outcome = run_collection(root, UncalledEngine())
        assert (outcome.failures, outcome.pages_existing) == ((), 3)
        assert {sentence: [page for page, _ in areas] for sentence, areas in places(root).items()} == expected
        assert check_results(root / "aligned") == []


def test_the_rest_is_read(root):
    """Scans without existing OCR are read by the engine, and the others are not."""
    (root / "ocr/diary/0002.xml").unlink()
    engine = PageEngine()
    outcome = run_collection(root, engine)
    assert {lines for lines, _ in engine.calls} == {len(PAGES[1])}
    assert (outcome.pages_read, outcome.pages_existing) == (1, 2)
    assert check_results(root / "aligned") == []


def test_a_bad_file_is_one_failed_page(root):
    """A damaged OCR file fails its page with a sentence in run.json, no engine steps in, and the others are linked."""
    write(root, "0002.xml", b"<alto>")
    outcome = run_collection(root, UncalledEngine())
    (failed,) = json.loads((root / "aligned/run.json").read_text(encoding="utf-8"))["failures"]
    assert (failed["cause"], failed["files"]) == ("ocr-unreadable", ["images/diary/0002.png"])
    assert failed["message"].startswith("ocr/diary/0002.xml is not well-formed XML")
    assert [row["status"] for row in rows(root, "pages")] == ["ok", "failed", "ok"]
    assert [failure.cause for failure in outcome.failures] == ["ocr-unreadable"]
    assert check_results(root / "aligned") == []


def test_other_size(root):
    """OCR of another picture fails the page, and of a copy of another size it is scaled."""
    half = re.sub(
        rb'(HPOS|VPOS|WIDTH|HEIGHT)="(\d+)"', lambda m: b'%s="%g"' % (m[1], int(m[2]) / 2), alto(lines_of(0), SIZE)
    )
    before = run_collection(root, UncalledEngine()), places(root)
    write(root, "0001.xml", half)
    write(root, "0003.hocr", hocr(lines_of(2), size=(HEIGHT, WIDTH)))
    outcome = run_collection(root, UncalledEngine())
    assert [failure.cause for failure in outcome.failures] == ["ocr-size"]
    on_first = {s: areas for s, areas in places(root).items() if areas and areas[0][0] == 1}
    assert on_first
    assert on_first == {s: before[1][s] for s in on_first}


def test_a_change_is_seen(root):
    """With nothing changed nothing is linked again; a changed OCR file links its volume again."""
    run_collection(root, UncalledEngine())
    before = results_of(root)
    again = run_collection(root, UncalledEngine())
    assert (again.volumes_kept, again.pages_existing) == (1, 3)
    write(root, "0003.hocr", hocr(lines_of(2)[:-1], size=SIZE))
    assert run_collection(root, UncalledEngine()).volumes_kept == 0
    assert results_of(root) != before


def test_stated_language(root):
    """The language that collection.toml has for a volume is that of its pages."""
    (root / "collection.toml").write_text('[volume.diary]\nlanguage = ["be"]\n', encoding="utf-8")
    run_collection(root, UncalledEngine())
    assert {row["language"] for row in rows(root, "pages")} == {"be"}


def test_text_in_a_pdf(root):
    """Pages of a PDF with sound text are read from it, the engine reads the others, and a setting turns this off."""
    for path in [*(root / "images/diary").iterdir(), *(root / "ocr/diary").iterdir()]:
        path.unlink()
    texts = [[PdfText(lines_of(0))], [], [PdfText(lines_of(2), dx=3 * WIDTH)]]
    pages = [PdfPage(SIZE, np.asarray(drawn_page(len(PAGES[n]), seed=n + 1)), text) for n, text in enumerate(texts)]
    (root / "images/diary/letters.pdf").write_bytes(searchable_pdf(*pages))
    engine = PageEngine()
    outcome = run_collection(root, engine)
    assert (outcome.failures, outcome.pages_existing, outcome.pages_read) == ((), 1, 2)
    assert {lines for lines, _ in engine.calls} == {len(PAGES[1]), len(PAGES[2])}
    assert check_results(root / "aligned") == []
    first = {s: areas for s, areas in places(root).items() if areas and areas[0][0] == 1}
    assert first
    again = run_collection(root, UncalledEngine())
    assert (again.volumes_kept, again.pages_existing, again.pages_kept) == (1, 1, 2)
    (root / "collection.toml").write_text("[volume.diary]\ntext_layer = false\n", encoding="utf-8")
    outcome = run_collection(root, PageEngine())
    assert (outcome.pages_existing, outcome.pages_read) == (0, 1)
    assert {s for s, areas in places(root).items() if areas and areas[0][0] == 1} == first.keys()


def test_pages_of_a_pdf(root):
    """A file of several pages has one OCR file with as many; another number fails all of them."""
    images = [drawn_page(len(page), seed=number) for number, page in enumerate(PAGES, start=1)]
    for path in [*(root / "images/diary").iterdir(), *(root / "ocr/diary").iterdir()]:
        path.unlink()
    images[0].save(root / "images/diary/all.tif", save_all=True, append_images=images[1:])
    write(root, "all.hocr", hocr(*map(lines_of, range(3)), size=SIZE))
    run_collection(root, UncalledEngine())
    assert [(row["scan_index"], row["status"]) for row in rows(root, "pages")] == [(0, "ok"), (1, "ok"), (2, "ok")]
    assert check_results(root / "aligned") == []
    write(root, "all.hocr", hocr(*map(lines_of, range(2)), size=SIZE))
    outcome = run_collection(root, UncalledEngine())
    assert [failure.cause for failure in outcome.failures] == ["ocr-size"]
    assert [row["status"] for row in rows(root, "pages")] == ["failed"] * 3


def test_more_pages_than_scans(root):
    """Of a file with more pages than scans, the page counts that names the scan's image, or that holds text."""
    parts = [page_xml(region("r", *map(page_line, lines_of(n))), SIZE).decode() for n in (0, 1, 2)]
    inner = [part[part.index("<Page ") : part.index("</PcGts>")] for part in parts]
    named = [part.replace("1.jpg", f"scans\\000{n}.tif") for n, part in enumerate(inner, start=1)]
    write(root, "0002.xml", parts[1].replace(inner[1], "".join(named)).encode())
    blank = '<Page imageFilename="x.jpg" imageWidth="9" imageHeight="9"/>'
    write(root, "0001.xml", parts[0].replace(inner[0], blank + inner[0]).encode())
    outcome = run_collection(root, UncalledEngine())
    assert (outcome.failures, outcome.pages_existing) == ((), 3)
    assert [row["text"] for row in rows(root, "lines") if row["page"] < 3] == [*PAGES[0], *PAGES[1]]


def test_tesseract_is_not_needed(root, tmp_path):
    """Where every scan has existing OCR the command needs no Tesseract; where one has none it asks for it."""
    env = {**plain_environment(), "PATH": str(tmp_path)}
    done = align("run", str(root), env=env)
    assert done.returncode == 0, done.stderr
    assert "3 with existing OCR" in done.stderr
    assert json.loads((root / "aligned/run.json").read_text(encoding="utf-8"))["engine"] is None
    (root / "ocr/diary/0003.hocr").unlink()
    assert align("run", str(root), env=env).returncode == 4


def test_a_link_out_of_the_collection(root, tmp_path):
    """An OCR file that leads out of the collection is not read."""
    outside = tmp_path / "outside.xml"
    outside.write_bytes((root / "ocr/diary/0001.xml").read_bytes())
    (root / "ocr/diary/0001.xml").unlink()
    (root / "ocr/diary/0001.xml").symlink_to(outside)
    engine = PageEngine()
    run_collection(root, engine)
    assert {lines for lines, _ in engine.calls} == {len(PAGES[0])}
