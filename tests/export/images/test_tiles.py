"""Static tiles: every pixel of an image is in exactly one tile a scale, and the files are what info.json promises."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from align.export.images.page_images import page_image, thumbnail, thumbnail_size, tile_jpegs
from align.export.images.tiles import image_files, image_information, image_path, scale_factors, tiles, whole
from align.model import Box, Frame

SIDES = st.integers(1, 90)
SIZES = st.integers(1, 20)


@given(SIDES, SIDES, SIZES)
def test_tiles_cover_each_pixel_once(width, height, size):
    """At every scale factor each pixel of the image is in the region of exactly one tile."""
    for scale in scale_factors(width, height, size=size):
        count = np.zeros((height, width), int)
        for tile in tiles(width, height, scale=scale, size=size):
            count[tile.region.top : tile.region.bottom, tile.region.left : tile.region.right] += 1
        assert (count == 1).all()


@given(SIDES, SIDES, SIZES)
def test_tiles_cover_each_pixel_of_the_reduced_image_once(width, height, size):
    """The tiles of a scale are cut out of the reduced image: all of it, nothing twice, none above the size."""
    for scale in scale_factors(width, height, size=size):
        count = np.zeros((-(-height // scale), -(-width // scale)), int)
        for tile in tiles(width, height, scale=scale, size=size):
            box = tile.reduced
            assert max(tile.width, tile.height) <= size
            assert (box.width, box.height) == (tile.width, tile.height)
            assert box.bottom <= count.shape[0]
            assert box.right <= count.shape[1]
            count[box.top : box.bottom, box.left : box.right] += 1
        assert (count == 1).all()


@given(st.integers(1, 30_000), st.integers(1, 30_000))
def test_the_last_scale_shows_all_in_one_tile(width, height):
    """Scale factors double, and the last is the first at which one tile shows the whole image."""
    factors = scale_factors(width, height)
    assert factors == tuple(2**n for n in range(len(factors)))
    counts = [len(list(tiles(width, height, scale=scale))) for scale in factors]
    assert counts[-1] == 1
    assert all(count > 1 for count in counts[:-1])


@given(SIDES, SIDES, SIZES)
def test_every_file_has_its_own_path(width, height, size):
    """No path comes twice; the full image and every size that info.json lists are among them."""
    paths = [path for path, _ in image_files(width, height, size=size)]
    assert len(set(paths)) == len(paths)
    assert "full/max/0/default.jpg" in paths
    information = image_information("http://a.example/i", width, height, size=size)
    for entry in information["sizes"]:
        full = (entry["width"], entry["height"]) == (width, height)
        assert f"full/{'max' if full else '{width},{height}'.format(**entry)}/0/default.jpg" in paths
    assert [e["width"] for e in information["sizes"]] == sorted(e["width"] for e in information["sizes"])


@pytest.mark.parametrize("size", [(512, 512), (513, 512), (1, 5000), (1024, 1024), (1025, 700)])
def test_every_url_that_the_algorithm_of_the_image_api_gives_is_there(size):
    """Each URL that a client works out from info.json, as the Image API's implementation notes say, is a file.

    Transcribed from "Tile region parameter calculation" there, and from what is canonical by section 4.7.
    """
    width, height = size
    paths = {path for path, _ in image_files(width, height)}
    for scale in scale_factors(width, height):
        for m in range(-(-height // (512 * scale))):
            for n in range(-(-width // (512 * scale))):
                xr, yr = n * 512 * scale, m * 512 * scale
                wr = width - xr if xr + 512 * scale > width else 512 * scale
                hr = height - yr if yr + 512 * scale > height else 512 * scale
                ws = (width - xr + scale - 1) // scale if xr + 512 * scale > width else 512
                hs = (height - yr + scale - 1) // scale if yr + 512 * scale > height else 512
                region = "full" if (xr, yr, wr, hr) == (0, 0, width, height) else f"{xr},{yr},{wr},{hr}"
                shown = "max" if region == "full" and (ws, hs) == (width, height) else f"{ws},{hs}"
                assert f"{region}/{shown}/0/default.jpg" in paths


@settings(max_examples=15, deadline=None)
@given(st.integers(500, 1100), st.integers(500, 1100))
def test_tiles_show_their_region(width, height):
    """Tiles put together at each scale give the image of that scale; every file has the size that its path says."""
    rows, columns = np.mgrid[0:height, 0:width]
    gray = (rows * 120 / height + columns * 120 / width).astype(np.uint8)
    files = dict(tile_jpegs(Image.fromarray(gray)))
    assert list(files) == [path for path, _ in image_files(width, height)]
    decoded = {path: np.asarray(Image.open(BytesIO(data))).astype(int) for path, data in files.items()}
    for path, tile in image_files(width, height):
        assert decoded[path].shape == (tile.height, tile.width)
    for scale in scale_factors(width, height):
        shown = decoded[image_path(whole(width, height, scale=scale), width, height)]
        joined = np.full(shown.shape, -999)
        for tile in tiles(width, height, scale=scale):
            box = tile.reduced
            joined[box.top : box.bottom, box.left : box.right] = decoded[image_path(tile, width, height)]
        assert abs(joined - shown).max() <= 8
        at = np.minimum(np.arange(shown.shape[0]) * scale, height - 1)
        assert abs(shown[:, 0] - gray[at, 0]).max() <= 8 + scale


@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from([0, 90, 180, 270]), st.data())
def test_pages_are_cut_and_turned(width, height, rotation, data):
    """The page's image is its frame, turned clockwise: each pixel stands where the upright page has it."""
    left, top = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    box = Box(left, top, data.draw(st.integers(left + 1, width)), data.draw(st.integers(top + 1, height)))
    scan = np.arange(width * height).reshape(height, width).astype(np.uint8)
    page = np.asarray(page_image(scan, Frame(box, rotation)))
    part = scan[box.top : box.bottom, box.left : box.right]
    for _ in range(rotation // 90):  # a quarter clockwise: the last row becomes the first column
        part = np.array([[part[y][x] for y in range(part.shape[0] - 1, -1, -1)] for x in range(part.shape[1])])
    assert page.tolist() == part.tolist()


@given(st.integers(1, 3000), st.integers(1, 3000))
def test_thumbnails_are_never_larger(width, height):
    """A thumbnail fits into its square, and an image that does already stays as large as it is."""
    size = thumbnail_size(width, height)
    assert max(size) <= 256
    assert min(size) >= 1
    if max(width, height) <= 256:
        assert size == (width, height)


def test_thumbnails_have_the_size_that_is_told():
    """The thumbnail file has the size that the manifest will state for it."""
    image = Image.new("RGB", (1000, 333), "white")
    assert Image.open(BytesIO(thumbnail(image))).size == thumbnail_size(1000, 333)
