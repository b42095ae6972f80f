import contextlib
import io
import struct
import warnings
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from align.errors import ScanError
from align.files.scans.images import MAX_PAGES, MAX_SIDE, failed_scan, list_scans, load_scan
from align.files.scans.pixels import by_range, plausible_dpi, turned

# Four flat blocks, so that lossy formats keep the colours: white, black / red, blue.
COLOURS = np.array([[[255, 255, 255], [0, 0, 0]], [[200, 40, 30], [20, 60, 210]]], np.uint8)
BLOCK = 16


def blocks(values: np.ndarray) -> np.ndarray:
    """Each value as a flat block, one column of blocks wider than high so that turns show."""
    wide = np.concatenate([values, values[:, -1:]], axis=1)
    return wide.repeat(BLOCK, axis=0).repeat(BLOCK, axis=1)


def centres(pixels: np.ndarray) -> np.ndarray:
    """The value in the middle of each block."""
    return pixels[BLOCK // 2 :: BLOCK, BLOCK // 2 :: BLOCK].astype(int)


def put(root: Path, name: str, data: bytes) -> str:
    path = root / "images" / "v" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return f"images/v/{name}"


def encode(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def read(root: Path, name: str, data: bytes) -> np.ndarray:
    """The pixels of a file with one scan, checked for what must hold of every scan."""
    (info,) = list_scans(root, put(root, name, data))
    pixels = load_scan(root, info)
    assert pixels.dtype == np.uint8
    assert pixels.flags.c_contiguous
    assert pixels.shape[:2] == (info.height, info.width)
    return pixels


def tiff(tags: dict[int, tuple[int, tuple[int, ...]]], strip: bytes, order: str = "<") -> bytes:
    """A TIFF of one strip with exactly these tags (type, values); types 3 (short) and 4 (long)."""
    tags = {**tags, 273: (4, (8,)), 279: (4, (len(strip),))}
    entries, extra = b"", b""
    start = 8 + len(strip)
    after = start + 2 + 12 * len(tags) + 4
    for tag, (kind, values) in sorted(tags.items()):
        body = struct.pack(order + {3: "H", 4: "I"}[kind] * len(values), *values)
        if len(body) > 4:
            value, extra = struct.pack(order + "I", after + len(extra)), extra + body
        else:
            value = body.ljust(4, b"\0")
        entries += struct.pack(order + "HHI", tag, kind, len(values)) + value
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", start)
    return head + strip + struct.pack(order + "H", len(tags)) + entries + struct.pack(order + "I", 0) + extra


def gray_tiff(
    samples: np.ndarray, *, bits: int, sample_format: int = 1, photometric: int = 1, order: str = "<"
) -> bytes:
    height, width = samples.shape
    return tiff(
        {256: (3, (width,)), 257: (3, (height,)), 258: (3, (bits,)), 259: (3, (1,)), 262: (3, (photometric,)),
         277: (3, (1,)), 278: (3, (height,)), 339: (3, (sample_format,))},
        samples.astype(samples.dtype.newbyteorder(order)).tobytes(),
        order,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kind", "options", "tolerance"),
    [
        ("a.jpg", "JPEG", {"quality": 95, "subsampling": 0}, 6),
        ("a.jpg", "JPEG", {"quality": 95, "progressive": True}, 20),
        ("a.png", "PNG", {}, 0),
        ("a.tif", "TIFF", {}, 0),
        ("a.tif", "TIFF", {"compression": "tiff_lzw"}, 0),
        ("a.tif", "TIFF", {"compression": "tiff_adobe_deflate"}, 0),
        ("a.tif", "TIFF", {"compression": "jpeg", "quality": 95}, 20),
        ("a.webp", "WEBP", {"lossless": True}, 0),
        ("a.jp2", "JPEG2000", {}, 0),
        ("a.j2k", "JPEG2000", {"no_jp2": True}, 0),
    ],
)
def test_colours_in_every_format(tmp_path: Path, name: str, kind: str, options: dict[str, object], tolerance: int):
    """White, black, red and blue come out as such from every format."""
    pixels = read(tmp_path, name, encode(Image.fromarray(blocks(COLOURS)), kind, **options))
    assert np.abs(centres(pixels)[:, :2] - COLOURS.astype(int)).max() <= tolerance


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "JPEG", "WEBP", "JPEG2000"])
def test_gray_values_come_out_unchanged(tmp_path: Path, kind: str):
    """Gray values come out unchanged, as a plane where the format has gray."""
    gray = blocks(np.array([[0, 255], [100, 180]], np.uint8))
    pixels = read(tmp_path, "a.x", encode(Image.fromarray(gray), kind))
    plane = pixels if pixels.ndim == 2 else pixels[:, :, 0]
    assert pixels.ndim == (3 if kind == "WEBP" else 2)
    assert np.abs(centres(plane) - centres(gray)).max() <= 4


@pytest.mark.parametrize(
    ("kind", "options"),
    [("PNG", {}), ("TIFF", {}), ("TIFF", {"compression": "group4"}), ("TIFF", {"compression": "group3"})],
)
def test_one_bit(tmp_path: Path, kind: str, options: dict[str, object]):
    """One-bit images are 0 and 255, black where they are black."""
    bits = blocks(np.array([[0, 255], [255, 0]], np.uint8))
    pixels = read(tmp_path, "a.x", encode(Image.fromarray(bits).convert("1"), kind, **options))
    assert np.array_equal(pixels, bits)


@pytest.mark.parametrize("photometric", [0, 1])
def test_one_bit_either_way_round(tmp_path: Path, photometric: int):
    """A fax whose 0 is white and one whose 0 is black are both read as meant."""
    strip = np.packbits(np.array([[1, 0, 0, 0, 0, 0, 0, 1]], np.uint8), axis=1).tobytes()
    data = tiff(
        {256: (3, (8,)), 257: (3, (1,)), 258: (3, (1,)), 259: (3, (1,)), 262: (3, (photometric,)), 277: (3, (1,)),
         278: (3, (1,))},
        strip,
    )  # fmt: skip
    expected = [255, 0, 0, 0, 0, 0, 0, 255]
    pixels = read(tmp_path, "a.tif", data)[0].tolist()
    assert pixels == (expected if photometric else [255 - v for v in expected])


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(
    ("samples", "bits", "sample_format", "expected"),
    [
        (np.array([[0, 32896, 65535]], np.uint16), 16, 1, [0, 128, 255]),
        (np.array([[0, 2056, 4095]], np.uint16), 16, 1, [0, 128, 255]),
        (np.array([[60000, 61000]], np.uint16), 16, 1, [233, 237]),
        (np.array([[0, 100, 255]], np.uint16), 16, 1, [0, 100, 255]),
        (np.array([[-32768, 128, 32767]], np.int16), 16, 2, [0, 128, 255]),
        (np.array([[0, 16448, 32767]], np.int16), 16, 2, [0, 64, 127]),
        (np.array([[-128, 0, 127]], np.int8), 8, 2, [0, 128, 255]),
        (np.array([[0, 0.5, 1.0]], np.float32), 32, 3, [0, 128, 255]),
        (np.array([[0, 100, 255]], np.float32), 32, 3, [0, 100, 255]),
        (np.array([[0, np.nan, 1.0]], np.float32), 32, 3, [0, 255, 255]),
        (np.array([[-(2**31), 0, 2**31 - 1]], np.int32), 32, 2, [0, 128, 255]),
    ],
)
def test_deep_samples_are_scaled_by_their_range(
    tmp_path: Path, samples: np.ndarray, bits: int, sample_format: int, expected: list[int], order: str
):
    """Samples of 16 and 32 bits, signed, fractions, either byte order: scaled, never clipped."""
    data = gray_tiff(samples, bits=bits, sample_format=sample_format, order=order)
    assert read(tmp_path, "a.tif", data).tolist() == [expected]


def test_deep_samples_whose_zero_is_white(tmp_path: Path):
    """A 16-bit TIFF whose zero is white is not read as a negative."""
    data = gray_tiff(np.array([[0, 32896, 65535]], np.uint16), bits=16, photometric=0)
    assert read(tmp_path, "a.tif", data).tolist() == [[255, 127, 0]]


def test_deep_png_and_jpeg2000(tmp_path: Path):
    """16-bit gray PNG and JPEG 2000 are scaled, and a deep PNG's clear value is white."""
    deep = Image.fromarray(np.array([[0, 32896, 65535]] * 4, np.uint16))
    assert read(tmp_path, "a.png", encode(deep, "PNG"))[0].tolist() == [0, 128, 255]
    assert read(tmp_path, "a.jp2", encode(deep, "JPEG2000"))[0].tolist() == [0, 128, 255]
    assert read(tmp_path, "b.png", encode(deep, "PNG", transparency=0))[0].tolist() == [255, 128, 255]


def test_deep_colour(tmp_path: Path):
    """48-bit colour keeps its colours."""
    samples = np.array([[65535, 0, 0, 0, 32896, 65535]], "<u2")
    data = tiff(
        {256: (3, (2,)), 257: (3, (1,)), 258: (3, (16, 16, 16)), 259: (3, (1,)), 262: (3, (2,)), 277: (3, (3,)),
         278: (3, (1,))},
        samples.tobytes(),
    )  # fmt: skip
    assert read(tmp_path, "a.tif", data).tolist() == [[[255, 0, 0], [0, 128, 255]]]


@given(st.lists(st.integers(0, 65535), min_size=1, max_size=12))
def test_scaling_keeps_order_and_range(values: list[int]):
    """Scaling never reverses two samples, and a sample at the top of a depth is white."""
    scaled = by_range(np.array([values], np.uint16))[0]
    order = np.argsort(values, kind="stable")
    assert (np.diff(scaled[order].astype(int)) >= 0).all()
    assert by_range(np.array([[*values, 65535]], np.uint16))[0, -1] == 255


def test_cmyk_both_ways_round(tmp_path: Path):
    """CMYK is read as ink on paper, in TIFF and in Adobe's inverted JPEG."""
    ink = blocks(np.array([[[0, 0, 0, 0], [0, 0, 0, 255]], [[0, 255, 255, 0], [255, 255, 0, 0]]], np.uint8))
    image = Image.frombytes("CMYK", (ink.shape[1], ink.shape[0]), ink.tobytes())
    expected = [[[255, 255, 255], [0, 0, 0]], [[255, 0, 0], [0, 0, 255]]]
    for name, kind, options in (("a.tif", "TIFF", {}), ("a.jpg", "JPEG", {"quality": 100})):
        pixels = read(tmp_path, name, encode(image, kind, **options))
        assert np.abs(centres(pixels)[:, :2] - expected).max() <= 6, kind
    assert b"Adobe" in encode(image, "JPEG")


def test_ycbcr_and_lab(tmp_path: Path):
    """YCbCr and CIE Lab TIFFs come out in their colours."""
    ycbcr = Image.fromarray(blocks(COLOURS)).convert("YCbCr")
    assert np.abs(centres(read(tmp_path, "a.tif", encode(ycbcr, "TIFF")))[:, :2] - COLOURS).max() <= 4
    # L in 0..255, a and b signed (TIFF 6.0, section 23): white, black, red, blue of sRGB.
    lab = np.array([[[255, 0, 0], [0, 0, 0], [138, 81, 70], [75, 68, -112]]], np.int16).astype(np.int8)
    data = tiff(
        {256: (3, (4,)), 257: (3, (1,)), 258: (3, (8, 8, 8)), 259: (3, (1,)), 262: (3, (8,)), 277: (3, (3,)),
         278: (3, (1,))},
        lab.tobytes(),
    )  # fmt: skip
    found = read(tmp_path, "b.tif", data).astype(int)
    # Whole steps of L, a and b leave pure blue a little off.
    assert np.abs(found - [[[255, 255, 255], [0, 0, 0], [255, 0, 0], [0, 0, 255]]]).max() <= 25


def test_palette_colours_are_looked_up(tmp_path: Path):
    """Palette colours are looked up, and a palette's clear entry is white."""
    image = Image.fromarray(np.array([[0, 1, 2]], np.uint8), "L")
    image.putpalette([0, 0, 0, 250, 10, 20, 30, 200, 40])
    assert read(tmp_path, "a.png", encode(image, "PNG")).tolist() == [[[0, 0, 0], [250, 10, 20], [30, 200, 40]]]
    assert read(tmp_path, "b.png", encode(image, "PNG", transparency=0)).tolist()[0][0] == [255, 255, 255]


@pytest.mark.parametrize(
    ("kind", "name"), [("PNG", "a.png"), ("TIFF", "a.tif"), ("WEBP", "a.webp"), ("JPEG2000", "a.jp2")]
)
def test_transparency_is_laid_on_white(tmp_path: Path, kind: str, name: str):
    """What is clear is white, whatever colour hides there; half clear is half way to white."""
    rgba = blocks(np.array([[[0, 0, 0, 0], [0, 0, 0, 255]], [[200, 0, 0, 128], [0, 0, 200, 255]]], np.uint8))
    options = {"lossless": True, "exact": True} if kind == "WEBP" else {}
    pixels = read(tmp_path, name, encode(Image.fromarray(rgba, "RGBA"), kind, **options))
    expected = [[[255, 255, 255], [0, 0, 0]], [[227, 127, 127], [0, 0, 200]]]
    assert np.abs(centres(pixels)[:, :2] - expected).max() <= 1


def test_gray_with_transparency_stays_gray(tmp_path: Path):
    """Gray with an alpha channel, or with one clear value, is one plane on white."""
    image = Image.merge("LA", (Image.new("L", (4, 4), 0), Image.new("L", (4, 4), 64)))
    assert read(tmp_path, "a.png", encode(image, "PNG")).tolist() == [[191] * 4] * 4
    assert read(tmp_path, "b.png", encode(Image.new("L", (2, 2), 7), "PNG", transparency=7)).tolist() == [[255] * 2] * 2
    assert read(tmp_path, "c.png", encode(Image.new("1", (2, 2), 0), "PNG", transparency=0)).tolist() == [[255] * 2] * 2
    assert read(
        tmp_path, "d.png", encode(Image.new("RGB", (1, 1), (1, 2, 3)), "PNG", transparency=(1, 2, 3))
    ).tolist() == [[[255, 255, 255]]]


@pytest.mark.parametrize(("alpha_kind", "expected"), [(0, 100), (1, 227), (2, 177)])
def test_alpha_as_a_tiff_declares_it(tmp_path: Path, alpha_kind: int, expected: int):
    """A second sample is ignored, premultiplied or plain alpha, as the TIFF says (ExtraSamples)."""
    data = tiff(
        {256: (3, (1,)), 257: (3, (1,)), 258: (3, (8, 8)), 259: (3, (1,)), 262: (3, (1,)), 277: (3, (2,)),
         278: (3, (1,)), 338: (3, (alpha_kind,))},
        bytes([100, 128]),
    )  # fmt: skip
    assert abs(int(read(tmp_path, "a.tif", data)[0, 0]) - expected) <= 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_applied(tmp_path: Path, kind: str, orientation: int):
    """A scan is seen as EXIF says, and its size is that of what is seen."""
    stored = blocks(np.array([[0, 80], [160, 240]], np.uint8))
    exif = Image.Exif()
    exif[274] = orientation
    rows = {1: "abcd", 2: "badc", 3: "dcba", 4: "cdab", 5: "acbd", 6: "cadb", 7: "dbca", 8: "bdac"}[orientation]
    data = encode(
        Image.fromarray(stored).convert("RGB"), kind, exif=exif, **({"lossless": True} if kind == "WEBP" else {})
    )
    pixels = read(tmp_path, "a.x", data)[:, :, 0]
    assert pixels.shape == (stored.shape if orientation < 5 else stored.shape[::-1])
    h, w = pixels.shape
    corners = [pixels[2, 2], pixels[2, w - 3], pixels[h - 3, 2], pixels[h - 3, w - 3]]
    assert ["abcd"[round(int(v) / 80)] for v in corners] == list(rows)


def test_orientation_of_a_deep_tiff(tmp_path: Path):
    """A 16-bit TIFF is turned as well."""
    samples = np.array([[0, 65535]], np.uint16)
    data = tiff(
        {256: (3, (2,)), 257: (3, (1,)), 258: (3, (16,)), 259: (3, (1,)), 262: (3, (1,)), 274: (3, (6,)),
         277: (3, (1,)), 278: (3, (1,))},
        samples.tobytes(),
    )  # fmt: skip
    assert read(tmp_path, "a.tif", data).tolist() == [[0], [255]]


@given(st.integers(1, 8), st.integers(1, 5), st.integers(1, 5))
def test_turning_moves_pixels_and_changes_none(orientation: int, height: int, width: int):
    """A turned image holds the same pixels, and the opposite turn brings them back."""
    pixels = np.arange(height * width, dtype=np.uint8).reshape(height, width)
    back = {6: 8, 8: 6}.get(orientation, orientation)
    assert np.array_equal(turned(turned(pixels, orientation), back), pixels)


def test_pages_of_a_tiff(tmp_path: Path):
    """Each page of a TIFF is a scan of its own with index, size and the file's digest."""
    pages = [Image.new("L", (10 + i, 20), 50 * i) for i in range(3)]
    path = put(tmp_path, "a.tif", encode(pages[0], "TIFF", save_all=True, append_images=pages[1:], dpi=(300, 300)))
    infos = list_scans(tmp_path, path)
    assert [(i.index, i.width, i.height, i.dpi) for i in infos] == [
        (0, 10, 20, 300),
        (1, 11, 20, 300),
        (2, 12, 20, 300),
    ]
    assert len({i.digest for i in infos}) == 1
    assert [int(load_scan(tmp_path, i)[0, 0]) for i in infos] == [0, 50, 100]


def chain(count: int, change: dict[int, dict[int, int]]) -> bytes:
    """A TIFF of many 4 x 4 pages; `change` sets short tags by page."""
    out = bytearray(b"II*\0" + struct.pack("<I", 24) + bytes(range(16)))
    for i in range(count):
        tags = {254: 0, 256: 4, 257: 4, 258: 8, 259: 1, 262: 1, 273: 8, 277: 1, 278: 4, 279: 16, **change.get(i, {})}
        after = len(out) + 2 + 12 * len(tags) + 4
        out += struct.pack("<H", len(tags)) + b"".join(
            struct.pack("<HHII", t, 4, 1, v) for t, v in sorted(tags.items())
        )
        out += struct.pack("<I", after if i < count - 1 else 0)
    return bytes(out)


def test_thumbnails_and_masks_are_no_pages(tmp_path: Path):
    """Reduced copies and masks in a TIFF are passed over, and the others keep their index."""
    path = put(tmp_path, "a.tif", chain(4, {0: {254: 1}, 2: {254: 4}}))
    infos = list_scans(tmp_path, path)
    assert [i.index for i in infos] == [1, 3]
    assert load_scan(tmp_path, infos[0]).tolist() == np.arange(16).reshape(4, 4).tolist()
    path = put(tmp_path, "b.tif", chain(2, {1: {254: 1}}))
    assert [i.index for i in list_scans(tmp_path, path)] == [None]


def test_one_broken_page_of_a_tiff_fails_alone(tmp_path: Path):
    """A page of an unknown kind has no size and cannot be loaded; the pages around it can."""
    path = put(tmp_path, "a.tif", chain(4, {1: {262: 77}, 2: {256: 60000, 257: 60000}}))
    infos = list_scans(tmp_path, path)
    assert [(i.index, i.width) for i in infos] == [(0, 4), (1, 0), (2, 0), (3, 4)]
    assert load_scan(tmp_path, infos[3]).shape == (4, 4)
    for info, cause in ((infos[1], "unreadable"), (infos[2], "too-large")):
        with pytest.raises(ScanError) as caught:
            load_scan(tmp_path, info)
        assert caught.value.cause == cause


@pytest.mark.slow
def test_too_many_pages(tmp_path: Path):
    """A TIFF of endless pages is refused, and one whose chain of pages is a ring comes to its end."""
    path = put(tmp_path, "a.tif", chain(MAX_PAGES + 1, {}))
    with pytest.raises(ScanError, match=str(MAX_PAGES)) as caught:
        list_scans(tmp_path, path)
    assert caught.value.cause == "too-large"
    ring = bytearray(chain(2, {}))
    ring[-4:] = struct.pack("<I", 24)
    assert len(list_scans(tmp_path, put(tmp_path, "b.tif", bytes(ring)))) == 2


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_animated_files_give_their_first_frame(tmp_path: Path, kind: str):
    """An animated file is one scan: its first frame."""
    frames = [Image.new("RGB", (8, 8), c) for c in ("red", "blue")]
    options = {"lossless": True} if kind == "WEBP" else {}
    pixels = read(tmp_path, "a.x", encode(frames[0], kind, save_all=True, append_images=frames[1:], **options))
    assert pixels[0, 0].tolist() == [255, 0, 0]


def test_dots_an_inch_are_those_stated(tmp_path: Path):
    """Dots an inch are as stated, and none where the file states none, or a default."""
    image = Image.new("L", (20, 20), 255)
    exif = Image.Exif()
    exif[282], exif[283], exif[296] = 240.0, 240.0, 2

    def dpi(name: str, data: bytes) -> float | None:
        return list_scans(tmp_path, put(tmp_path, name, data))[0].dpi

    assert dpi("a.jpg", encode(image, "JPEG", dpi=(300, 300))) == 300
    assert dpi("b.jpg", encode(image, "JPEG")) is None
    assert dpi("c.jpg", encode(image, "JPEG", exif=exif)) == 240
    assert dpi("d.jpg", encode(image, "JPEG", dpi=(72, 72))) is None
    assert dpi("e.jpg", encode(image, "JPEG", dpi=(1, 1))) is None
    assert dpi("f.png", encode(image, "PNG", dpi=(300, 300))) == pytest.approx(300, abs=0.02)
    assert dpi("g.png", encode(image, "PNG")) is None
    assert dpi("h.tif", encode(image, "TIFF", dpi=(400, 400))) == 400
    assert dpi("i.tif", encode(image, "TIFF")) is None
    assert dpi("j.tif", encode(image, "TIFF", dpi=(5000, 5000))) is None
    assert dpi("k.webp", encode(image, "WEBP", exif=exif)) == 240
    assert dpi("l.tif", encode(image, "TIFF", resolution_unit=3, x_resolution=118.11, y_resolution=118.11)) == 300
    assert plausible_dpi(204, 98) is None
    assert plausible_dpi(float("nan"), 300) is None


def png_header(width: int, height: int) -> bytes:
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    ihdr = struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))
    data = b"IDAT" + zlib.compress(b"\0" * 100)
    idat = struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))
    return b"\x89PNG\r\n\x1a\n" + ihdr + idat + b"\0\0\0\0IEND\xaeB`\x82"


PHOTO = encode(Image.effect_noise((64, 64), 60), "JPEG")


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("empty.jpg", b"", "empty"),
        ("text.jpg", "Это не картинка".encode(), "not-an-image"),
        ("zeros.tif", bytes(1000), "not-an-image"),
        ("gif.png", encode(Image.new("L", (4, 4)), "GIF"), "not-an-image"),
        ("half.jpg", PHOTO[: len(PHOTO) // 2], "truncated"),
        ("headonly.jpg", PHOTO[:100], "truncated"),
        ("half.png", encode(Image.effect_noise((64, 64), 60), "PNG")[:2000], "truncated"),
        ("half.tif", encode(Image.effect_noise((64, 64), 60), "TIFF")[:2000], "truncated"),
        ("half.webp", encode(Image.effect_noise((64, 64), 60), "WEBP")[:800], "truncated"),
        ("half.jp2", encode(Image.effect_noise((64, 64), 60), "JPEG2000")[:2000], "truncated"),
        ("bomb.png", png_header(40_000, 40_000), "too-large"),
        ("wide.png", png_header(MAX_SIDE + 1, 2), "too-large"),
        ("crc.png", png_header(10, 10).replace(b"IHDR\0\0\0\x0a", b"IHDR\0\0\0\x0b"), "unreadable"),
        ("huge.tif", chain(1, {0: {256: 40_000, 257: 40_000}}), "too-large"),
        ("kind.tif", chain(1, {0: {262: 77}}), "unreadable"),
        ("no.pdf", b"%PDF-1.7\nnothing", "truncated"),
    ],
)
def test_bad_files_are_one_sentence(tmp_path: Path, name: str, data: bytes, cause: str):
    """What cannot be read is told by name, with a stable cause and what to do, and stops nothing else."""
    path = put(tmp_path, name, data)
    with pytest.raises(ScanError) as caught:
        [load_scan(tmp_path, info) for info in list_scans(tmp_path, path)]
    assert caught.value.cause == cause
    assert name in caught.value.message
    assert ": " in caught.value.message
    assert caught.value.message.endswith(".")
    stand_in = failed_scan(tmp_path, path)
    assert (stand_in.width, stand_in.height, len(stand_in.digest)) == (0, 0, 64)


def test_a_missing_file_and_one_outside(tmp_path: Path):
    """A scan that is gone, is a folder, or lies outside is refused."""
    (tmp_path / "c/images/v.jpg").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(encode(Image.new("L", (2, 2)), "PNG"))
    for path, cause in (
        ("images/none.jpg", "missing"),
        ("images/v.jpg", "unreadable"),
        ("../secret.png", "unreadable"),
    ):
        with pytest.raises(ScanError) as caught:
            list_scans(tmp_path / "c", path)
        assert caught.value.cause == cause
        assert failed_scan(tmp_path / "c", path).width == 0


def test_content_decides_and_not_the_name(tmp_path: Path):
    """A JPEG that is called .png is read as what it is."""
    assert read(tmp_path, "a.png", PHOTO).shape == (64, 64)


def test_a_scan_that_changes_between_listing_and_loading(tmp_path: Path):
    """A file that was replaced by one of another size is not taken for the one that was listed."""
    path = put(tmp_path, "a.png", encode(Image.new("L", (4, 4)), "PNG"))
    (info,) = list_scans(tmp_path, path)
    put(tmp_path, "a.png", encode(Image.new("L", (5, 4)), "PNG"))
    with pytest.raises(ScanError, match="4 x 4"):
        load_scan(tmp_path, info)


def test_the_limits_of_pillow_come_back(tmp_path: Path):
    """Reading leaves Pillow's limit and the warning filters as they were, after success and failure."""
    before = Image.MAX_IMAGE_PIXELS, list(warnings.filters)
    read(tmp_path, "a.jpg", PHOTO)
    with pytest.raises(ScanError):
        read(tmp_path, "b.jpg", PHOTO[:300])
    assert (Image.MAX_IMAGE_PIXELS, list(warnings.filters)) == before


SAMPLES = {
    kind: encode(Image.fromarray(np.random.default_rng(1).integers(0, 256, (24, 32, 3), np.uint8)), kind, **options)
    for kind, options in {
        "JPEG": {},
        "PNG": {},
        "TIFF": {"compression": "tiff_lzw"},
        "WEBP": {},
        "JPEG2000": {},
    }.items()
}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(SAMPLES)), st.floats(0, 1), st.binary(max_size=3))
def test_a_part_of_a_file_is_never_taken_for_the_whole(
    tmp_path_factory: pytest.TempPathFactory, kind: str, part: float, junk: bytes
):
    """Any beginning of a file gives an error, or exactly the pixels of the whole."""
    root = tmp_path_factory.mktemp("cut")
    whole = read(root, "whole", SAMPLES[kind])
    path = put(root, "cut", SAMPLES[kind][: round(part * len(SAMPLES[kind]))] + junk)
    try:
        infos = list_scans(root, path)
        pixels = load_scan(root, infos[0])
    except ScanError:
        return
    assert np.array_equal(pixels, whole)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(SAMPLES)),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_damage_raises_nothing_but_a_scan_error(
    tmp_path_factory: pytest.TempPathFactory, kind: str, damage: list[tuple[float, int]]
):
    """Whatever bytes are changed, the answer is pixels or a ScanError."""
    root = tmp_path_factory.mktemp("damage")
    data = bytearray(SAMPLES[kind])
    for place, value in damage:
        # Headers stand at the start: aim half of the damage there.
        data[int((place if value % 2 else place**4) * len(data))] = value
    with contextlib.suppress(ScanError):
        for info in list_scans(root, put(root, "x", bytes(data))):
            assert load_scan(root, info).dtype == np.uint8
