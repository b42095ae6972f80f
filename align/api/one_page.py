"""One page without a collection: read from an image, and linked to a text and its translation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from align.api.image_input import NAMELESS, ImageInput, image_input
from align.api.opened_volume import Volume
from align.api.running import EngineName, installed_engine
from align.api.volume_index import VolumeIndex
from align.batch.assembly import page_key
from align.errors import InputError, ScanError, UsageError
from align.linking import link_volume
from align.model import Frame, Page, RawText, Reading, ScanInfo, SourceText, ncname
from align.model.arguments import need_text
from align.model.plurals import several
from align.ocr import Engine
from align.pixels import Pixels
from align.reading.scan import read_scan
from align.text.language import guess_language
from align.text.source import structure

# What a single page is called in ids: page.p0001, page.text.ru.s0001.
VOLUME, DOCUMENT = "page", "text"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class PageReading(Reading):
    """A reading that keeps its scan, so that what is linked to it can be shown."""

    scan: ScanInfo
    pixels: Pixels = field(repr=False)

    @property
    def text(self) -> str:
        """The lines' texts, one below the other."""
        return "\n".join(line.text for line in self.lines)

    def __repr__(self) -> str:
        words = sum(len(line.words) for line in self.lines)
        language = f" in {self.language}" if self.language else ""
        holds = f"{several(len(self.lines), 'line')}, {several(words, 'word')}"
        return f"<PageReading of {self.scan.path}: {self.status}{language}, {holds}>"


def read_page(
    image: ImageInput,
    languages: Sequence[str] = ("ru", "en"),
    engine: Engine | EngineName | None = None,
    *,
    scan_index: int = 0,
) -> PageReading:
    """The page that an image shows: its lines and words, in pixels of the image.

    `image` is a path, a Pillow image, or an array of uint8 (height, width) or (height, width, 3); of a PDF or TIFF file
    it is the page `scan_index`, from 0. `languages` (BCP 47) are those that the page may be in, the likelier first.
    The engine is Tesseract where none is given. UsageError for an image of two pages: `read_pages` reads both.

    >>> page = read_page("mydiary/images/diary/0001.png")
    >>> page
    <PageReading of 0001.png: ok in ru, 8 lines, 58 words>
    >>> page.lines[0].text, page.lines[0].box
    ('18 декабря 1934 года.', Box(left=59, top=70, right=545, bottom=86))
    """
    readings = read_pages(image, languages, engine, scan_index=scan_index)
    if len(readings) != 1:
        raise UsageError(f"This image shows {len(readings)} pages: call read_pages, which reads all of them.")
    return readings[0]


def read_pages(
    image: ImageInput,
    languages: Sequence[str] = ("ru", "en"),
    engine: Engine | EngineName | None = None,
    *,
    scan_index: int = 0,
) -> tuple[PageReading, ...]:
    """Each page that an image shows, as `read_page` reads it: two of an opened book, else one.

    >>> len(read_pages("mydiary/images/diary/0002.png"))
    1
    """
    if isinstance(languages, str) or not languages:
        raise UsageError('The languages are a list of one or more: give languages=("ru",), for example.')
    pixels, scan = image_input(image, scan_index=scan_index)
    reader = engine if engine is not None and not isinstance(engine, str) else None
    if reader is None:
        reader = installed_engine(engine if isinstance(engine, str) else "tesseract", tuple(languages))
    return tuple(
        PageReading(r.frame, r.status, r.language, r.lines, r.preparation, r.engine, scan=scan, pixels=pixels)
        for r in read_scan(pixels, engine=reader, languages=tuple(languages))
    )


def link_page(
    page: Reading | Page,
    text: str,
    translation: str | None = None,
    *,
    language: str | None = None,
    translation_language: str | None = None,
    image: ImageInput | None = None,
) -> Volume:
    """A volume of one page: every sentence of the text, and of its translation, with its place on the page.

    Languages are BCP 47. Where they are not named, the text is in the language of the page, and that of the translation
    is guessed from its words. What `read_page` returns can be shown; `image` is for readings that come without one.

    >>> page = read_page("mydiary/images/diary/0002.png")
    >>> volume = link_page(page, "Сегодня чинили крышу над северной верандой. Луна стояла над лесом, как медное блюдо.")
    >>> volume
    <Volume page: 1 page, 2 sentences (2 linked), 4 findings>
    >>> volume.links[1].areas
    (<Area on page 1: 1 box in 59, 466, 512, 482>,)
    """
    if not isinstance(page, Reading | Page):
        raise UsageError("The page was not read yet: give what read_page returns, or one page of read_pages.")
    for name, value in (("text", text), ("translation", translation), ("language", language)):
        if value is not None or name == "text":
            need_text(name, value)
    language = language or page.language or guess_language(text) or "und"
    texts = [_source_text(text, language)]
    if translation is not None:
        translated_into = translation_language or guess_language(translation)
        if translated_into is None:
            raise UsageError(
                'The translation\'s language is not clear from its words: name it, as in translation_language="en".'
            )
        if translated_into == language:
            raise UsageError(f"The text and its translation are both in {language!r}: name the languages of both.")
        texts.append(_source_text(translation, translated_into))
    pixels, scan = (None, None) if image is None else image_input(image)
    if scan is not None and page.frame is not None:
        _refuse_other_size(scan, page.frame)
    linked_page = page if isinstance(page, Page) else _page(page, scan)
    if pixels is None and isinstance(page, PageReading):
        pixels = page.pixels
    linked = link_volume(VOLUME, [linked_page], texts, transcription_paths={DOCUMENT: texts[0].path})

    def load(scan: ScanInfo) -> Pixels:
        if pixels is None:
            raise ScanError(f"{scan.path} is not known here: give link_page its image.", cause="missing")
        return pixels

    return Volume(VolumeIndex(linked, load))


def _refuse_other_size(scan: ScanInfo, frame: Frame) -> None:
    if frame.box.right > scan.width or frame.box.bottom > scan.height:
        raise UsageError(
            f"The image is {scan.width} x {scan.height} pixels, but the page was read up to {frame.box.right} x "
            f"{frame.box.bottom}: give the image that was read."
        )


def _source_text(content: str, language: str) -> SourceText:
    text = structure(RawText(f"{DOCUMENT}.{language}.txt", VOLUME, DOCUMENT, language, content, "utf-8"))
    if not text.sentences:
        raise InputError(f"The text in {language!r} holds no sentence: give its words.", cause="empty")
    return text


def _page(reading: Reading, scan: ScanInfo | None) -> Page:
    """The reading as the only page of its volume; a reading without a scan is as large as its own frame says."""
    if scan is None:
        box = reading.frame.box
        unknown = ScanInfo(NAMELESS, None, box.right, box.bottom, None, "")
        scan = reading.scan if isinstance(reading, PageReading) else unknown
    return Page(
        order=1,
        id=f"{ncname(VOLUME)}.p0001",
        key=page_key(scan, reading.frame, 1),
        scan=scan,
        frame=reading.frame,
        status=reading.status,
        lines=reading.lines,
        language=reading.language,
    )
