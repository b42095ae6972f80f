import contextlib
import io
import random
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from align.errors import ScanError
from align.files.scans.images import list_scans, load_scan


def noise(width: int, height: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


def add_image(document: Any, page: Any, pixels: np.ndarray, matrix: tuple[float, ...]) -> None:
    image = pypdfium2.PdfImage.new(document)
    image.set_bitmap(pypdfium2.PdfBitmap.from_pil(Image.fromarray(pixels)))
    image.set_matrix(pypdfium2.PdfMatrix(*matrix))
    page.insert_obj(image)
    page.gen_content()


def add_text(document: Any, page: Any, text: str, x: float, y: float) -> None:
    raw = pdfium.FPDFPageObj_NewTextObj(document, b"Helvetica", 12.0)
    buffer = (text + "\0").encode("utf-16-le")
    wide = (pdfium.FPDF_WCHAR * (len(buffer) // 2)).from_buffer_copy(buffer)
    pdfium.FPDFText_SetText(raw, wide)
    pdfium.FPDFPageObj_Transform(raw, 1, 0, 0, 1, x, y)
    pdfium.FPDFPage_InsertObject(page, raw)
    page.gen_content()


def save(root: Path, document: Any, name: str = "a.pdf") -> str:
    path = root / "images" / "v" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    document.save(out)
    document.close()
    path.write_bytes(out.getvalue())
    return f"images/v/{name}"


def write(root: Path, data: bytes, name: str = "a.pdf") -> str:
    path = root / name
    path.write_bytes(data)
    return name


def pdf_objects(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, the first being the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def jpeg_pdf(jpeg: bytes, *, width: int, height: int, page: bytes = b"", colours: bytes = b"/DeviceRGB") -> bytes:
    """A PDF of one page of 100 x 100 points that a JPEG fills."""
    content = b"q 100 0 0 100 0 0 cm /I Do Q"
    return pdf_objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>%s>>" % page,
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace%s/BitsPerComponent 8/Filter/DCTDecode/Length %d>>"
        b"\nstream\n%s\nendstream" % (width, height, colours, len(jpeg), jpeg),
    )


@pytest.mark.parametrize("seed", range(12))
def test_an_image_that_fills_its_page_comes_out_pixel_for_pixel(tmp_path: Path, seed: int):
    """Whatever the resolution, the origin, the image's turn and the page's rotation, no pixel is changed."""
    rng = random.Random(seed)
    width, height = rng.randint(20, 600), rng.randint(20, 600)
    dpi, turn, rotation = rng.choice([100, 150, 200, 211.7, 317, 600]), seed % 4, rng.choice([0, 90, 180, 270])
    x, y = rng.uniform(-50, 50), rng.uniform(-50, 50)
    w, h = width * 72 / dpi, height * 72 / dpi
    matrix = [(w, 0, 0, h, 0, 0), (0, w, -h, 0, h, 0), (-w, 0, 0, -h, w, h), (0, -w, h, 0, 0, w)][turn]
    page_w, page_h = (h, w) if turn % 2 else (w, h)
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(page_w, page_h)
    page.set_mediabox(x, y, x + page_w, y + page_h)
    pixels = noise(width, height, seed)
    add_image(document, page, pixels, (*matrix[:4], matrix[4] + x, matrix[5] + y))
    page.set_rotation(rotation)
    (info,) = list_scans(tmp_path, save(tmp_path, document))
    expected = np.rot90(np.rot90(pixels, turn), -rotation // 90)
    assert (info.index, info.height, info.width) == (0, *expected.shape[:2])
    assert info.dpi == pytest.approx(dpi, rel=0.01)
    assert np.array_equal(load_scan(tmp_path, info), expected)


def test_a_gray_page_is_one_plane(tmp_path: Path):
    """A page without colour comes as gray."""
    document = pypdfium2.PdfDocument.new()
    gray = noise(60, 40)[:, :, :1].repeat(3, axis=2)
    add_image(document, document.new_page(36, 24), gray, (36, 0, 0, 24, 0, 0))
    (info,) = list_scans(tmp_path, save(tmp_path, document))
    assert np.array_equal(load_scan(tmp_path, info), gray[:, :, 0])


def test_an_image_with_a_small_margin_still_gives_the_grid(tmp_path: Path):
    """An image that leaves a hair of its page white, or reaches over its edge, keeps its own pixels."""
    for scale, offset in ((0.97, 1.0), (1.04, -1.0)):
        document = pypdfium2.PdfDocument.new()
        pixels = noise(200, 200)
        side = 100 * scale
        add_image(document, document.new_page(100, 100), pixels, (side, 0, 0, side, offset, offset))
        (info,) = list_scans(tmp_path, save(tmp_path, document))
        assert (info.width, info.height) == (200, 200)
        found = load_scan(tmp_path, info)
        assert np.array_equal(found[20:-20, 20:-20], pixels[20:-20, 20:-20])


def test_pages_that_no_image_fills_are_rendered_at_300_dpi(tmp_path: Path):
    """Text pages, small pictures, slanted pictures and coarse textures give a grid of 300 dpi."""
    document = pypdfium2.PdfDocument.new()
    add_text(document, document.new_page(144, 72), "Hello", 10, 30)
    add_image(document, document.new_page(144, 72), noise(100, 100), (50, 0, 0, 50, 0, 0))
    add_image(document, document.new_page(144, 72), noise(400, 200), (144, 20, -10, 72, 0, 0))
    add_image(document, document.new_page(144, 72), noise(14, 7), (144, 0, 0, 72, 0, 0))
    document.new_page(144, 72).set_rotation(90)
    infos = list_scans(tmp_path, save(tmp_path, document))
    assert [(i.index, i.width, i.height, i.dpi) for i in infos] == [
        *[(n, 600, 300, 300.0) for n in range(4)],
        (4, 300, 600, 300.0),
    ]
    text = load_scan(tmp_path, infos[0])
    assert text.ndim == 2
    assert text.min() < 50
    # "Hello" stands 30 points up from the bottom and 10 from the left of 72 points' height.
    rows, columns = np.nonzero(text < 128)
    assert 120 < rows.min() < rows.max() < 180
    assert 40 < columns.min() < columns.max() < 200
    assert (load_scan(tmp_path, infos[4]) == 255).all()


def test_of_two_layers_the_finer_gives_the_grid(tmp_path: Path):
    """A page of a coarse background and a fine foreground has the grid of the fine one, and shows both."""
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(72, 72)
    add_image(document, page, noise(100, 100), (72, 0, 0, 72, 0, 0))
    fine = noise(300, 300, 1)
    add_image(document, page, fine, (72, 0, 0, 72, 0, 0))
    (info,) = list_scans(tmp_path, save(tmp_path, document))
    assert (info.width, info.height) == (300, 300)
    assert np.array_equal(load_scan(tmp_path, info), fine)


def test_an_image_within_a_form(tmp_path: Path):
    """An image that stands in a form is found through the form's own coordinates."""
    buffer = io.BytesIO()
    Image.fromarray(noise(200, 200)).save(buffer, "JPEG", quality=95)
    inner, outer = b"q 0.5 0 0 0.5 0 0 cm /I Do Q", b"q 200 0 0 200 0 0 cm /F Do Q"
    jpeg = buffer.getvalue()
    data = pdf_objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R/Resources<</XObject<</F 6 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(outer), outer),
        b"<</Type/XObject/Subtype/Image/Width 200/Height 200/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"
        b"/Length %d>>\nstream\n%s\nendstream" % (len(jpeg), jpeg),
        b"<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</I 5 0 R>>>>/Length %d>>"
        b"\nstream\n%s\nendstream" % (len(inner), inner),
    )
    (info,) = list_scans(tmp_path, write(tmp_path, data))
    assert (info.width, info.height, info.dpi) == (200, 200, 144)
    decoded = np.asarray(Image.open(io.BytesIO(jpeg)).convert("RGB")).astype(int)
    assert np.abs(load_scan(tmp_path, info) - decoded).mean() < 1


def test_cmyk_in_a_pdf_is_ink_on_paper(tmp_path: Path):
    """A CMYK JPEG in a PDF comes out in its colours."""
    buffer = io.BytesIO()
    Image.new("CMYK", (100, 100), (0, 255, 255, 0)).save(buffer, "JPEG", quality=100)
    data = jpeg_pdf(buffer.getvalue(), width=100, height=100, colours=b"/DeviceCMYK/Decode[1 0 1 0 1 0 1 0]")
    (info,) = list_scans(tmp_path, write(tmp_path, data))
    red, green, blue = load_scan(tmp_path, info)[50, 50].tolist()
    assert red > 200
    assert green < 60
    assert blue < 60


def test_a_cut_off_image_within_a_pdf_is_truncated(tmp_path: Path):
    """A PDF whose JPEG lacks its end is an error on that page, not half a page."""
    buffer = io.BytesIO()
    Image.fromarray(noise(200, 200)).save(buffer, "JPEG", quality=90)
    data = jpeg_pdf(buffer.getvalue()[: len(buffer.getvalue()) // 2], width=200, height=200)
    with pytest.raises(ScanError) as caught:
        [load_scan(tmp_path, info) for info in list_scans(tmp_path, write(tmp_path, data))]
    assert caught.value.cause == "truncated"


_BUFFER = io.BytesIO()
Image.fromarray(noise(16, 16)).save(_BUFFER, "JPEG")
TINY = _BUFFER.getvalue()

# The standard security handler (ISO 32000-1, 7.6.3) with hashes that no empty password fits.
LOCKED = b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (b"11" * 32, b"22" * 32)
PAGES = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>")


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (pdf_objects(*PAGES, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>", trailer=LOCKED), "password"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20 + b"\n%%EOF\n", "unreadable"),
        (pdf_objects(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"), "unreadable"),
        (pdf_objects(*PAGES, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 14400 14400]>>"), "too-large"),
        (pdf_objects(*PAGES, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99999999 9]>>"), "too-large"),
        (pdf_objects(*PAGES, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>")[:-40], "truncated"),
    ],
)
def test_bad_pdfs_are_one_sentence(tmp_path: Path, data: bytes, cause: str):
    """Protected, damaged, empty, oversized and cut-off PDFs are told apart, with what to do."""
    with pytest.raises(ScanError) as caught:
        list_scans(tmp_path, write(tmp_path, data, "Ведомость 1.pdf"))
    assert caught.value.cause == cause
    assert "Ведомость 1.pdf" in caught.value.message
    assert ": " in caught.value.message


def test_a_forged_image_size_is_refused_before_it_is_drawn(tmp_path: Path):
    """An image that says it has 100,000 x 100,000 pixels is too large."""
    data = jpeg_pdf(b"\xff\xd8\xff\xd9", width=100_000, height=100_000)
    with pytest.raises(ScanError) as caught:
        [load_scan(tmp_path, info) for info in list_scans(tmp_path, write(tmp_path, data))]
    assert caught.value.cause in ("too-large", "truncated")


def test_a_pdf_by_any_other_name(tmp_path: Path):
    """A PDF called .jpg is read as a PDF, and a page that is too large fails alone."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(72, 36)
    document.new_page(14_000, 14_000)
    infos = list_scans(tmp_path, save(tmp_path, document, "a.jpg"))
    assert [(i.width, i.height) for i in infos] == [(300, 150), (0, 0)]
    with pytest.raises(ScanError, match="page 2") as caught:
        load_scan(tmp_path, infos[1])
    assert caught.value.cause == "too-large"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=8))
def test_damage_to_a_pdf_raises_nothing_but_a_scan_error(
    tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[float, int]]
):
    """Whatever bytes of a PDF are changed, the answer is pages or a ScanError."""
    root = tmp_path_factory.mktemp("damage")
    data = bytearray(jpeg_pdf(TINY, width=16, height=16))
    for place, value in damage:
        data[int(place * len(data))] = value
    with contextlib.suppress(ScanError):
        for info in list_scans(root, write(root, bytes(data))):
            assert load_scan(root, info).dtype == np.uint8
