"""`align export --format pdf`: what a file has in it, read back by programs that others wrote."""

from __future__ import annotations

import re
import subprocess
from html import unescape
from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image
from support.pdf_rules import faults
from support.set_volume import SIZE, SetDocument, boxes_of, jpeg_scan, write_set

from align.batch.exports import Exported, ExportRequest
from align.batch.exports.pdf import export_pdf
from align.files.collection.opening import open_collection
from align.files.store.result_store import ResultStore
from align.files.store.results import Results
from align.workers.pools import SerialPool
from align.workers.progress import NullProgress

FIRST = ("29 июля", "Четвертый день в Лондоне, и чет-", "вертый день идет «дождь».")
SECOND = ("Он принял меня: 46 па-",)
THIRD = ("пок, две машинки.", "Конец")
DOCUMENTS = (
    SetDocument("1933-07-29", (FIRST, SECOND, THIRD), "29 июля"),
    SetDocument("1934-07-29", (("Другая запись.",),), "29 июля"),
)
# A point is a 72nd of an inch, and the scans have 100 dots an inch.
POINTS = 72 / 100


def export(root: Path, *documents: str) -> Exported:
    """What comes of exporting the volume, or documents of it."""
    results, store = Results.opened(root / "aligned"), ResultStore(root / "aligned")
    with store.opened():
        return export_pdf(
            ExportRequest(
                open_collection(root), results, store, results.volumes, NullProgress(), SerialPool(),
                documents=documents,
            )
        )  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A volume of two documents with the same title, exported as one file."""
    folder = tmp_path_factory.mktemp("set")
    write_set(folder, DOCUMENTS)
    assert not export(folder).failures
    return folder


@pytest.fixture(scope="module")
def pdf(root: Path) -> Path:
    """The file of the volume."""
    return root / "aligned" / "pdf" / "diary.pdf"


def words_of(pdf: Path) -> list[list[tuple[str, list[float]]]]:
    """The words that poppler finds on each page, with left, top, right and bottom in scan pixels."""
    said = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    edges = r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>'
    return [
        [(unescape(word), [float(v) / POINTS for v in box]) for *box, word in re.findall(edges, page)]
        for page in said.split("<page ")[1:]
    ]


def test_the_file_keeps_the_rules_of_pdfa(pdf: Path):
    """The file is PDF/A-2b as far as its rules can be rewritten, and qpdf finds no fault."""
    assert faults(pdf.read_bytes()) == []


def test_words_stand_over_their_ink(pdf: Path):
    """Each word that poppler finds is a word of the text, in its box to within a pixel."""
    first, _, _, last = words_of(pdf)
    wanted = [
        (word, box)
        for row, line in enumerate(FIRST)
        for word, box in zip(line.split(), boxes_of(line, row), strict=True)
    ]
    assert [word for word, _ in first] == [
        *("29", "июля", "Четвертый", "день", "в", "Лондоне,", "и", "четвертый", "день", "идет", "«дождь»."),
    ]
    for word, edges in first:
        box = next(box for text, box in wanted if text == word or (word == "четвертый" and text == "чет-"))
        wanted.remove(next(w for w in wanted if w[1] == box))
        assert np.abs(np.subtract(edges, (box.left, box.top, box.right, box.bottom))).max() < 1
    assert [word for word, _ in last] == ["Другая", "запись."]


def test_text_is_copied_as_the_transcription_has_it(pdf: Path):
    """Poppler and PDFium both give the words in order, and a divided word as one, also over a page's end."""
    said = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    assert " ".join(said.split()) == (
        "29 июля Четвертый день в Лондоне, и четвертый день идет «дождь». Он принял меня: 46 папок , две машинки. "
        "Конец Другая запись."
    )
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert " ".join(" ".join(pages).split()) == " ".join(said.split())


def test_scans_are_embedded_as_they_are(pdf: Path):
    """The bytes of each JPEG are in the file unchanged, and text and notes cost little more."""
    with pikepdf.open(pdf) as opened:
        for order, page in enumerate(opened.pages, 1):
            assert bytes(page.Resources.XObject["/Scan"].read_raw_bytes()) == jpeg_scan(order)


def test_pages_bear_their_labels_and_size(pdf: Path):
    """A page has the label of the collection, or its number in brackets, and the size that its resolution says."""
    document = pypdfium2.PdfDocument(pdf)
    labels = [document.get_page_label(n) for n in range(len(document))]
    size = document[0].get_size()
    document.close()
    assert labels == ["[1]", "54", "55", "56"]
    assert size == pytest.approx((SIZE[0] * POINTS, SIZE[1] * POINTS), abs=0.01)


def test_the_outline_tells_documents_apart(pdf: Path):
    """Two documents with one title have their names in the outline, which leads to the pages where they begin."""
    document = pypdfium2.PdfDocument(pdf)
    entries = [(entry.get_title(), entry.get_dest().get_index()) for entry in document.get_toc()]
    document.close()
    assert entries == [("29 июля (1933-07-29)", 0), ("29 июля (1934-07-29)", 3)]


def test_the_translation_is_a_note_on_the_lines_it_translates(pdf: Path):
    """Each translated sentence is a note that paints nothing, over the box of its lines."""
    with pikepdf.open(pdf) as opened:
        notes = list(opened.pages[0].Annots)
        assert [str(note.Contents) for note in notes] == ["Sentence 1.", "Sentence 2.", "Sentence 3."]
        assert not notes[0].AP.N.read_bytes()
        left, bottom, right, top = (float(v) / POINTS for v in notes[0].Rect)
    words = boxes_of(FIRST[0], 0)
    assert (left, SIZE[1] - top, right, SIZE[1] - bottom) == pytest.approx(
        (words[0].left, words[0].top, words[-1].right, words[0].bottom), abs=0.01
    )


def test_the_same_results_give_the_same_file(root: Path, pdf: Path):
    """A second export of the same results has the same bytes."""
    before = pdf.read_bytes()
    assert not export(root).failures
    assert pdf.read_bytes() == before


def test_a_document_has_a_file_of_its_own(root: Path):
    """With --document the file has the pages of that document, its title, and one entry in its outline."""
    export(root, "1934-07-29")
    with pikepdf.open(root / "aligned" / "pdf" / "diary" / "1934-07-29.pdf") as opened:
        assert len(opened.pages) == 1
        assert str(opened.docinfo["/Title"]) == "29 июля (1934-07-29)"


def test_a_scan_that_changed_leaves_a_white_page(tmp_path: Path):
    """A page whose scan is another one now has its text and no picture, which is told; the other pages are whole."""
    write_set(tmp_path, DOCUMENTS[:1])
    (tmp_path / "images" / "diary" / "0002.jpg").write_bytes(jpeg_scan(40))
    (said,) = export(tmp_path).failures
    assert "images/diary/0002.jpg has changed since the run" in said
    with pikepdf.open(tmp_path / "aligned" / "pdf" / "diary.pdf") as opened:
        assert ["/XObject" in page.Resources for page in opened.pages] == [True, False, True]


@pytest.mark.parametrize(
    ("mode", "encoding"), [("1", "/CCITTFaxDecode"), ("RGB", "/DCTDecode"), ("RGBA", "/DCTDecode")]
)
def test_other_scans_are_encoded_anew(tmp_path: Path, mode: str, encoding: str):
    """A black and white PNG is stored without loss, one in colour as JPEG, and both are seen as they were."""
    image = Image.linear_gradient("L").resize(SIZE).convert(mode)
    buffer = BytesIO()
    image.save(buffer, "PNG")
    write_set(tmp_path, DOCUMENTS[1:], lambda _: buffer.getvalue(), "png")
    assert not export(tmp_path).failures
    path = tmp_path / "aligned" / "pdf" / "diary.pdf"
    assert faults(path.read_bytes()) == []
    with pikepdf.open(path) as opened:
        assert opened.pages[0].Resources.XObject["/Scan"].Filter == encoding
    document = pypdfium2.PdfDocument(path)
    seen = np.asarray(document[0].render(scale=1 / POINTS).to_pil().convert("L"), np.int16)
    document.close()
    assert np.abs(seen - np.asarray(image.convert("L"), np.int16)).mean() < 4
