"""A document in two languages, with beads of every shape, as the value that writers of exports take."""

from __future__ import annotations

from collections.abc import Sequence

from align.model import (
    Area,
    Bead,
    Box,
    Document,
    Frame,
    Link,
    Page,
    PairedTexts,
    Polygon,
    ScanInfo,
    VolumeResult,
    key,
)

# One to one, two to one, one to two, and a sentence alone on either side.
SHAPES = (((0,), (0,)), ((1, 2), (1,)), ((3,), (2, 3)), ((4,), ()), ((), (4,)))
RUSSIAN = ("Раз.", "Два.", "Три.", "Четыре & <пять>.", "Один без пары.")
ENGLISH = ("One.", "Two and three.", "Four &", "<five>.", "Alone.")


def bilingual(
    left: Sequence[str] = RUSSIAN,
    right: Sequence[str] = ENGLISH,
    beads: Sequence[tuple[Sequence[int], Sequence[int]]] = SHAPES,
    *,
    document: str = "1934-12-18",
    languages: tuple[str, str] = ("ru", "en"),
    frame: Frame | None = None,
    title: str | None = "18 декабря",
) -> VolumeResult:
    """A volume "v" of this document: sentence n of each text stands on line n of its one page."""
    frame = frame or Frame(Box(0, 0, 1000, 1400))
    page = Page(
        1, "v.p0001", key("page"), ScanInfo("images/v/0001.jpg", None, 1000, 1400, 300.0, "0" * 64), frame, "ok",
        language=languages[0], label="53", label_source="printed",
    )  # fmt: skip
    kinds = ("transcription", "translation")
    paths = [f"transcripts/v/{document}.{language}.txt" for language in languages]
    links = []
    for kind, path, language, sentences in zip(kinds, paths, languages, (left, right), strict=True):
        for n, content in enumerate(sentences):
            name = f"v.{document}.{language}.s{n + 1:04d}"
            links.append(
                Link(
                    name,
                    key(name),
                    document,
                    path,
                    kind,
                    language,
                    "body",
                    ((0, 1),),
                    content,
                    "linked",
                    0.97,
                    via="ocr",
                    areas=(area(n),),
                )
            )
    return VolumeResult(
        "v",
        pages=(page,),
        matches=({},),
        documents=(Document(document, title, "1934-12-18", None, {}, tuple(paths), ((1, Box(100, 100, 900, 700)),)),),
        links=tuple(links),
        pairs=(PairedTexts(*paths, tuple(Bead(tuple(a), tuple(b), 0.91) for a, b in beads)),),
    )


def area(row: int) -> Area:
    """The place of sentence number `row`, from 0: two boxes, of which the second is skewed."""
    boxes = (Box(100, 100 + 60 * row, 900, 130 + 60 * row), Box(100, 135 + 60 * row, 500, 165 + 60 * row))
    skewed = Polygon(((100, 137 + 60 * row), (500, 135 + 60 * row), (500, 163 + 60 * row), (100, 165 + 60 * row)))
    return Area(1, boxes, (Polygon(boxes[0].corners), skewed), (None, None), ((0, 1),))
