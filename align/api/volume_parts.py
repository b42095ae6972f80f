"""What a volume is made of, as objects that lead to each other: pages, sentences and the areas of sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from PIL import Image

from align.api.html_table import html_table, shortened
from align.api.pictures import LONGEST_SIDE, cut_out, page_picture
from align.api.volume_index import VolumeIndex
from align.export import page_image
from align.model import Area, Box, Line, Link, LinkChoice, Page, PageStatus, Polygon, Reason, Role, Span, Status, Via
from align.model.page import mean_confidence
from align.model.plurals import several


@dataclass(frozen=True, slots=True, repr=False)
class VolumePage:
    """A page of a volume: the lines read on it, the sentences that it shows, and its picture.

    >>> page = open_results("mydiary")["diary"].page(2)
    >>> page
    <Page 2 of diary: 10 lines, 20 sentences, images/diary/0002.png>
    >>> page.lines[2].text, page.confidence
    ('19 декабря 1934 года.', 0.93)
    """

    _index: VolumeIndex
    _page: Page

    @property
    def order(self) -> int:
        """The page's place in its volume, from 1."""
        return self._page.order

    @property
    def id(self) -> str:
        """The page's id, as in all result files."""
        return self._page.id

    @property
    def key(self) -> str:
        """16 hex digits that stay while the scan stays."""
        return self._page.key

    @property
    def label(self) -> str | None:
        """What is printed, written or assigned as the page's number: "53", "iv", "12r"."""
        return self._page.label

    @property
    def scan(self) -> str:
        """The path of the scan's file, relative to the collection."""
        return self._page.scan.path

    @property
    def status(self) -> PageStatus:
        """Whether the page was read, is blank, or failed."""
        return self._page.status

    @property
    def language(self) -> str | None:
        """The language in which the page was read, BCP 47."""
        return self._page.language

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that were read, in reading order, in pixels of the scan."""
        return self._page.lines

    @property
    def text(self) -> str:
        """The lines' texts, one below the other."""
        return "\n".join(line.text for line in self.lines)

    @property
    def confidence(self) -> float | None:
        """How sure the engine is of the page, 0 to 1: the mean of its words by letters; None if none is stated."""
        mean = mean_confidence(word for line in self.lines for word in line.words)
        return None if mean is None else round(mean, 3)

    @property
    def sentences(self) -> tuple[LinkedSentence, ...]:
        """The sentences of all texts that have an area on this page, in the order of the texts."""
        return tuple(LinkedSentence(self._index, link) for link in self._index.links_of_pages.get(self.order, ()))

    def sentence_at(self, x: float, y: float) -> LinkedSentence | None:
        """The sentence at this point of the scan, in pixels; a transcription's before a translation's; None outside."""
        best: tuple[tuple[bool, int], Link] | None = None
        for link in self._index.links_of_pages.get(self.order, ()):
            for box in (box for area in link.areas if area.page == self.order for box in area.boxes):
                if box.left <= x < box.right and box.top <= y < box.bottom:
                    rank = link.kind != "transcription", box.width * box.height
                    if best is None or rank < best[0]:
                        best = rank, link
        return None if best is None else LinkedSentence(self._index, best[1])

    def image(self) -> Image.Image:
        """The page cut out of its scan and turned upright; ScanError where the scan cannot be opened."""
        pixels = self._index.pixels(self._page)
        return Image.fromarray(pixels) if self._page.frame is None else page_image(pixels, self._page.frame)

    def show(self, *, findings: bool = False, max_side: int = LONGEST_SIDE) -> Image.Image:
        """The page with its sentences tinted and numbered, and where asked for, its findings framed in red.

        The paper is white where the scan cannot be opened. No side is longer than `max_side` pixels.
        """
        on_page = self._index.findings_of_pages.get(self.order, ()) if findings else ()
        return page_picture(self._index, self._page, on_page, max_side)

    def _repr_png_(self) -> bytes:
        buffer = BytesIO()
        self.show().save(buffer, "PNG")
        return buffer.getvalue()

    def __repr__(self) -> str:
        name = f"{self.order}" if self.label is None else f"{self.order} ({shortened(self.label, 12)})"
        read = several(len(self.lines), "line") if self.status == "ok" else self.status
        sentences = several(len(self.sentences), "sentence")
        return f"<Page {name} of {self._index.value.volume}: {read}, {sentences}, {self.scan}>"


@dataclass(frozen=True, slots=True, repr=False)
class SentenceArea:
    """A place of a sentence on one page: a box and a polygon for each line fragment.

    >>> area = open_results("mydiary")["diary"].sentence("diary.1934-12-19.ru.s0002").areas[0]
    >>> area
    <Area on page 2: 1 box in 59, 202, 509, 218>
    >>> area.crop().size
    (450, 16)
    """

    _index: VolumeIndex
    _area: Area

    @property
    def page(self) -> VolumePage:
        """The page where the area is."""
        return VolumePage(self._index, self._index.page(self._area.page))

    @property
    def boxes(self) -> tuple[Box, ...]:
        """One box for each line fragment, in pixels of the scan, cut at words."""
        return self._area.boxes

    @property
    def polygons(self) -> tuple[Polygon, ...]:
        """One polygon to a box; it follows the skew of the line."""
        return self._area.polygons

    @property
    def box(self) -> Box:
        """The box around all boxes."""
        return Box.union(self._area.boxes)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines from which the boxes were cut, one to a box; none for a box of an editor where none was read."""
        return tuple(self.page.lines[index] for index in self._area.lines_read)

    @property
    def spans(self) -> tuple[Span, ...] | None:
        """What of the sentence's text is shown here; None where a translation cannot be divided."""
        return self._area.spans

    def crop(self, *, margin: int = 0) -> Image.Image:
        """The place cut out of the scan, upright, with a margin in pixels; ScanError where the scan does not open."""
        return cut_out(self._index, self._index.page(self._area.page), self.box, margin)

    def __repr__(self) -> str:
        box, count = self.box, len(self.boxes)
        number = several(count, "box") if count == 1 else f"{count} boxes"
        return f"<Area on page {self._area.page}: {number} in {box.left}, {box.top}, {box.right}, {box.bottom}>"


@dataclass(frozen=True, slots=True, repr=False)
class LinkedSentence:
    """One sentence of a text, with its places on the pages and its counterparts in other texts.

    >>> sentence = open_results("mydiary")["diary"].sentence("diary.1934-12-19.ru.s0002")
    >>> sentence
    <Sentence diary.1934-12-19.ru.s0002: linked, score 1.00, page 2, 'Сегодня чинили крышу над северной верандой.'>
    >>> sentence.translation[0].content
    'Today the roof over the northern veranda was mended.'
    """

    _index: VolumeIndex
    _link: Link

    @property
    def id(self) -> str:
        """The sentence's id, as in all result files; it comes from the sentence's place in its text."""
        return self._link.sentence

    @property
    def key(self) -> str:
        """16 hex digits that stay while the sentence's content stays."""
        return self._link.key

    @property
    def document(self) -> str:
        """The name of the document."""
        return self._link.document

    @property
    def text(self) -> str:
        """The path of the text, relative to the collection."""
        return self._link.text

    @property
    def kind(self) -> Literal["transcription", "translation"]:
        """Whether the text is a transcription or a translation."""
        return self._link.kind

    @property
    def language(self) -> str:
        """The language of the text, BCP 47."""
        return self._link.language

    @property
    def role(self) -> Role:
        """What the sentence is in its text: body, heading, note or commentary."""
        return self._link.role

    @property
    def content(self) -> str:
        """The sentence, with white space collapsed."""
        return self._link.content

    @property
    def spans(self) -> tuple[Span, ...]:
        """The place of the sentence in its text: half-open ranges of code points."""
        return self._link.spans

    @property
    def status(self) -> Status:
        """How the sentence is linked: linked, partial, doubtful, unlinked or apart."""
        return self._link.status

    @property
    def score(self) -> float:
        """The probability that the link is right, 0 to 1."""
        return self._link.score

    @property
    def reason(self) -> Reason | None:
        """Why the sentence is not linked, where it is not."""
        return self._link.reason

    @property
    def via(self) -> Via | None:
        """How the place was found: on the page itself, through the transcription, or by an editor."""
        return self._link.via

    @property
    def decided(self) -> LinkChoice | None:
        """What an editor decided of the link: right, wrong, placed or not-on-scan; None where none did."""
        return self._link.decided

    @property
    def areas(self) -> tuple[SentenceArea, ...]:
        """The places of the sentence, one on each of its pages."""
        return tuple(SentenceArea(self._index, area) for area in self._link.areas)

    @property
    def pages(self) -> tuple[VolumePage, ...]:
        """The pages that show the sentence."""
        return tuple(area.page for area in self.areas)

    @property
    def counterparts(self) -> tuple[LinkedSentence, ...]:
        """The sentences of other texts that say the same."""
        return tuple(LinkedSentence(self._index, self._index.link(id_)) for id_ in self._link.counterparts)

    @property
    def translation(self) -> tuple[LinkedSentence, ...]:
        """The counterparts in translations."""
        return tuple(sentence for sentence in self.counterparts if sentence.kind == "translation")

    @property
    def transcription(self) -> tuple[LinkedSentence, ...]:
        """The counterparts in transcriptions."""
        return tuple(sentence for sentence in self.counterparts if sentence.kind == "transcription")

    def __repr__(self) -> str:
        pages = ", ".join(str(area.page) for area in self._link.areas)
        where = f"score {self.score:.2f}, page {pages}" if pages else (self.reason or "rightly on no page")
        return f"<Sentence {self.id}: {self.status}, {where}, {shortened(self.content)!r}>"


def sentences_table(caption: str, sentences: Sequence[LinkedSentence]) -> str:
    """The sentences as an HTML table."""
    rows = ((s.id, s.status, f"{s.score:.2f}", ", ".join(str(p.order) for p in s.pages), s.content) for s in sentences)
    return html_table(caption, ("sentence", "status", "score", "page", "content"), rows)
