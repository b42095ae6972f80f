"""OpenSeadragon, which most viewers show images with, finds every tile it asks for, and shows the page with them."""

from __future__ import annotations

import json
import shutil
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page
from support.served_pages import LONGEST_MS, browser_page, served

from align.export import image_files, image_information, tile_jpegs

OPENSEADRAGON = (
    Path(__file__).parents[2] / "align/web/client/node_modules/openseadragon/build/openseadragon/openseadragon.min.js"
)
HTML = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><style>body{{margin:0}}</style>
<div id="view" style="width:600px;height:500px"></div><script src="openseadragon.min.js"></script><script>
viewer = OpenSeadragon({{id: "view", tileSources: {information}, drawer: "canvas", showNavigationControl: false,
  immediateRender: true, animationTime: 0, blendTime: 0, maxZoomPixelRatio: 1, visibilityRatio: 0}});
</script>"""


def drawn_image(width: int, height: int) -> Image.Image:
    """An image that is another one everywhere: a tile that is in another's place shows."""
    rows, columns = np.mgrid[0:height, 0:width]
    red = 255 * columns / width
    green = 255 * rows / height
    blue = 127 + 120 * np.sin(columns / 25) * np.sin(rows / 31)
    return Image.fromarray(np.stack([red, green, blue], axis=2).astype(np.uint8))


def seen(page: Page) -> np.ndarray:
    """What the viewer shows, once it has looked which tiles it needs, and all are there."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.wait_for_function("viewer.world.getItemCount() && viewer.world.getItemAt(0).getFullyLoaded()")
    shot = page.screenshot(clip={"x": 0, "y": 0, "width": 600, "height": 500})
    return np.asarray(Image.open(BytesIO(shot)).convert("RGB")).astype(int)


def comes_to_show(page: Page, part: np.ndarray) -> bool:
    """Whether the viewer shows this part of the image at its left top, as soon as it has drawn it."""
    for _ in range(LONGEST_MS // 100):
        shown = seen(page)[: part.shape[0], : part.shape[1]]
        # The last pixels of a scale show less of the image than a whole pixel's worth.
        if np.abs(shown - part)[:-2, :-2].mean() < 6:
            return True
        page.wait_for_timeout(100)
    return False


@pytest.mark.parametrize("size", [(1500, 1100), (1025, 512), (512, 512), (300, 2049)])
def test_every_part_is_shown_at_every_scale(browser, tmp_path, size):
    """At each scale every part of the image is where it belongs, and no file is asked for that is not there."""
    if not OPENSEADRAGON.exists():
        pytest.skip("the npm packages of align/web/client are not installed")
    width, height = size
    image = drawn_image(width, height)
    for path, data in tile_jpegs(image):
        file = tmp_path / "image" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    shutil.copy(OPENSEADRAGON, tmp_path)
    asked = set()
    with served(tmp_path) as site, browser_page(browser, width=600, height=500) as (page, wrong):
        information = json.dumps(image_information(f"{site}/image", width, height))
        (tmp_path / "page.html").write_text(HTML.format(information=information), encoding="utf-8")
        page.on("request", lambda own: asked.add(own.url.removeprefix(f"{site}/image/")))
        page.goto(f"{site}/page.html")
        page.wait_for_function("typeof viewer !== 'undefined' && viewer.isOpen()")
        for scale in (1, 2, 4, 8):
            reduced = np.asarray(image.reduce(scale)).astype(int)
            for middle_y in range(250 * scale, height + 250 * scale, 500 * scale):
                for middle_x in range(300 * scale, width + 300 * scale, 600 * scale):
                    page.evaluate(
                        f"""const image = viewer.world.getItemAt(0);
                        viewer.viewport.zoomTo(image.imageToViewportZoom(1 / {scale}), null, true);
                        const middle = new OpenSeadragon.Point({middle_x}, {middle_y});
                        viewer.viewport.panTo(image.imageToViewportCoordinates(middle), true);"""
                    )
                    left, top = middle_x // scale - 300, middle_y // scale - 250
                    part = reduced[top : top + 500, left : left + 600]
                    assert comes_to_show(page, part)
        assert wrong == []
    assert {path for path in asked if path.endswith(".jpg")} <= {path for path, _ in image_files(width, height)}
    if max(size) > 1024:
        assert sum("full/" not in path for path in asked) >= len(
            [p for p, _ in image_files(width, height) if "full/" not in p]
        )
