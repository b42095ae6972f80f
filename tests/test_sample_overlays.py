"""The overlay pictures of the sample: one a page, each area drawn where it is, with a real Tesseract's results."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from defusedxml import ElementTree
from support.sample_run import results_under
from support.sample_truth import VOLUME, Results

pytestmark = pytest.mark.engine

SVG = "{http://www.w3.org/2000/svg}"
Points = frozenset[tuple[float, float]]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return results_under(tmp_path_factory)


def picture(results: Results, page: int) -> Path:
    return results.out / VOLUME / "overlays" / f"p{page:04d}.svg"


def drawn(results: Results, page: int) -> dict[str, list[Points]]:
    """For each id in a page's picture the outlines that its group draws."""
    root = ElementTree.parse(picture(results, page)).getroot()
    return {
        group.attrib["id"]: [corners(shape.attrib["points"]) for shape in group.iter(f"{SVG}polygon")]
        for group in root.iter(f"{SVG}g")
        if "id" in group.attrib
    }


def corners(points: str) -> Points:
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", points)]
    return frozenset(zip(numbers[::2], numbers[1::2], strict=True))


def test_each_page_has_its_picture(results: Results) -> None:
    """There is one picture for each page and no other, well-formed, and it shows the page's scan."""
    folder = results.out / VOLUME / "overlays"
    assert sorted(path.name for path in folder.iterdir()) == [f"p{order:04d}.svg" for order in sorted(results.pages)]
    for order, page in results.pages.items():
        root = ElementTree.parse(picture(results, order)).getroot()
        assert root.tag == f"{SVG}svg"
        shown = {unquote(image.attrib["href"]).rpartition("/")[2] for image in root.iter(f"{SVG}image")}
        assert shown == {page["scan"].rpartition("/")[2]}


def test_pictures_find_their_scans(results: Results) -> None:
    """The address of each picture's scan leads to the file, from where the picture lies."""
    for order in results.pages:
        for image in ElementTree.parse(picture(results, order)).getroot().iter(f"{SVG}image"):
            assert (picture(results, order).parent / unquote(image.attrib["href"])).resolve().is_file()


def test_every_area_is_drawn(results: Results) -> None:
    """Each outline of a sentence found on the page itself is in that page's picture, under its id, and no other."""
    pictures = {order: drawn(results, order) for order in results.pages}
    chosen = [row for row in results.links if row["kind"] == "transcription" or row["via"] == "ocr-bead"]
    wanted = {
        (area["page"], row["sentence"]): sorted(sorted(map(tuple, outline)) for outline in area["polygons"])
        for row in chosen
        for area in row["areas"]
    }
    # A floor: another Tesseract may lose a sentence or two; Tesseract 5.3.0 gives 272.
    assert len(wanted) > 200
    for (page, sentence), outlines in wanted.items():
        shapes = pictures[page][sentence]
        assert len(shapes) == len(outlines)
        for shape, outline in zip(sorted(map(sorted, shapes)), outlines, strict=True):
            assert [x for point in shape for x in point] == pytest.approx([x for p in outline for x in p], abs=1)
    ids = {row["sentence"] for row in chosen}
    assert {(page, name) for page, groups in pictures.items() for name in groups if name in ids} == set(wanted)


def test_nothing_is_drawn_outside_the_frame(results: Results) -> None:
    """All outlines of a page's picture lie within its frame, those of an opening on their own side."""
    for order, page in results.pages.items():
        left, top, width, height = page["frame"]
        points = [point for shapes in drawn(results, order).values() for shape in shapes for point in shape]
        assert all(left <= x <= left + width and top <= y <= top + height for x, y in points)


def test_what_no_text_holds_is_marked(results: Results) -> None:
    """The line that the transcription omits is drawn on its page, apart from the sentences."""
    (finding,) = [row for row in results.found("line-not-in-text", severity="warning") if row["pages"] == [14]]
    root = ElementTree.parse(picture(results, 14)).getroot()
    (marked,) = [group for group in root.iter(f"{SVG}g") if group.attrib.get("id") == finding["lines"][0]]
    assert marked.attrib["class"] != "sentence"
