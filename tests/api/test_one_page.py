"""One page without a collection: from a path, a Pillow image or an array, with any engine."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from support.small_collection import PAGES, PageEngine, drawn_page

import align
from align.errors import InputError, ScanError, UsageError
from align.model import Page, ScanInfo
from align.ocr import image_digest

ENGINE = PageEngine()
TEXT = " ".join(PAGES[2][1:])


def test_every_kind_of_image_reads_alike(tmp_path):
    """A path, its text, a Pillow image and an array give the same lines."""
    image = drawn_page(len(PAGES[2]))
    image.save(tmp_path / "page.png")
    given = (tmp_path / "page.png", str(tmp_path / "page.png"), image, np.asarray(image), image.convert("RGB"))
    read = [align.read_page(own, ("ru",), ENGINE) for own in given]
    assert [line.text for line in read[0].lines] == list(PAGES[2])
    assert {page.lines for page in read} == {read[0].lines}
    assert isinstance(read[0], align.Reading)


def test_an_image_is_turned_as_its_file_says():
    """A Pillow image with an EXIF orientation is read upright."""
    image = drawn_page(len(PAGES[2]))
    lying = image.transpose(Image.Transpose.ROTATE_90)
    lying.getexif()[274] = 6
    assert align.read_page(lying, ("ru",), ENGINE).lines == align.read_page(image, ("ru",), ENGINE).lines


@pytest.mark.parametrize(
    "image", [np.zeros((4, 4), float), np.zeros((4, 4, 4), np.uint8), np.zeros((0, 4), np.uint8)], ids=str
)
def test_what_is_no_image_is_refused(image):
    """An array of another type or shape is refused with the ones that are right."""
    with pytest.raises(UsageError, match="uint8"):
        align.read_page(image, ("ru",), ENGINE)


def test_wrong_calls_say_what_is_right(tmp_path):
    """A missing file, a page that the file does not have and a language in place of a list are one sentence each."""
    drawn_page(3).save(tmp_path / "page.png")
    with pytest.raises(ScanError):
        align.read_page(tmp_path / "none.png", ("ru",), ENGINE)
    with pytest.raises(UsageError, match="from 0 to 0"):
        align.read_page(tmp_path / "page.png", ("ru",), ENGINE, scan_index=1)
    for languages in ("ru", ()):
        with pytest.raises(UsageError, match="languages"):
            align.read_page(tmp_path / "page.png", languages, ENGINE)


def test_two_pages_on_one_image():
    """An opened book gives two readings, and `read_page` says so."""
    left, right = drawn_page(len(PAGES[0])), drawn_page(len(PAGES[0]), seed=1)
    opened = Image.new("L", (left.width * 2 + 120, left.height), 236)
    opened.paste(left, (0, 0))
    opened.paste(right, (left.width + 120, 0))
    opened.paste(20, (left.width + 50, 0, left.width + 70, left.height))
    assert len(align.read_pages(opened, ("ru",), ENGINE)) == 2
    with pytest.raises(UsageError, match="2 pages"):
        align.read_page(opened, ("ru",), ENGINE)


def test_a_page_is_linked_and_shown():
    """Each sentence of the text and of its translation has its place; the picture is of the image that was read."""
    page = align.read_page(drawn_page(len(PAGES[2])), ("ru",), ENGINE)
    volume = align.link_page(page, TEXT, "The shortest day, the lamp was lit at four. " * 3, translation_language="en")
    texts = volume.documents[0]
    assert {sentence.status for sentence in texts.transcription} == {"linked"}
    assert texts.transcription[0].areas[0].lines[0].text == PAGES[2][1]
    assert texts.translations.keys() == {"en"}
    assert volume.show(max_side=500).height == 500
    assert texts.transcription[0].areas[0].crop().height > 5


def test_languages_are_told_where_they_are_not_named():
    """The text is in the language of the page, and a translation in that of its words; two texts in one are refused."""
    page = align.read_page(drawn_page(len(PAGES[2])), ("ru",), ENGINE)
    english = "It was the shortest day of the year, and the lamp was lit at four o'clock in the afternoon already."
    volume = align.link_page(page, TEXT, english)
    assert [sentence.language for sentence in volume.links][-1] == "en"
    with pytest.raises(UsageError, match="is not clear"):
        align.link_page(page, TEXT, "1934")
    with pytest.raises(UsageError, match="both in 'ru'"):
        align.link_page(page, TEXT, TEXT)
    with pytest.raises(InputError, match="no sentence"):
        align.link_page(page, " ")


def test_readings_from_elsewhere_are_linked():
    """A reading or a page without its image is linked too; it is shown on white paper, or with the image if given."""
    image = drawn_page(len(PAGES[2]))
    read = align.read_page(image, ("ru",), ENGINE)
    bare = align.Reading(read.frame, read.status, read.language, read.lines, read.preparation, read.engine)
    scan = ScanInfo("images/v/1.png", None, image.width, image.height, None, "")
    page = Page(1, "v.p0001", "0" * 16, scan, read.frame, "ok", read.lines, "ru")
    for own in (bare, page):
        volume = align.link_page(own, TEXT)
        assert {sentence.status for sentence in volume.links} == {"linked"}
        assert volume.show().width > 1
        with pytest.raises(ScanError, match="give link_page its image"):
            volume.page(1).image()
    assert align.link_page(bare, TEXT, image=image).page(1).image().size == image.size


def test_recorded_engines_read_what_was_recorded():
    """A recorded engine gives back the lines that another engine read of the same images, and needs none installed."""

    class Recorder(PageEngine):
        def read(self, image, *, languages, dpi):
            lines = super().read(image, languages=languages, dpi=dpi)
            recordings[image_digest(image, languages=languages)] = lines
            return lines

    recordings = {}
    first = align.read_page(drawn_page(len(PAGES[2])), ("ru",), Recorder())
    again = align.read_page(drawn_page(len(PAGES[2])), ("ru",), align.RecordedEngine(recordings))
    assert again.lines == first.lines
    assert isinstance(align.RecordedEngine({}), align.Engine)


def test_a_page_of_another_kind_is_refused():
    """A path in place of a page, an image of another size, and an engine that there is not are one sentence each."""
    image = drawn_page(len(PAGES[2]))
    page = align.read_page(image, ("ru",), ENGINE)
    with pytest.raises(UsageError, match="was not read yet"):
        align.link_page("page.png", TEXT)
    with pytest.raises(UsageError, match="give the image that was read"):
        align.link_page(page, TEXT, image=image.resize((10, 10)))
    with pytest.raises(UsageError, match="one of tesseract, tesserocr"):
        align.read_page(image, ("ru",), "tess")
