"""Mirador, from npm, in a real browser: it loads what `align export` wrote and draws the areas of both languages."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import time
import urllib.request
from base64 import b64decode
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image, ImageDraw
from playwright.sync_api import Page
from support.drawn_volume import SENTENCES, drawn_volume
from support.iiif_rules import outlines
from support.served_pages import LONGEST_MS, browser_page, free_port, served

from align.batch.exports.iiif import LOCAL_URL
from align.cli import command

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/iiif.md").read_text(encoding="utf-8")
MIRADOR = ROOT / "tests/browser/node_modules/mirador/dist/mirador.min.js"
# What Mirador 4.0.0 says by itself, whatever it shows; the second while its panel is open and annotations still come,
# as they do on a busy machine.
ITS_OWN = (
    "Accessing element.ref was removed in React 19",
    "MUI: The `value` provided to the Tabs component is invalid.",
)
# Its canvas for annotations lies in a division over OpenSeadragon's own.
LAYER = ".openseadragon-canvas div > canvas"


def export(root: Path, *options: str) -> None:
    done = CliRunner().invoke(command, ["export", str(root), "--format", "iiif", *options], standalone_mode=False)
    assert done.exception is None
    assert done.return_value == 0


def save_page(folder: Path, manifest: str) -> None:
    """Save the guide's page beside Mirador, for this manifest, with the viewer within the test's reach."""
    if not MIRADOR.exists():
        pytest.skip("the npm packages of tests/browser are not installed")
    (html,) = re.findall(r"```html\n(.*?)```", GUIDE, re.DOTALL)
    assert f"{LOCAL_URL}/1934/manifest.json" in html
    html = html.replace(f"{LOCAL_URL}/1934/manifest.json", manifest).replace(
        "Mirador.viewer(", "shown = Mirador.viewer("
    )
    folder.mkdir(exist_ok=True)
    (folder / "mirador.html").write_text(html, encoding="utf-8")
    shutil.copy(MIRADOR, folder)


def view(page: Page) -> dict[str, float]:
    """Where Mirador looks: middle and zoom, once they have come to rest."""
    state = "Object.values(shown.store.getState().viewers)[0]"
    page.wait_for_function(f"typeof shown !== 'undefined' && {state} && {state}.zoom")
    before = None
    for _ in range(4 * LONGEST_MS // 1000):
        now = page.evaluate(state)
        if now == before:
            return now
        before = now
        time.sleep(0.25)
    raise AssertionError("Mirador does not come to rest")


def drawn(page: Page) -> np.ndarray:
    """The canvas that Mirador draws annotations on, as RGBA."""
    data = page.evaluate(f"document.querySelector('{LAYER}').toDataURL('image/png')")
    return np.asarray(Image.open(BytesIO(b64decode(data.partition(",")[2]))).convert("RGBA"))


def near(
    path: list[list[tuple[float, float]]], looks: dict[str, float], shape: tuple[int, int], width: int
) -> np.ndarray:
    """The pixels within some pixels of outlines, as Mirador places them on a canvas of this shape."""
    scale = looks["zoom"] * shape[1]
    mask = Image.new("L", (shape[1], shape[0]))
    for outline in path:
        points = [
            ((x - looks["x"]) * scale + shape[1] / 2, (y - looks["y"]) * scale + shape[0] / 2) for x, y in outline
        ]
        ImageDraw.Draw(mask).line([*points, points[0]], fill=255, width=width, joint="curve")
    return np.asarray(mask) > 0


def check_canvas(page: Page, manifest: dict, files: dict[str, dict], index: int, wrong: list[str]) -> None:
    """The areas of the n-th canvas are drawn, each over its block of ink, and nothing else is."""
    canvas = manifest["items"][index]
    own = [a for reference in canvas["annotations"] for a in files[reference["id"]]["items"]]
    assert {a["body"]["language"] for a in own} == {"ru", "en"}
    assert [a["body"]["value"] for a in own] == [s.content for s in SENTENCES if s.page == index + 1]
    page.wait_for_function(f"document.body.innerText.includes('Showing {len(own)} annotations')")
    looks = view(page)
    layer = drawn(page)
    ink = layer[:, :, 3] > 60
    everything = np.zeros(ink.shape, bool)
    box = page.locator(LAYER).bounding_box()
    shot = np.asarray(Image.open(BytesIO(page.screenshot(clip=box))).convert("L"))
    for annotation in own:
        path = outlines(annotation["target"]["selector"][1])
        line = near(path, looks, ink.shape, 1)
        thick = near(path, looks, ink.shape, 7)
        everything |= thick
        # A line that Mirador draws between two pixels is beside ours: within one pixel of each point there is ink.
        around = np.zeros(ink.shape, bool)
        for dy in (-1, 0, 1):
            for dx in (-1, 0, 1):
                around |= np.roll(ink, (dy, dx), (0, 1))
        assert line.any()
        assert around[line].mean() > 0.98, annotation["body"]["value"]
        rows, columns = np.nonzero(line)
        top, bottom, left, right = rows.min(), rows.max(), columns.min(), columns.max()
        assert (shot[top + 4 : bottom - 3, left + 4 : right - 3] < 110).all()
        ring = shot[top - 6 : bottom + 7, left - 6 : right + 7].copy()
        ring[3:-3, 3:-3] = 255
        assert (ring > 200).all()
    assert not (ink & ~everything).any()
    # Mirador takes a plain text for HTML.
    shown = [re.sub(r"<[^>]*>", "", annotation["body"]["value"]) for annotation in own]
    assert page.locator(".MuiMenuItem-root").all_inner_texts() == shown
    assert [fault for fault in wrong if not fault.startswith(ITS_OWN)] == []


def published(folder: Path) -> tuple[dict, dict[str, dict]]:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    pages = [json.loads(path.read_text(encoding="utf-8")) for path in (folder / "annotations").iterdir()]
    return manifest, {page["id"]: page for page in pages}


def go_through(page: Page, folder: Path, wrong: list[str]) -> None:
    """Both pages of the volume, one after the other, then the contents of the side panel."""
    manifest, files = published(folder)
    check_canvas(page, manifest, files, 0, wrong)
    page.get_by_role("button", name="Next item").click()
    page.wait_for_function("document.body.innerText.includes('2 of 2')")
    check_canvas(page, manifest, files, 1, wrong)


@pytest.mark.parametrize("rotation", [0, 90, 180])
def test_areas_of_both_languages_are_drawn(browser, tmp_path, rotation):
    """Mirador on one site shows the volume of another: on each page both languages' areas, each over its ink."""
    drawn_volume(tmp_path / "c", rotation=rotation)
    with served(tmp_path / "c/aligned") as archive, served(tmp_path / "site") as site:
        export(tmp_path / "c", "--base-url", f"{archive}/iiif")
        save_page(tmp_path / "site", f"{archive}/iiif/v/manifest.json")
        with browser_page(browser, width=1400, height=900) as (page, wrong):
            page.goto(f"{site}/mirador.html")
            go_through(page, tmp_path / "c/aligned/iiif/v", wrong)


def test_mirador_shows_an_export_opened_as_the_guide_says(browser, tmp_path):
    """The guide's page and the guide's server show the volume, with tiles too."""
    drawn_volume(tmp_path / "mydiary", rotation=0)
    port = free_port()
    export(tmp_path / "mydiary", "--tiles", "--base-url", LOCAL_URL.replace(":8000", f":{port}"))
    save_page(tmp_path / "mydiary/aligned", f"http://127.0.0.1:{port}/iiif/v/manifest.json")
    (sh,) = re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
    (line,) = [line for line in sh.splitlines() if "http.server" in line]
    words = [str(port) if word == "8000" else word for word in shlex.split(line)[1:]]
    server = subprocess.Popen(
        [sys.executable, *words], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(LONGEST_MS // 100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/iiif/v/manifest.json").close()
                break
            except OSError:
                time.sleep(0.1)
        with browser_page(browser, width=1400, height=900) as (page, wrong):
            page.goto(f"http://127.0.0.1:{port}/mirador.html")
            go_through(page, tmp_path / "mydiary/aligned/iiif/v", wrong)
    finally:
        server.terminate()
        server.wait()
