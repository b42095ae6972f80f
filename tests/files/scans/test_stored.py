"""Which scans are put into other files as they are, and which must be decoded."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from align.errors import ScanError
from align.export.pdf.colours import srgb_profile
from align.files.scans.fingerprints import KnownScan, RunScans
from align.files.scans.images import list_scans
from align.files.scans.stored import plain_file, stored_image
from align.model import EncodedImage

CMYK_LIKE = srgb_profile()[:16] + b"CMYK" + srgb_profile()[20:]


def scan_of(root: Path) -> KnownScan:
    """The first scan of the file, compared with the file."""
    return RunScans(root).known(list_scans(root, "scan")[0])


def stored(root: Path, mode: str, file_format: str, **options: object) -> EncodedImage | None:
    """A scan of this mode saved in this format, as it is stored."""
    image = Image.linear_gradient("L").convert(mode)
    (root / "scan").write_bytes(b"")
    image.save(root / "scan", file_format, **options)
    return stored_image(root, scan_of(root))


@pytest.mark.parametrize(("mode", "colours"), [("L", 1), ("RGB", 3)])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_is_taken_as_it_is(tmp_path: Path, mode: str, colours: int, *, progressive: bool):
    """A JPEG in gray or colour, baseline or progressive, is given with all its bytes."""
    image = stored(tmp_path, mode, "JPEG", progressive=progressive)
    assert image == EncodedImage((tmp_path / "scan").read_bytes(), "jpeg", 256, 256, colours)


def test_a_profile_is_kept_if_it_fits(tmp_path: Path):
    """The colour profile of a JPEG is given with it, unless it is for other channels or is nonsense."""
    profile = srgb_profile()
    kept = stored(tmp_path, "RGB", "JPEG", icc_profile=profile)
    assert kept is not None
    assert kept.profile == profile
    for wrong in (b"nonsense", b"\0" * 200, profile[:200]):
        image = stored(tmp_path, "RGB", "JPEG", icc_profile=wrong)
        assert image is not None
        assert image.profile is None
    gray = stored(tmp_path, "L", "JPEG", icc_profile=profile)
    assert gray is not None
    assert gray.profile is None


def test_print_colours_without_a_profile_are_decoded(tmp_path: Path):
    """A CMYK JPEG whose colours nothing explains is not taken as it is."""
    assert stored(tmp_path, "CMYK", "JPEG") is None


def test_exif_turns_the_image(tmp_path: Path):
    """The orientation of a JPEG is given with it."""
    exif = Image.Exif()
    exif[274] = 6
    image = stored(tmp_path, "L", "JPEG", exif=exif)
    assert image is not None
    assert image.orientation == 6


def test_a_jpeg_whose_channels_are_named_rgb_is_decoded(tmp_path: Path):
    """Without Adobe's mark, readers disagree on whether channels named R, G and B are red, green and blue."""
    buffer = BytesIO()
    Image.new("RGB", (16, 16)).save(buffer, "JPEG")
    data = bytearray(buffer.getvalue())
    at = data.index(b"\xff\xc0") + 10
    scan = data.index(b"\xff\xda") + 5
    for n, name in enumerate(b"RGB"):
        data[at + 3 * n] = name
        data[scan + 2 * n] = name
    (tmp_path / "scan").write_bytes(data)
    assert stored_image(tmp_path, scan_of(tmp_path)) is None


@pytest.mark.parametrize(("mode", "taken"), [("L", True), ("RGB", True), ("RGBA", False), ("LA", False)])
def test_jpeg_2000_is_taken_if_it_has_one_plain_colour_space(tmp_path: Path, mode: str, *, taken: bool):
    """A JPEG 2000 in gray or colour is taken as it is; one that is transparent is decoded."""
    image = stored(tmp_path, mode, "JPEG2000")
    assert (image is not None and image.encoding == "jpeg2000") == taken


def test_other_formats_are_decoded(tmp_path: Path):
    """A PNG and a bare code stream of JPEG 2000 are not taken as they are."""
    assert stored(tmp_path, "L", "PNG") is None
    assert stored(tmp_path, "L", "JPEG2000", no_jp2=True) is None


def test_a_file_that_changed_is_told(tmp_path: Path):
    """A file with other bytes than the run read is an error, whatever it holds now."""
    Image.new("L", (16, 16)).save(tmp_path / "scan", "JPEG")
    known = scan_of(tmp_path)
    Image.new("L", (16, 16), 9).save(tmp_path / "scan", "JPEG")
    for stored_as in (stored_image, plain_file):
        with pytest.raises(ScanError, match="has changed since the run"):
            stored_as(tmp_path, known)


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "TIFF"])
def test_a_plain_file_is_given_with_all_its_bytes(tmp_path: Path, file_format: str):
    """One image that shows the scan's pixels is given as it is, and one that EXIF turns is not; nonsense is no turn."""
    for orientation, is_plain in ((None, True), (1, True), (0, True), (9, True), (3, False), (6, False)):
        exif = Image.Exif()
        if orientation is not None:
            exif[274] = orientation
        Image.new("L", (16, 24)).save(tmp_path / "scan", file_format, exif=exif)
        data = plain_file(tmp_path, scan_of(tmp_path))
        assert data == ((tmp_path / "scan").read_bytes() if is_plain else None), orientation


def test_a_file_of_several_images_is_not_plain_unless_it_is_a_photograph(tmp_path: Path):
    """Pages of a TIFF are no files; a JPEG with a preview behind it is one image, in a PDF and for programs."""
    page, other = Image.new("L", (16, 24)), Image.new("L", (16, 24), 9)
    page.save(tmp_path / "scan", "TIFF", save_all=True, append_images=[other])
    assert plain_file(tmp_path, scan_of(tmp_path)) is None
    page.save(tmp_path / "scan", "MPO", save_all=True, append_images=[other])
    known = scan_of(tmp_path)
    assert plain_file(tmp_path, known) == (tmp_path / "scan").read_bytes()
    assert stored_image(tmp_path, known) is not None
    page.save(tmp_path / "scan", "WEBP")
    assert plain_file(tmp_path, scan_of(tmp_path)) is None


def test_the_profile_of_srgb_is_always_the_same():
    """The profile that is put into files has no date of today, and is one of sRGB."""
    found = ImageCms.ImageCmsProfile(BytesIO(srgb_profile())).profile
    assert (found.xcolor_space.strip(), found.device_class, round(found.version, 1)) == ("RGB", "mntr", 4.2)
    assert found.creation_date is None or found.creation_date.year == 2000
