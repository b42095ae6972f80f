"""A small invented volume in model objects: a page with all kinds of lines, a spread with one side upside down,
a page of a PDF that is blank, a scan that could not be opened; a document with both texts, one with a translation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from align.files.store.result_store import ResultStore
from align.files.store.results import write_loose, write_volume
from align.model import (
    Area,
    Bead,
    Box,
    Finding,
    Frame,
    Line,
    Link,
    Match,
    Page,
    PairedTexts,
    PlainText,
    Polygon,
    ScanInfo,
    Sentence,
    SourceText,
    Span,
    VolumeResult,
    Word,
    Wording,
    documents_of,
    key,
)
from align.records import SCHEMA_VERSION, encoded, json_document

LETTER = 20, 40  # width and height of a typed letter, in scan pixels
SKEW = 0.02  # a line rises by this share of its length

RUSSIAN = "18 декабря\nСегодня был у Петрова. Он — «не здоров»,\nговорит жена & дети. Вечером писал."
ENGLISH = "18 December\nToday I called on Petrov. He is “unwell”, say his wife & children. Wrote in the evening."
LETTER_EN = "Dear friend, all is well. [Kept in Moscow.]"


@dataclass(frozen=True)
class Volume:
    pages: tuple[Page, ...]
    texts: tuple[SourceText, ...]
    links: tuple[Link, ...]
    beads: tuple[Bead, ...]
    findings: tuple[Finding, ...]
    matches: dict[int, dict[int, tuple[Match, ...]]]  # by order, by line

    @property
    def result(self) -> VolumeResult:
        """The volume as linking gives it."""
        ru, en, _ = self.texts
        details = {"letter": {"date": "1935", "recipient": "N. & N."}}
        return VolumeResult(
            volume="v",
            pages=self.pages,
            matches=tuple(self.matches.get(page.order, {}) for page in self.pages),
            documents=documents_of(self.texts, self.links, details=details),
            links=self.links,
            pairs=(PairedTexts(ru.path, en.path, self.beads),),
            findings=self.findings,
            texts=tuple(PlainText(text.path, text.document, text.language, text.content) for text in self.texts),
        )


def typed(text: str, left: int, top: int, *, role: str = "body", turned: tuple[int, int] | None = None) -> Line:
    """A typed line; `turned`: the sum of left and right, and of top and bottom, of a frame that lies upside down."""
    words = []
    for found in re.finditer(r"\S+", text):
        a, b = (left + LETTER[0] * n for n in found.span())
        rise = [SKEW * (x - left) for x in (a, b)]
        corners = [
            (a, top - rise[0]),
            (b, top - rise[1]),
            (b, top + LETTER[1] - rise[1]),
            (a, top + LETTER[1] - rise[0]),
        ]
        if turned:
            corners = [(turned[0] - x, turned[1] - y) for x, y in corners]
        outline = Polygon(tuple(corners))
        words.append(Word(found.group(), outline.box, outline, 0.9 + 0.01 * (len(words) % 5)))
    first, last = words[0].polygon.points, words[-1].polygon.points
    return Line(tuple(words), Polygon((first[0], last[1], last[2], first[3])), 0, role)


def area(page: Page, parts: list[tuple[int, int, int]], spans: tuple[Span, ...] | None) -> Area:
    """The area of words first..last (half-open) of some lines."""
    boxes, outlines = [], []
    for index, first, last in parts:
        words = page.lines[index].words[first:last]
        a, b = words[0].polygon.points, words[-1].polygon.points
        outlines.append(Polygon((a[0], b[1], b[2], a[3])))
        boxes.append(Box.union(w.box for w in words))
    return Area(page.order, tuple(boxes), tuple(outlines), tuple(p[0] for p in parts), spans)


def source(
    document: str, language: str, content: str, parts: list[str], roles: list[str], **details: str
) -> SourceText:
    """A source text whose sentences are these parts of its content."""
    sentences, at = [], 0
    for number, (part, role) in enumerate(zip(parts, roles, strict=True), 1):
        start = content.index(part, at)
        at = start + len(part)
        words = " ".join(part.split())
        identity = f"v.{document}.{language}.s{number:04d}"
        sentences.append(Sentence(identity, key(words), role, ((start, at),), words))
    path = f"transcripts/v/{document}.{language}.txt"
    return SourceText(path, "v", document, language, content, tuple(sentences), details=details)


def link(text: SourceText, index: int, **fields: object) -> Link:
    sentence = text.sentences[index]
    stated = {"kind": "transcription", "status": "linked", "score": 0.97, "via": "ocr", **fields}
    return Link(
        sentence.id,
        sentence.key,
        text.document,
        text.path,
        language=text.language,
        role=sentence.role,
        spans=sentence.spans,
        content=sentence.content,
        **stated,
    )


def sample() -> Volume:
    """The volume: five pages, three texts, and what linking makes of them."""
    pages = _typed_page(), *_spread(), *_unread_pages()
    texts = _texts()
    return Volume(pages, texts, _links(pages, texts), _beads(), _findings(pages), _matches(texts[0]))


def _typed_page() -> Page:
    """A page with all kinds of lines."""
    return Page(
        1,
        "v.p0001",
        key("1"),
        ScanInfo("images/v/стр. 1#a.jpg", None, 1000, 700, 300.0, "1" * 64),
        Frame(Box(0, 0, 1000, 700)),
        "ok",
        (
            typed("Дневник", 400, 40, role="running-head"),
            typed("53", 860, 40, role="page-number"),
            typed("18 декабря", 380, 140),
            typed("Сегодня был у Петрова. Он — «не здоров»,", 80, 220),
            typed("говорит жена & дети. Вечером писал.", 80, 300),
            typed("Эту строку пропустили", 80, 380),
            typed("АРХИВ", 700, 560, role="stamp"),
        ),
        "ru",
        "53",
        "printed",
    )


def _spread() -> tuple[Page, Page]:
    """Two pages of one scan: the left one empty, the right one upside down."""
    spread = ScanInfo("images/v/0002.tif", 3, 1200, 800, 299.999, "2" * 64)
    second = Page(2, "v.p0002", key("2"), spread, Frame(Box(0, 0, 600, 800)), "ok", (), None)
    third = Page(
        3,
        "v.p0003",
        key("3"),
        spread,
        Frame(Box(600, 0, 1200, 800), 180),
        "ok",
        (
            typed("Dear friend,", 700, 200, turned=(1800, 800)),
            typed("all is well.", 700, 280, turned=(1800, 800)),
        ),
        "en",
        "12об",
        "assigned",
    )
    return second, third


def _unread_pages() -> tuple[Page, Page]:
    """A page whose scan could not be opened, and a blank page of a PDF."""
    fourth = Page(4, "v.p0004", key("4"), ScanInfo("images/v/0003.jpg", None, 0, 0, None, "3" * 64), None, "failed")
    fifth = Page(
        5,
        "v.p0005",
        key("5"),
        ScanInfo("images/v/last.pdf", 0, 500, 800, 72.5, "4" * 64),
        Frame(Box(10, 10, 490, 790), 90),
        "blank",
        duplicate_of=2,
    )
    return fourth, fifth


def _texts() -> tuple[SourceText, SourceText, SourceText]:
    """A diary entry in both languages, and a translated letter."""
    ru = source(
        "1934-12-18",
        "ru",
        RUSSIAN,
        ["18 декабря", "Сегодня был у Петрова.", "Он — «не здоров»,\nговорит жена & дети.", "Вечером писал."],
        ["heading", "body", "body", "body"],
        title="18 декабря",
        repository="ЦГА",
        author="В. Н.",
    )
    en = source(
        "1934-12-18",
        "en",
        ENGLISH,
        [
            "18 December",
            "Today I called on Petrov.",
            "He is “unwell”, say his wife & children.",
            "Wrote in the evening.",
        ],
        ["heading", "body", "body", "body"],
        title="18 December",
    )
    letter = source(
        "letter", "en", LETTER_EN, ["Dear friend, all is well.", "[Kept in Moscow.]"], ["body", "commentary"]
    )
    return ru, en, letter


def _links(pages: tuple[Page, ...], texts: tuple[SourceText, ...]) -> tuple[Link, ...]:
    """A link of every sentence, in every state."""
    first, _, third, *_ = pages
    ru, en, letter = texts
    placed = [
        [(2, 0, 2)],
        [(3, 0, 4)],
        [(3, 4, 8), (4, 0, 4)],
        [(4, 4, 6)],
    ]
    states = [("linked", 0.98765), ("linked", 0.97), ("partial", 0.7), ("doubtful", 0.5)]
    links = [
        link(
            ru,
            i,
            status=state,
            score=score,
            counterparts=(en.sentences[i].id,),
            areas=(area(first, parts, ru.sentences[i].spans),),
        )
        for i, (parts, (state, score)) in enumerate(zip(placed, states, strict=True))
    ]
    links += [
        link(
            en,
            i,
            kind="translation",
            via="transcription",
            status=state,
            score=score,
            counterparts=(ru.sentences[i].id,),
            areas=(area(first, parts, None),),
        )
        for i, (parts, (state, score)) in enumerate(zip(placed, states, strict=True))
    ]
    links += [
        link(letter, 0, kind="translation", via="ocr-bead", areas=(area(third, [(0, 0, 2), (1, 0, 3)], None),)),
        link(letter, 1, kind="translation", via=None, status="apart", score=0.0),
    ]
    return tuple(links)


def _findings(pages: tuple[Page, ...]) -> tuple[Finding, ...]:
    """A warning with an area, and an error without one."""
    first = pages[0]
    return (
        Finding(
            "v.f0001",
            key("f1"),
            "line-without-text",
            "warning",
            "Page 53: one line is in no text.",
            pages=(1,),
            lines=("v.p0001.l006",),
            areas=(area(first, [(5, 0, 3)], None),),
            score=0.9,
            scan_text="Эту строку пропустили",
            suggestion="Add the line to the transcription.",
            translations={"ru": Wording("Страница 53: одной строки нет ни в одном тексте.", "Добавьте её в текст.")},
        ),
        Finding(
            "v.f0002",
            key("f2"),
            "page-failed",
            "error",
            "images/v/0003.jpg could not be read.",
            pages=(4,),
            translations={"ru": Wording("Файл images/v/0003.jpg не удалось прочитать.")},
        ),
    )


def _matches(ru: SourceText) -> dict[int, dict[int, tuple[Match, ...]]]:
    """The matches of the first page's lines."""
    return {
        1: {
            2: (Match(ru.path, (0, 10), 1.0),),
            3: (Match(ru.path, (11, 51), 0.98765),),
            4: (Match(ru.path, (52, 72), 0.9), Match(ru.path, (73, 87), 0.8)),
        }
    }


def _beads() -> tuple[Bead, ...]:
    """The beads of the diary entry: three pairs, and one sentence on either side alone."""
    return (*(Bead((i,), (i,), 0.9) for i in range(3)), Bead((3,), (), 0.6), Bead((), (3,), 0.65432))


def files(volume: Volume) -> dict[str, str]:
    """The text of every JSON-lines file of the volume, by name."""
    return encoded(volume.result)


def run_row() -> dict[str, object]:
    counts = {
        "pages": 5,
        "pages_ok": 3,
        "blank": 1,
        "failed": 1,
        "documents": 2,
        "sentences": 10,
        "linked": 5,
        "partial": 2,
        "doubtful": 2,
        "unlinked": 0,
        "apart": 1,
        "lines": 9,
        "lines_matched": 3,
        "decided": 0,
        "findings": {"error": 1, "warning": 1, "note": 0},
    }
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": "facsimile-align",
        "tool_version": "0.1.0",
        "engine": "tesseract 5.3.0",
        "settings": {"page_marker": None},
        "settings_digest": "0123456789abcdef",
        "counts": counts,
        "left": [],
        "failures": [
            {"cause": "truncated", "files": ["images/v/0003.jpg"], "message": "It ends early; scan it again."}
        ],
        "seconds": {"reading": 1.5},
        "volumes": {"v": {"inputs_digest": "0123456789abcdef", **counts}},
    }


def with_digests(root: Path, volume: Volume) -> Volume:
    """The volume with the digests that its scans have now, as after a run."""
    pages = []
    for page in volume.pages:
        path = root / page.scan.path
        digest = sha256(path.read_bytes()).hexdigest() if path.exists() else page.scan.digest
        pages.append(replace(page, scan=replace(page.scan, digest=digest)))
    return replace(volume, pages=tuple(pages))


def write_results(volume: Volume, folder: Path) -> None:
    """A whole aligned/ folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "run.json").write_text(json_document(run_row()), encoding="utf-8", newline="")
    store = ResultStore(folder)
    write_loose(store, ())
    write_volume(store, volume.result)
