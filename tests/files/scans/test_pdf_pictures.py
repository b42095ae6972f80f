"""Pages of a PDF that are one JPEG are given as that JPEG, and no others."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from align.files.scans.images import list_scans, load_scan
from align.files.scans.pdf_pictures import stored_page
from align.files.scans.pixels import turned
from align.model import EncodedImage

NAME = "scans.pdf"


def jpeg() -> bytes:
    """A picture that looks different whichever way it is turned."""
    gray = np.add.outer(np.linspace(0, 120, 300), np.linspace(0, 80, 200)).astype(np.uint8)
    buffer = BytesIO()
    Image.fromarray(gray).save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def write(root: Path, content: str = "", rotate: int = 0, **entries: object) -> None:
    """A PDF of one page that is this picture, with more content behind it and more entries of the picture."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 300))
    image = pikepdf.Stream(pdf, jpeg())
    known = {"Type": "/XObject", "Subtype": "/Image", "ColorSpace": "/DeviceGray", "Filter": "/DCTDecode"}
    for name, value in {**known, "Width": 200, "Height": 300, "BitsPerComponent": 8, **entries}.items():
        image[f"/{name}"] = pikepdf.Name(value) if isinstance(value, str) else value
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(XObject={"/I": image}, Font={"/F": font})
    page.Contents = pdf.make_stream(f"q 200 0 0 300 0 0 cm /I Do Q {content}".encode())
    page.Rotate = rotate
    pdf.save(root / NAME)


def stored(root: Path) -> EncodedImage | None:
    """The picture of the first page."""
    return stored_page(root, list_scans(root, NAME)[0])


@pytest.mark.parametrize(("rotate", "orientation"), [(0, 1), (90, 6), (180, 3), (270, 8)])
def test_a_page_that_is_a_jpeg_is_given_as_it_is_turned(tmp_path: Path, rotate: int, orientation: int):
    """The bytes are those of the JPEG, and its orientation is that with which the page is read as a scan."""
    write(tmp_path, rotate=rotate)
    image = stored(tmp_path)
    assert image == EncodedImage(jpeg(), "jpeg", 200, 300, 1, orientation=orientation)
    with Image.open(BytesIO(image.data)) as decoded:
        seen = turned(np.asarray(decoded), image.orientation).astype(np.int16)
    assert np.abs(seen - load_scan(tmp_path, list_scans(tmp_path, NAME)[0])).max() <= 1


def test_invisible_text_is_no_part_of_what_is_seen(tmp_path: Path):
    """A text layer of an engine does not keep the JPEG from being given."""
    write(tmp_path, "BT 3 Tr /F 20 Tf 50 50 Td (text) Tj ET")
    assert stored(tmp_path) is not None


@pytest.mark.parametrize(
    "content", ["BT /F 20 Tf 50 50 Td (text) Tj ET", "50 50 40 40 re f", "q 9 0 0 9 0 0 cm /I Do Q"]
)
def test_a_page_with_more_on_it_is_drawn(tmp_path: Path, content: str):
    """Visible text, a drawing or a second picture would be lost with the JPEG alone."""
    write(tmp_path, content)
    assert stored(tmp_path) is None


def test_a_picture_that_the_pdf_changes_is_drawn(tmp_path: Path):
    """A picture whose colours the PDF turns round is not the JPEG that is stored."""
    write(tmp_path, Decode=pikepdf.Array([1, 0]))
    assert stored(tmp_path) is None
