"""Overlay pictures as SVG: golden files, geometry, escaping."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from base64 import b64decode
from dataclasses import replace
from urllib.parse import unquote_to_bytes

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st
from support.sample_volume import sample, typed

from align.export.overlay.captions import BODY_COLOURS, FILL, HEADING_COLOUR, NOTE_COLOUR, TITLE_LETTERS, plain
from align.export.overlay.scene import lay_out, upright_transform
from align.export.overlay.svg import overlay_svg, shown_by_browsers, url_path
from align.model import Area, Box, Frame, Line, Match, Page, Polygon, ScanInfo, Word

SVG = "{http://www.w3.org/2000/svg}"
VOLUME = sample()


def svg(order: int, **options: object) -> str:
    page = VOLUME.pages[order - 1]
    return overlay_svg(page, VOLUME.links, matches=VOLUME.matches.get(order, {}), **options)


def tree(text: str) -> ET.Element:
    return fromstring(text, forbid_dtd=True)


def group(root: ET.Element, identity: str) -> ET.Element:
    found = root.findall(f".//{SVG}g[@id='{identity}']")
    assert len(found) == 1, identity
    return found[0]


def said(root: ET.Element) -> list[str]:
    return [e.text or "" for e in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("order", range(1, 6))
def test_overlay_is_the_golden_picture(order, golden):
    """Every page of the sample volume is drawn as it was looked at and agreed on."""
    golden(f"export/p{order:04d}.svg", svg(order, scan_href=f"../../../{VOLUME.pages[order - 1].scan.path}"))


def test_sentences_are_drawn_and_numbered():
    """Each transcription sentence has its outlines, its number, and a tooltip with its words, score and status."""
    root = tree(svg(1))
    third = group(root, "v.1934-12-18.ru.s0003")
    assert len(third.findall(f"{SVG}polygon")) == 2
    assert third.find(f"{SVG}title").text == (
        "Sentence 3 of 1934-12-18: partial, score 0.70\nОн — «не здоров», говорит жена & дети."
    )
    assert {"1", "2", "3…", "4?"} <= set(said(root))
    assert said(root)[0] == "Page 53 · стр. 1#a.jpg · 4 sentences, 1 line not in any text"


def test_translations_are_drawn_only_where_nothing_else_is():
    """A document's translation is left out beside its transcription, and drawn where it alone was found."""
    assert ".en." not in re.sub(r"href=\S+", "", svg(1))
    assert group(tree(svg(3)), "v.letter.en.s0001").findall(f"{SVG}polygon")


def test_loose_lines_and_furniture_are_told_apart():
    """A line that no text holds is dashed; a stamp, a running head and a page number are dotted and not counted."""
    root = tree(svg(1))
    assert group(root, "v.p0001.l006").get("class") == "unmatched"
    assert [group(root, f"v.p0001.l{n:03d}").get("class") for n in (1, 2, 7)] == ["furniture"] * 3
    assert root.find(f".//{SVG}g[@id='v.p0001.l004']") is None


def test_a_line_with_a_match_alone_is_not_loose():
    """A line that matching placed is in a text, even where no sentence claims it."""
    found = {5: (Match("transcripts/v/x.ru.txt", (0, 9), 0.9),)}
    drawn = lay_out(VOLUME.pages[0], VOLUME.links, matches=found)
    assert all(mark.kind != "unmatched" for mark in drawn.marks)


def test_outlines_keep_scan_pixels():
    """The points in the file are the published polygons, whatever way the page is turned."""
    outline = VOLUME.links[8].areas[0].polygons[0]
    drawn = group(tree(svg(3)), "v.letter.en.s0001").find(f"{SVG}polygon").get("points")
    points = [tuple(map(float, pair.split(","))) for pair in drawn.split()]
    assert all(math.dist(p, q) < 0.08 for p, q in zip(points, outline.points, strict=True))


@given(
    st.integers(0, 50), st.integers(0, 50), st.integers(1, 90), st.integers(1, 90), st.sampled_from([0, 90, 180, 270])
)
def test_the_turn_puts_each_corner_in_its_place(left, top, width, height, rotation):
    """The frame's corners go onto the upright paper's corners, shifted round by a quarter for each quarter turn."""
    frame = Frame(Box(left, top, left + width, top + height), rotation)
    upright, paper = upright_transform(frame)
    moved = upright.points(frame.box.corners)
    quarters = rotation // 90
    assert moved == tuple(paper.corners[(i + quarters) % 4] for i in range(4))
    assert (paper.left, paper.top) == (left, top)


def test_a_page_of_a_spread_shows_its_frame_alone():
    """The view of the right page begins at its frame, and the scan is cut there."""
    root = tree(svg(3, scan_href="x.jpg"))
    x, _, width, _ = map(float, root.get("viewBox").split())
    assert (x, width) == (600, 600)
    cut = root.find(f".//{SVG}clipPath/{SVG}rect")
    assert [cut.get(k) for k in ("x", "y", "width", "height")] == ["600", "0", "600", "800"]
    scan = root.find(f".//{SVG}image")
    assert (scan.get("width"), scan.get("height")) == ("1200", "800")


def test_numbers_lie_on_the_paper_and_not_on_one_another():
    """Numbers of very short sentences stand side by side, inside the page."""
    line = typed("А. Б. В. Г. Д. Е.", 2, 3)
    page = Page(
        1,
        "v.p0001",
        "0" * 16,
        ScanInfo("images/a.png", None, 900, 900, None, "d"),
        Frame(Box(0, 0, 900, 900)),
        "ok",
        (line,),
    )
    links = [
        replace(VOLUME.links[1], sentence=f"v.d.ru.s{i + 97:04d}", areas=(Area(1, (w.box,), (w.polygon,), (0,), None),))
        for i, w in enumerate(line.words)
    ]  # fmt: skip
    picture = lay_out(page, links, matches={})
    places = [(mark.number_at, len(mark.number)) for mark in picture.marks if mark.number]
    em = picture.number_em
    assert len(places) == 6
    for (x, y), letters in places:
        assert x >= 0
        assert y - em >= -1
        for (other_x, _), _ in places:
            assert other_x <= x or other_x >= x + 0.55 * letters * em


def test_blank_and_failed_pages_say_so():
    """A blank page and one that could not be opened have a sheet each with their state in its header."""
    assert "Page without label, number 4 in order · 0003.jpg · could not be read" in svg(4)
    assert "last.pdf (1) · blank · second scan of page 2 in order" in svg(5)
    assert "<image" not in svg(4, scan_href="../0003.jpg")


def test_an_embedded_scan_takes_the_place_of_the_reference():
    """Where a JPEG is given the picture refers to no file at all."""
    root = tree(svg(1, scan_href="../x.tif", jpeg=b"\xff\xd8data"))
    href = root.find(f".//{SVG}image").get("href")
    assert b64decode(href.removeprefix("data:image/jpeg;base64,")) == b"\xff\xd8data"
    assert "x.tif" not in svg(1, scan_href="../x.tif", jpeg=b"\xff\xd8data")


def test_which_scans_browsers_show():
    """JPEG, PNG and WebP are shown by browsers; TIFF, PDF and JPEG 2000 are not."""
    assert [shown_by_browsers(n) for n in ("a.JPG", "b.jpeg", "c.png", "d.webp")] == [True] * 4
    assert [shown_by_browsers(n) for n in ("a.tif", "b.pdf", "c.jp2", "jpg")] == [False] * 4


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1))
def test_a_path_comes_back_from_its_url(path):
    """A browser that decodes the reference finds the file's own name, and nothing in it reads as query or markup."""
    url = url_path(path)
    assert unquote_to_bytes(url).decode("utf-8") == path
    assert not set(url) & set("?#<>&\"' \\:")


def test_a_name_that_is_no_utf8_keeps_its_bytes():
    """A file name in Windows-1251 on a UTF-8 system is referred to by the bytes that it has on disk."""
    assert url_path(b"\xf1.jpg".decode("utf-8", "surrogateescape")) == "%F1.jpg"


HOSTILE = st.text(st.characters(exclude_categories=()) | st.sampled_from("<>&\"'\x00\x0b\u202e\ufffe\ud800]]>"))


@given(content=HOSTILE, document=HOSTILE, label=HOSTILE.filter(bool), name=HOSTILE)
def test_nothing_in_a_text_breaks_the_picture(content, document, label, name):
    """Whatever stands in texts, names and labels, the file is well-formed UTF-8 and holds no markup of theirs."""
    word = Word(content or "x", Box(1, 1, 9, 9), Polygon(((1, 1), (9, 1), (9, 9))), 0.5)
    page = replace(
        VOLUME.pages[0],
        label=label,
        lines=(Line((word,), word.polygon),),
        scan=replace(VOLUME.pages[0].scan, path="images/" + name),
    )
    link = replace(
        VOLUME.links[0], content=content, document=document, areas=(Area(1, (word.box,), (word.polygon,), (0,), None),)
    )
    text = overlay_svg(page, [link], scan_href="../" + name)
    root = tree(text.encode("utf-8"))
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {
        "svg", "title", "rect", "text", "clipPath", "g", "image", "polygon",
    }  # fmt: skip
    loose = overlay_svg(replace(page, label_source="marker"), [])
    assert tree(loose.encode("utf-8")) is not None


def test_a_long_text_is_cut_in_the_tooltip():
    """A word of 100,000 letters makes a tooltip of some hundred."""
    assert plain("ы" * 100_000, TITLE_LETTERS) == "ы" * TITLE_LETTERS + "…"
    assert plain(" " * 100_000 + "ы", 5) in ("…", "ы")
    assert plain("ab\u202ecd\x07\n e", 10) == "abcd e"
    page = replace(VOLUME.pages[0], lines=(), label=None, label_source=None)
    link = replace(VOLUME.links[0], content="ы" * 100_000, document="д" * 100_000)
    assert len(overlay_svg(page, [link])) < 5000


def test_one_sentence_is_one_sentence():
    """Counts in the header agree with their nouns."""
    page = replace(VOLUME.pages[0], lines=VOLUME.pages[0].lines[:3])
    assert "· 1 sentence<" in overlay_svg(page, VOLUME.links[:1])
    assert "· no sentences, 1 line not in any text<" in overlay_svg(page, [])


def test_no_script_no_fonts_no_network():
    """The picture holds no script, no style sheet, no font, and refers to the scan alone."""
    text = svg(1, scan_href="../a.jpg")
    assert re.findall(r'href="([^"]*)"', text) == ["../a.jpg"]
    assert not re.search(r"<script|<style|@import|onload|javascript:", text)
    assert re.findall(r"https?://[^\"]*", text) == ["http://www.w3.org/2000/svg"]


# Simulation matrices for full severity: Machado, Oliveira, Fernandes 2009, table 1; linear RGB.
SIGHT = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}


def lab(colour: str, share: float, sight: str) -> tuple[float, float, float]:
    """CIE L*a*b* of the colour laid on white, as seen."""
    mixed = [1 - (1 - int(colour[i : i + 2], 16) / 255) * share for i in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in mixed]
    seen = [max(0.0, sum(m * v for m, v in zip(row, linear, strict=True))) for row in SIGHT[sight]]
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    x, y, z = (sum(m * v for m, v in zip(row, seen, strict=True)) for row in to_xyz)
    f = [v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x / 0.9505, y, z / 1.089)]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


@pytest.mark.parametrize("sight", SIGHT)
def test_neighbours_differ_for_colour_blind_eyes(sight):
    """Tints that may stand side by side are 5 or more apart in CIE L*a*b*, however red and green are seen."""
    tones = [lab(colour, FILL, sight) for colour in (*BODY_COLOURS, NOTE_COLOUR, HEADING_COLOUR)]
    for i, one in enumerate(tones):
        for other in tones[i + 1 :]:
            assert math.dist(one, other) > 5, (sight, i)


def test_a_sentence_of_many_links_is_drawn_in_reading_order():
    """Colours alternate down the page, even where the links come in another order."""
    colours = {m.id: m.colour for m in lay_out(VOLUME.pages[0], VOLUME.links, matches={}).marks if m.number}
    turned = {m.id: m.colour for m in lay_out(VOLUME.pages[0], VOLUME.links[::-1], matches={}).marks if m.number}
    assert colours == turned
    body = [colours[f"v.1934-12-18.ru.s{n:04d}"] for n in (2, 3, 4)]
    assert tuple(body) == BODY_COLOURS
